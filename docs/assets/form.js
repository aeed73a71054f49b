// The documentation form on the reader's own device. Nothing leaves it, and nothing is kept unless asked for.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const form = document.querySelector("[data-fill]");
  const words = form.dataset;
  const KEY = `rimay-form ${words.fill}`;
  const FORMAT = 1;
  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const button = (text, onclick, className = "tool") => element("button", { type: "button", className, textContent: text, onclick });
  const fields = () => [...form.querySelectorAll("input[name], textarea[name]")];
  const status = element("p", { className: "fill-status", role: "status" });
  const say = (text) => { status.textContent = text; };

  // Rows beyond those on the page, for tables.
  const addRow = (table) => {
    const rows = table.querySelectorAll("tbody tr");
    const row = rows[rows.length - 1].cloneNode(true);
    for (const field of row.querySelectorAll("input")) {
      const [box, , column] = field.name.split(".");
      field.name = `${box}.${rows.length}.${column}`;
      field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+$/, rows.length + 1));
      field.value = "";
    }
    table.querySelector("tbody").append(row);
    return row;
  };
  for (const table of form.querySelectorAll("[data-table]")) {
    table.append(button(words.more, () => addRow(table).querySelector("input").focus()));
  }

  // Values by name: text, or the list of what is ticked.
  const read = () => {
    const values = {};
    for (const field of fields()) {
      if (field.type === "radio" || field.type === "checkbox") {
        if (field.checked) (values[field.name] ??= []).push(field.value);
      } else if (field.value) values[field.name] = field.value;
    }
    return values;
  };
  const write = (values) => {
    for (const name of Object.keys(values)) {
      const [box, row] = name.split(".");
      const table = row && form.querySelector(`[data-box="${CSS.escape(box)}"][data-table]`);
      while (table && Number(row) < 200 && table.querySelectorAll("tbody tr").length <= Number(row)) addRow(table);
    }
    for (const field of fields()) {
      const value = Object.hasOwn(values, field.name) ? values[field.name] : undefined;
      if (field.type === "radio" || field.type === "checkbox") field.checked = Array.isArray(value) && value.includes(field.value);
      else field.value = typeof value === "string" ? value : "";
    }
  };

  // Kept on the device only while the box is ticked.
  const store = {
    get: () => { try { return JSON.parse(localStorage.getItem(KEY)); } catch { return null; } },
    set: (values) => { try { localStorage.setItem(KEY, JSON.stringify(values)); say(words.kept); } catch { say(words.failed); } },
    clear: () => { try { localStorage.removeItem(KEY); } catch { /* nothing was kept */ } },
  };
  const keep = element("input", { type: "checkbox" });
  const kept = store.get();
  if (kept) { keep.checked = true; write(kept); }
  keep.addEventListener("change", () => { if (keep.checked) store.set(read()); else { store.clear(); say(""); } });
  form.addEventListener("input", () => { if (keep.checked) store.set(read()); });
  form.addEventListener("submit", (event) => event.preventDefault());

  const clear = () => {
    if (!confirm(words.confirm)) return;
    write({});
    keep.checked = false;
    store.clear();
    say(words.cleared);
  };
  const leave = () => { write({}); location.replace("https://es.wikipedia.org/"); };

  // Taking it away.
  const fileName = (ending) => `${words.fill}-${new Date().toLocaleDateString("sv")}.${ending}`;
  const download = (content, type, ending) => {
    const link = element("a", { href: URL.createObjectURL(new Blob([content], { type })), download: fileName(ending) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const takeJson = () => download(JSON.stringify({ form: words.fill, format: FORMAT, values: read() }, null, 1), "application/json", "json");
  const openJson = async (file) => {
    try {
      const found = JSON.parse(await file.text());
      if (found.form !== words.fill || found.format !== FORMAT || typeof found.values !== "object") throw new Error("not ours");
      write(found.values ?? {});
      if (keep.checked) store.set(read());
      say(words.loaded);
    } catch { say(words.failed); }
  };
  const load = element("input", { type: "file", accept: ".json,application/json", className: "hidden" });
  load.addEventListener("change", () => { if (load.files[0]) openJson(load.files[0]); load.value = ""; });

  const loadScript = (source) => new Promise((done, failed) => {
    document.head.append(element("script", { src: source, onload: done, onerror: failed }));
  });
  const clean = (text) => text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
  const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

  /** The blank Word file with every content control filled in: its text replaced, line by line, its look kept. */
  const fillWord = (bytes, values) => {
    const files = window.fflate.unzipSync(bytes);
    const name = "word/document.xml";
    const xml = new DOMParser().parseFromString(window.fflate.strFromU8(files[name]), "application/xml");
    const tagged = new Map([...xml.getElementsByTagNameNS(W, "sdt")].map((control) =>
      [control.getElementsByTagNameNS(W, "tag")[0].getAttributeNS(W, "val"), control]));
    const put = (control, text) => {
      const run = control.getElementsByTagNameNS(W, "r")[0];
      for (const old of [...run.childNodes]) if (old.localName !== "rPr") old.remove();
      clean(text).split(/\r\n|\r|\n/).forEach((line, index) => {
        if (index) run.append(xml.createElementNS(W, "w:br"));
        const part = xml.createElementNS(W, "w:t");
        part.setAttribute("xml:space", "preserve");
        part.textContent = line;
        run.append(part);
      });
    };
    for (const box of form.querySelectorAll("[data-box]")) {
      const choices = [...box.querySelectorAll("[type=radio], [type=checkbox]")];
      if (choices.length) put(tagged.get(box.dataset.box), choices.map((c) => `${c.checked ? "☒" : "☐"} ${c.value}`).join("   "));
    }
    for (const [field, value] of Object.entries(values)) {
      if (typeof value !== "string") continue;
      if (!tagged.has(field)) tagged.set(field, newRow(xml, tagged, field));
      put(tagged.get(field), value);
    }
    files[name] = window.fflate.strToU8(new XMLSerializer().serializeToString(xml));
    return window.fflate.zipSync(files);
  };
  /** A table that grew on the page grows in the file too. */
  const newRow = (xml, tagged, field) => {
    const [box, row] = field.split(".");
    let last = tagged.get(`${box}.0.0`);
    while (last.localName !== "tr") last = last.parentNode;
    while (last.nextElementSibling) last = last.nextElementSibling;
    const made = last.cloneNode(true);
    last.after(made);
    for (const control of made.getElementsByTagNameNS(W, "sdt")) {
      const tag = control.getElementsByTagNameNS(W, "tag")[0];
      const name = `${box}.${row}.${tag.getAttributeNS(W, "val").split(".")[2]}`;
      tag.setAttributeNS(W, "w:val", name);
      control.getElementsByTagNameNS(W, "t")[0].textContent = "";
      tagged.set(name, control);
    }
    return tagged.get(field);
  };
  // What a Word file needs is fetched once typing begins, so that it can be taken away without a network.
  const blank = document.querySelector('.downloads a[href$=".docx"]').href;
  const script = new URL("vendor/fflate.js", document.querySelector('script[src*="form.js"]').src).href;
  let needs;
  const prepare = () => (needs ??= Promise.all([fetch(blank).then((answer) => answer.arrayBuffer()), loadScript(script)])
    .catch((error) => { needs = undefined; throw error; }));
  form.addEventListener("input", () => prepare().catch(() => {}), { once: true });
  const takeWord = async () => {
    try {
      const bytes = new Uint8Array((await prepare())[0]);
      const type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
      download(fillWord(bytes, read()), type, "docx");
      say("");
    } catch { say(words.failed); }
  };

  // One part at a time, as fits a phone.
  const parts = [...form.querySelectorAll(".part")];
  let current = 0;
  let whole = !matchMedia("(max-width: 48rem)").matches;
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
  };
  const go = (part) => {
    current = part;
    show();
    parts[part].scrollIntoView();
    parts[part].querySelector("input, textarea").focus({ preventScroll: true });
  };

  form.before(element("div", { className: "fill-bar" }, button(words.leave, leave, "tool strong"), toggle, place));
  form.after(
    element("div", { className: "fill-bar" }, previous, next),
    element("div", { className: "fill-bar" },
      element("label", {}, keep, words.keep), button(words.word, takeWord), button(words.print, () => print()),
      button(words.json, takeJson), button(words.load, () => load.click()), load, button(words.clear, clear)),
    status,
  );
  load.setAttribute("aria-label", words.load);
  load.tabIndex = -1;
  show();
});
