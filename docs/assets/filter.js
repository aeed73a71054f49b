// Filters for a long table or list, on the reader's own device. What is chosen stands in the address, so that it can be sent on.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  for (const register of document.querySelectorAll("[data-filter]")) {
    const words = register.dataset;
    const rows = [...register.querySelectorAll("tbody tr, dl > div, [data-row]")];
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const made = (tag, properties, ...children) => {
      const element = Object.assign(document.createElement(tag), properties);
      element.append(...children);
      return element;
    };
    const search = made("input", { type: "search", name: "q", autocomplete: "off" });
    const selects = JSON.parse(words.filter).map(({ name, label, options }) => {
      const select = made("select", { name }, new Option(words.any, ""), ...options.map(([value, text]) => new Option(text, value)));
      return made("label", {}, label, select);
    });
    const fields = [search, ...selects.map((label) => label.lastChild)];
    const status = made("p", { className: "fine" });
    status.setAttribute("role", "status");
    const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));

    const show = () => {
      const typed = plain(search.value.trim()).split(/\s+/);
      let count = 0;
      for (const row of rows) {
        const fits = typed.every((word) => texts.get(row).includes(word))
          && fields.slice(1).every(({ name, value }) => !value || row.dataset[name].split(" ").includes(value));
        row.hidden = !fits;
        count += fits;
      }
      status.textContent = count ? words.count.replace("{count}", count).replace("{total}", rows.length) : words.none;
      for (const part of register.querySelectorAll("table, section")) part.hidden = !rows.some((row) => !row.hidden && part.contains(row));
    };
    const keep = () => {
      const query = new URLSearchParams(fields.filter((field) => field.value).map((field) => [field.name, field.value])).toString();
      history.replaceState(null, "", location.pathname + (query && `?${query}`) + location.hash);
    };
    const clear = made("button", { type: "button", className: "tool", textContent: words.clear, onclick: () => {
      for (const field of fields) field.value = "";
      show();
      keep();
    } });
    const chosen = new URLSearchParams(location.search);
    for (const field of fields) field.value = chosen.get(field.name) ?? "";
    for (const select of fields.slice(1)) if (select.selectedIndex < 0) select.selectedIndex = 0;
    const form = made("form", { className: "search-filters", role: "search", onsubmit: (event) => event.preventDefault() },
      made("label", {}, words.words, search), ...selects, clear);
    form.addEventListener("input", () => { show(); keep(); });
    register.prepend(form, status);
    show();
  }
});
