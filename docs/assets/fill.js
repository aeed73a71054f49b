// What the forms of the site share: taking things away as files, keeping them on the device when asked, one part at a time.
Object.assign(window.rimay, (() => {
  "use strict";
  const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  const element = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const button = (text, onclick, className = "tool") => element("button", { type: "button", className, textContent: text, onclick });

  /** Hand a file to the reader. */
  const download = (content, type, name) => {
    const link = element("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const today = () => new Date().toLocaleDateString("sv"); // as in 2026-11-25
  /** A button that lets the reader choose a JSON file, and what it says. */
  const opener = (text, opened, failed) => {
    const file = element("input", { type: "file", accept: ".json,application/json", className: "hidden", tabIndex: -1 });
    file.setAttribute("aria-label", text);
    file.addEventListener("change", async () => {
      try { if (file.files[0]) opened(JSON.parse(await file.files[0].text())); } catch { failed(); }
      file.value = "";
    });
    return [button(text, () => file.click()), file];
  };

  /** What a form holds, by name of field: text, or the list of what is ticked. Rows are called `box.row.column`. */
  const values = (form) => {
    const fields = () => [...form.querySelectorAll("input[name], textarea[name]")];
    const isTicked = (field) => field.type === "radio" || field.type === "checkbox";
    const addRow = (table) => {
      const rows = table.querySelectorAll("[data-row]");
      const row = rows[rows.length - 1].cloneNode(true);
      for (const named of row.querySelectorAll("[aria-label], legend")) {
        const number = (text) => text.replace(/\d+$/, rows.length + 1);
        if (named.ariaLabel) named.ariaLabel = number(named.ariaLabel);
        else named.textContent = number(named.textContent);
      }
      for (const field of row.querySelectorAll("[name]")) {
        const [box, , column] = field.name.split(".");
        field.name = `${box}.${rows.length}.${column}`;
        field.value = "";
      }
      rows[rows.length - 1].after(row);
      return row;
    };
    const read = () => {
      const found = {};
      for (const field of fields()) {
        if (isTicked(field)) { if (field.checked) (found[field.name] ??= []).push(field.value); }
        else if (field.value) found[field.name] = field.value;
      }
      return found;
    };
    const write = (found) => {
      for (const name of Object.keys(found)) {
        const [box, row] = name.split(".");
        const table = row && form.querySelector(`[data-box="${CSS.escape(box)}"][data-table]`);
        while (table && Number(row) < 200 && table.querySelectorAll("[data-row]").length <= Number(row)) addRow(table);
      }
      for (const field of fields()) {
        const value = Object.hasOwn(found, field.name) ? found[field.name] : undefined;
        if (isTicked(field)) field.checked = Array.isArray(value) && value.includes(field.value);
        else field.value = typeof value === "string" ? value : "";
      }
    };
    for (const table of form.querySelectorAll("[data-table]")) {
      table.append(button(form.dataset.more, () => addRow(table).querySelector("[name]").focus()));
    }
    return { read, write };
  };

  /** A place on the device, used only when the reader asks for it. */
  const store = (key) => ({
    get: () => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set: (value) => { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
    clear: () => { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
  });

  // Office files: the blank one of the page is opened, filled in and closed again.
  const clean = (text) => text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
  const loadScript = (source) => new Promise((done, failed) => {
    document.head.append(element("script", { src: source, onload: done, onerror: failed }));
  });
  const zip = new URL("vendor/fflate.js", document.currentScript.src).href;
  let zipLoaded;
  /** Fetches once what a file needs, so that it can be made without a network afterwards. Gives its parts by name.
      Nothing where pages are files in a folder: there a script may not read the blank, which stays to be downloaded. */
  const office = (ending) => {
    if (location.protocol === "file:") return null;
    const blank = document.querySelector(`.downloads a[href$=".${ending}"]`).href;
    let needs;
    const prepare = () => (needs ??= Promise.all([
      fetch(blank).then((answer) => { if (!answer.ok) throw new Error(answer.status); return answer.arrayBuffer(); }),
      (zipLoaded ??= loadScript(zip)),
    ]).catch((error) => { needs = zipLoaded = undefined; throw error; }));
    const edit = (files, name, change) => {
      const xml = new DOMParser().parseFromString(window.fflate.strFromU8(files[name]), "application/xml");
      change(xml);
      files[name] = window.fflate.strToU8(new XMLSerializer().serializeToString(xml));
    };
    const open = async () => {
      const [bytes] = await prepare();
      return window.fflate.unzipSync(new Uint8Array(bytes));
    };
    return { prepare, edit, open };
  };
  const closeOffice = (files) => window.fflate.zipSync(files);
  const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

  /** One part at a time, as fits a phone. Returns the bars above and below, and a way to a part. */
  const steps = (form, words) => {
    const parts = [...form.querySelectorAll(".part")];
    let current = 0;
    let whole = !matchMedia("(max-width: 48rem)").matches || parts.length < 2;
    const place = element("p", { className: "fill-place" });
    const previous = button(words.previous, () => go(current - 1));
    const next = button(words.next, () => go(current + 1), "tool strong");
    const toggle = button("", () => { whole = !whole; show(); });
    const show = () => {
      parts.forEach((part, index) => { part.classList.toggle("away", !whole && index !== current); });
      place.textContent = whole ? "" : words.part.replace("{part}", current + 1).replace("{parts}", parts.length);
      previous.hidden = whole || current === 0;
      next.hidden = whole || current === parts.length - 1;
      toggle.textContent = whole ? words.one : words.all;
      toggle.hidden = parts.length < 2;
    };
    const go = (part) => {
      current = part;
      show();
      parts[part].scrollIntoView();
      parts[part].querySelector("input, textarea").focus({ preventScroll: true });
    };
    show();
    return {
      above: [toggle, place],
      below: [previous, next],
      /** Show a field, whatever part it stands in. */
      find: (field) => {
        current = parts.indexOf(field.closest(".part"));
        show();
        field.focus();
        field.scrollIntoView({ block: "center" });
      },
    };
  };

  return { W, WORD, element, button, values, download, today, opener, store, clean, office, closeOffice, steps };
})());
