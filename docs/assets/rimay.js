// Light or dark, search, contents, terms. Everything on the page reads without this file.
(() => {
  "use strict";
  const root = document.documentElement;

  /** Puts text on the clipboard: what other scripts of the site share. */
  const copy = async (text) => {
    try { await navigator.clipboard.writeText(text); }
    catch { // an old browser, or a page that did not come over https
      const area = Object.assign(document.createElement("textarea"), { value: text, className: "hidden" });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };
  window.rimay = { copy };

  root.dataset.script = ""; // room is kept for what scripts add, so that nothing moves when they do

  // The reader's own choice of light or dark is kept only once they make one. Set before the page is painted.
  const THEME = "rimay-theme";
  const stored = () => { try { return localStorage.getItem(THEME); } catch { return null; } };
  if (stored()) root.dataset.theme = stored();

  const setUpTheme = () => {
    const button = document.querySelector("[data-theme-switch]");
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = root.dataset.theme
        ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try { localStorage.setItem(THEME, root.dataset.theme); } catch { /* kept for this page only */ }
    });
  };

  const setUpContents = () => {
    if (!matchMedia("(min-width: 66rem)").matches) return;
    for (const details of document.querySelectorAll("[data-open-wide]")) details.open = true;
  };

  // Until this script is there, and where no index can be loaded, the link leads to the A–Z index.
  const setUpSearch = () => {
    if (location.protocol === "file:") return;
    const dialog = document.querySelector("[data-search]");
    const find = (name) => dialog.querySelector(`[data-${name}]`);
    const input = dialog.querySelector("input");
    const [filters, status, results, more] = ["filters", "status", "results", "more"].map(find);
    const words = dialog.dataset;
    const STEP = 8;
    let loading, found = [], shown = 0, turn = 0;

    const load = () => (loading ??= loadIndex().catch((error) => { loading = undefined; throw error; }));

    const loadIndex = async () => {
      const index = await import(new URL(words.index, document.baseURI));
      await index.options({ excerptLength: 24 });
      await index.init();
      const known = await index.filters();
      for (const name of words.names.split("|")) {
        const values = known[name] ?? {};
        const select = document.createElement("select");
        select.name = name;
        select.append(new Option(words.any, ""), ...Object.keys(values).map((value) => new Option(value, value)));
        select.addEventListener("change", search);
        const label = document.createElement("label");
        label.append(name, select);
        filters.append(label);
      }
      return index;
    };

    const chosen = () => Object.fromEntries(
      [...filters.querySelectorAll("select")].filter((s) => s.value).map((s) => [s.name, s.value]));

    const say = (text) => { status.textContent = text; };

    const showMore = async () => {
      const mine = turn, from = shown;
      const pages = await Promise.all(found.slice(from, from + STEP).map((result) => result.data()));
      if (mine !== turn || from !== shown) return; // another search began, or the button was pressed twice
      shown += pages.length;
      for (const page of pages) {
        const link = Object.assign(document.createElement("a"), { href: page.url, textContent: page.meta.title });
        const text = document.createElement("p");
        text.innerHTML = page.excerpt; // Pagefind escapes the text and adds only <mark>
        const kind = document.createElement("span");
        kind.textContent = page.filters[words.names.split("|")[0]] ?? "";
        const item = document.createElement("li");
        item.append(link, kind, text);
        results.append(item);
      }
      more.hidden = shown >= found.length;
    };

    let pause;
    const search = async () => {
      clearTimeout(pause);
      const mine = ++turn;
      const query = input.value.trim();
      const filter = chosen();
      if (!query && !Object.keys(filter).length) {
        results.replaceChildren();
        more.hidden = true;
        return say("");
      }
      say(words.loading);
      try {
        const pagefind = await load();
        const answer = await pagefind.search(query || null, { filters: filter });
        if (mine !== turn) return;
        found = answer.results;
        shown = 0;
        results.replaceChildren();
        say(found.length === 0 ? words.none.replace("{query}", () => query)
          : found.length === 1 ? words.one : words.count.replace("{count}", found.length));
        await showMore();
      } catch {
        if (mine === turn) say(words.failed);
      }
    };

    const open = () => {
      if (!dialog.open) dialog.showModal();
      input.select();
      load().catch(() => say(words.failed));
    };

    input.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(search, 150); });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); search(); }
    });
    dialog.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.target.tagName === "SELECT") return;
      const stops = [input, ...results.querySelectorAll("a")];
      const next = stops[stops.indexOf(document.activeElement) + step];
      if (next) { event.preventDefault(); next.focus(); }
    });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    more.addEventListener("click", () => showMore().catch(() => say(words.failed)));
    for (const link of document.querySelectorAll("[data-search-open]")) {
      link.setAttribute("role", "button");
      link.addEventListener("click", (event) => { event.preventDefault(); open(); });
      link.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); open(); } });
    }
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, textarea, select, [contenteditable]");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        open();
      }
    });
  };

  // A term's explanation opens beside it and goes with Esc, a touch elsewhere or its button. The link stays a link.
  const setUpTerms = () => {
    const template = document.querySelector("[data-term]");
    if (!template || !("popover" in root)) return;
    const box = template.content.firstElementChild;
    const [text, more, close] = box.querySelectorAll("p:first-child, a, button");
    box.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !box.contains(relatedTarget)) box.hidePopover();
    });
    close.addEventListener("click", () => box.hidePopover());
    const explain = (event) => {
      const link = event.currentTarget;
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      text.textContent = link.title;
      more.href = link.href;
      more.textContent = more.dataset.more.replace("{term}", () => link.textContent);
      box.ariaLabel = link.textContent;
      link.after(box); // read and reached next
      const { left, bottom } = link.getBoundingClientRect();
      box.style.top = `${bottom + scrollY}px`;
      box.style.setProperty("--left", `${left}px`);
      box.showPopover(); // moves the focus there; when it closes, the focus returns
      box.scrollIntoView({ block: "nearest" });
    };
    for (const link of document.querySelectorAll("a.term")) {
      link.ariaHasPopup = "dialog";
      link.addEventListener("click", explain);
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    setUpTheme();
    setUpContents();
    setUpSearch();
    setUpTerms();
  });
})();
