// The documentation form on the reader's own device. Nothing leaves it, and nothing is kept unless asked for.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const { W, WORD, element, button, values, download, today, opener, store, clean, office, closeOffice, steps } = window.rimay;
  const form = document.querySelector("[data-fill]");
  const words = form.dataset;
  const FORMAT = 1;
  const { read, write } = values(form);
  const status = element("p", { className: "fill-status", role: "status" });
  const say = (text) => { status.textContent = text; };

  // Kept on the device only while the box is ticked.
  const kept = store(`rimay-form ${words.fill}`);
  const keep = element("input", { type: "checkbox" });
  const keepNow = () => say(kept.set(read()) ? words.kept : words.failed);
  if (kept.get()) { keep.checked = true; write(kept.get()); }
  keep.addEventListener("change", () => { if (keep.checked) keepNow(); else { kept.clear(); say(""); } });
  form.addEventListener("input", () => { if (keep.checked) keepNow(); });
  form.addEventListener("submit", (event) => event.preventDefault());

  const clear = () => {
    if (!confirm(words.confirm)) return;
    write({});
    keep.checked = false;
    kept.clear();
    say(words.cleared);
  };
  const leave = () => { write({}); location.replace("https://es.wikipedia.org/"); };

  // Taking it away.
  const fileName = (ending) => `${words.fill}-${today()}.${ending}`;
  const takeJson = () => download(
    JSON.stringify({ form: words.fill, format: FORMAT, values: read() }, null, 1), "application/json", fileName("json"));
  const openJson = (found) => {
    if (found.form !== words.fill || found.format !== FORMAT || typeof found.values !== "object") throw new Error("not ours");
    write(found.values ?? {});
    if (keep.checked) kept.set(read());
    say(words.loaded);
  };

  /** The blank Word file with every content control filled in: its text replaced, line by line, its look kept. */
  const fillWord = (xml, filled) => {
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
    for (const [field, value] of Object.entries(filled)) {
      if (typeof value !== "string") continue;
      if (!tagged.has(field)) tagged.set(field, newRow(tagged, field));
      put(tagged.get(field), value);
    }
  };
  /** A table that grew on the page grows in the file too. */
  const newRow = (tagged, field) => {
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
  const blank = office("docx");
  form.addEventListener("input", () => blank?.prepare().catch(() => {}), { once: true });
  const takeWord = async () => {
    try {
      const files = await blank.open();
      blank.edit(files, "word/document.xml", (xml) => fillWord(xml, read()));
      download(closeOffice(files), WORD, fileName("docx"));
      say("");
    } catch { say(words.failed); }
  };

  const parts = steps(form, words);
  form.before(element("div", { className: "fill-bar" }, button(words.leave, leave, "tool strong"), ...parts.above));
  form.after(
    element("div", { className: "fill-bar" }, ...parts.below),
    element("div", { className: "fill-bar" },
      element("label", {}, keep, words.keep), ...(blank ? [button(words.word, takeWord)] : []), button(words.print, () => print()),
      button(words.json, takeJson), ...opener(words.load, openJson, () => say(words.failed)), button(words.clear, clear)),
    status,
  );
});
