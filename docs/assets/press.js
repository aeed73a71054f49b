// A press template filled in on the reader's own device: live sheet, counts, Word, text, sharing. Nothing leaves it
// unless the reader sends it. What stands where is worked out as in hooks/rimay/press.py.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const { W, WORD, element, button, values, download, today, opener, store, clean, office, closeOffice, steps } = window.rimay;
  // No <form>: a field called “after” or “id” would hide what the element itself has by that name.
  const form = document.querySelector("[data-press]");
  const words = form.dataset;
  const { sections, pace } = JSON.parse(words.press);
  const sheet = document.querySelector(".sheet.blank");
  const { read, write } = values(form);
  const boxes = [...form.querySelectorAll("[data-box]")];
  const known = new Map(boxes.map((box) => [box.dataset.box, box]));
  const labelOf = (name) => known.get(name).dataset.label;
  const isRequired = (name) => known.get(name).dataset.required !== undefined;
  const status = element("p", { className: "fill-status", role: "status" });
  const say = (text) => { status.textContent = text; };

  // --- what is typed, by placeholder: words, items of a list, or rows of cells

  const dateFormat = new Intl.DateTimeFormat(words.locale, { dateStyle: "long", timeZone: "UTC" });
  const typed = () => {
    const raw = read();
    const found = {};
    for (const [name, box] of known) {
      const text = (Array.isArray(raw[name]) ? raw[name][0] : raw[name] ?? "").replace(/\r\n?/g, "\n");
      switch (box.dataset.type) {
        case "date": found[name] = text && dateFormat.format(new Date(text)); break;
        case "list": found[name] = text.split("\n").filter((item) => item.trim()); break;
        case "rows": {
          const columns = JSON.parse(box.dataset.columns).length;
          const count = box.querySelectorAll("[data-row]").length;
          found[name] = Array.from({ length: count }, (_, row) =>
            Array.from({ length: columns }, (_, column) => raw[`${name}.${row}.${column}`] ?? ""))
            .filter((row) => row.some((cell) => cell.trim()));
          break;
        }
        default: found[name] = text.trim() ? text : "";
      }
    }
    return found;
  };
  const isEmpty = (value) => !value || value.length === 0;

  // --- the document: parts, each a list of blocks { style, lines } or { style, head, rows }

  const PLACEHOLDER = /\{([a-z0-9_]+)\}/g;
  const namesIn = (text) => [...text.matchAll(PLACEHOLDER)].map((match) => match[1]);
  const createParts = (filled) => {
    const isLeftOut = (text) => {
      const names = namesIn(text);
      return names.length > 0 && names.every((name) => !isRequired(name) && isEmpty(filled[name]));
    };
    const runsOf = (name) => {
      const value = filled[name];
      if (isEmpty(value)) return isRequired(name) ? [{ text: `[${labelOf(name)}]`, blank: true }] : [];
      return Array.isArray(value) ? value.map((item) => ({ text: item })) : [{ text: value }];
    };
    const joined = (name) => {
      const runs = runsOf(name);
      return runs.length === 1 ? runs[0] : { text: runs.map((run) => run.text).join("\n") };
    };
    const runsIn = (line, item) => {
      const runs = [];
      let end = 0;
      for (const match of line.matchAll(PLACEHOLDER)) {
        runs.push({ text: line.slice(end, match.index) }, item ?? joined(match[1]));
        end = match.index + match[0].length;
      }
      return [...runs, { text: line.slice(end) }].filter((run) => run.text);
    };
    const split = (line) => {
      const lines = [[]];
      for (const run of line) {
        const [first, ...rest] = run.text.split("\n");
        lines.at(-1).push({ ...run, text: first });
        lines.push(...rest.map((text) => [{ ...run, text }]));
      }
      return lines;
    };
    const linesOf = (line) => {
      if (!line.trim()) return [[]];
      if (isLeftOut(line)) return [];
      const names = namesIn(line);
      const repeats = names.length === 1 && known.get(names[0]).dataset.type === "list";
      return repeats ? runsOf(names[0]).flatMap((run) => split(runsIn(line, run))) : split(runsIn(line));
    };
    const paragraphs = (style, lines) => {
      const made = [];
      let paragraph = [];
      for (const line of [...lines, []]) {
        if (line.some((run) => run.text.trim())) paragraph.push(line);
        else if (paragraph.length) { made.push({ style, lines: paragraph }); paragraph = []; }
      }
      return made;
    };
    const blocksOf = (section) => {
      if (isLeftOut(section.text)) return [];
      const title = section.title ? [{ style: "heading", lines: [[{ text: section.title }]] }] : [];
      if (section.style !== "table" && section.style !== "entries") {
        return [...title, ...paragraphs(section.style, section.text.split("\n").flatMap(linesOf))];
      }
      const name = namesIn(section.text)[0];
      const head = JSON.parse(known.get(name).dataset.columns);
      const rows = isEmpty(filled[name]) ? Array.from({ length: Number(known.get(name).dataset.rows) }, () => head.map(() => "")) : filled[name];
      return [...title, { style: section.style, head, rows }];
    };
    return sections.map((section) => ({ section, blocks: blocksOf(section) })).filter((part) => part.blocks.length);
  };
  /** Rows as pairs of head and cell; an empty cell is left out unless the whole row is there to be written. */
  const entriesOf = ({ head, rows }) => rows.map((row) =>
    head.map((name, index) => [name, row[index]]).filter(([, cell]) => cell || !row.some(Boolean)));
  const textOf = (block) => block.head
    ? entriesOf(block).map((entry) => entry.map(([head, cell]) => `${head}: ${cell}`).join("\n")).join("\n\n")
    : block.lines.map((line) => line.map((run) => run.text).join("")).join("\n");
  const createText = (blocks) => `${blocks.map(textOf).join("\n\n")}\n`;
  const ownText = ({ section, blocks }) => createText(blocks.filter((block) => block.style === section.style)).trim();
  const typedText = (part) => ownText({
    ...part, blocks: part.blocks.map((block) => (block.lines ? { ...block, lines: block.lines.map((line) => line.filter((run) => !run.blank)) } : block)),
  });

  // --- counts

  const countOf = (unit, text) => {
    if (unit === "characters") return [...text].length;
    const spoken = text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    return unit === "words" ? spoken : Math.ceil(spoken / pace);
  };
  const showCount = (place, limit, text) => {
    const [unit, most] = limit;
    const count = countOf(unit, text);
    place.textContent = words[unit].replace("{count}", count).replace("{most}", most);
    place.classList.toggle("over", count > most);
  };

  // --- the sheet, as it is typed

  const linesTo = (target, lines) => lines.forEach((line, index) => {
    if (index) target.append(element("br"));
    target.append(...line.map((run) => (run.blank ? element("mark", { textContent: run.text }) : run.text)));
  });
  const create = {
    table: ({ head, rows }) => element("table", {},
      element("thead", {}, element("tr", {}, ...head.map((textContent) => element("th", { textContent })))),
      element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((textContent) => element("td", { textContent })))))),
    entries: (block) => element("div", {}, ...entriesOf(block).map((entry) => {
      const made = element("p");
      entry.forEach(([head, cell], index) => {
        if (index) made.append(element("br"));
        made.append(element("strong", { textContent: `${head}: ` }), cell || element("mark", { textContent: "[…]" }));
      });
      return made;
    })),
  };
  const blockTo = (block) => {
    const made = element("div", { className: `sheet-${block.style}` });
    if (create[block.style]) made.append(create[block.style](block));
    else { const text = element("p"); linesTo(text, block.lines); made.append(text); }
    return made;
  };
  const show = () => {
    const filled = typed();
    const parts = createParts(filled);
    sheet.replaceChildren(...parts.flatMap((part) => {
      const shown = part.blocks.map(blockTo);
      if (part.section.limit) {
        const count = element("p", { className: "count" });
        showCount(count, part.section.limit, typedText(part));
        shown.push(count);
      }
      if (part.section.style === "message") {
        shown.push(element("p", { className: "fill-bar" },
          button(words.copy, () => copy(ownText(part))), button(words.whatsapp, () => whatsapp(ownText(part)))));
      }
      return shown;
    }));
    const raw = read();
    for (const box of form.querySelectorAll("[data-limit]")) {
      showCount(box.querySelector(".count"), box.dataset.limit.split(" "), raw[box.dataset.box] ?? "");
    }
    for (const place of form.querySelectorAll("[data-section]")) {
      const part = parts.find(({ section }) => section === sections[place.dataset.section]);
      showCount(place, sections[place.dataset.section].limit, part ? typedText(part) : "");
    }
  };

  // --- the organisation and the draft, kept on the device only while their box is ticked

  const draft = store(`rimay-press ${words.id} ${words.language}`);
  const profile = store(`rimay-organisation ${words.language}`);
  const ofProfile = boxes.filter((box) => box.dataset.profile);
  const fieldOf = (box) => box.querySelector("[name]");
  const profileNow = () => ({
    ...profile.get(),
    ...Object.fromEntries(ofProfile.filter((box) => fieldOf(box).value).map((box) => [box.dataset.profile, fieldOf(box).value])),
  });
  const useProfile = (facts) => {
    for (const box of ofProfile) {
      const value = facts[box.dataset.profile];
      if (typeof value === "string" && !fieldOf(box).value) fieldOf(box).value = value;
    }
  };
  const keepDraft = element("input", { type: "checkbox" });
  const keepProfile = element("input", { type: "checkbox" });
  const keep = () => {
    const done = [!keepDraft.checked || draft.set(read()), !keepProfile.checked || profile.set(profileNow())];
    if (keepDraft.checked || keepProfile.checked) say(done.every(Boolean) ? words.kept : words.failed);
  };
  keepDraft.addEventListener("change", () => { if (keepDraft.checked) keep(); else { draft.clear(); say(words.forgotten); } });
  keepProfile.addEventListener("change", () => { if (keepProfile.checked) keep(); else { profile.clear(); say(words.forgotten); } });
  const takeProfile = () => download(JSON.stringify({ organisation: profileNow() }, null, 1), "application/json", `rimay-${words.organisation}.json`);
  const openProfile = (found) => {
    if (typeof found.organisation !== "object") throw new Error("not ours");
    useProfile(found.organisation ?? {});
    show();
    keep();
    say(words.loaded);
  };
  const clear = () => {
    if (!confirm(words.confirm)) return;
    write({});
    keepDraft.checked = false;
    draft.clear();
    show();
    say(words.cleared);
  };

  // --- taking it away

  const headline = () => createParts(typed()).flatMap((part) => part.blocks).find((block) => block.style === "headline");
  const wholeText = () => createText(createParts(typed()).flatMap((part) => part.blocks));
  const copy = async (text) => { await window.rimay.copy(text); say(words.copied); };
  const whatsapp = (text) => window.open(`https://wa.me/?text=${encodeURIComponent(text)}`, "_blank", "noopener,noreferrer");
  const mail = (text) => {
    const subject = headline() ? textOf(headline()) : words.name;
    location.href = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replace(/\n/g, "\r\n"))}`;
  };
  const fileName = (ending) => `${today()}-${words.slug}.${ending}`;

  const STYLES = { label: "RimayLabel", headline: "Title", lead: "RimayLead", paragraph: "Normal", quote: "Quote", heading: "Heading1", small: "RimaySmall", message: "RimayMessage", entries: "RimayEntry" };
  /** The body of the blank Word file made anew from the blocks: its styles, its tables, no mark of a place left. */
  const fillWord = (xml, blocks) => {
    const w = (name, attributes, ...children) => {
      const made = xml.createElementNS(W, `w:${name}`);
      for (const [key, value] of Object.entries(attributes)) made.setAttributeNS(W, `w:${key}`, value);
      made.append(...children);
      return made;
    };
    const run = (text, look) => {
      const made = w("t", {}, clean(text));
      made.setAttribute("xml:space", "preserve");
      return w("r", {}, ...(look ? [w("rPr", {}, look)] : []), made);
    };
    const runs = (line) => line.map((part) => run(part.text, part.blank && w("rStyle", { val: "RimayBlank" })));
    const withBreaks = (lines) => lines.flatMap((line, index) => (index ? [w("r", {}, w("br", {})), ...line] : line));
    const paragraph = (style, lines) => w("p", {}, w("pPr", {}, w("pStyle", { val: STYLES[style] })), ...withBreaks(lines));
    const cellLines = (text) => text.split("\n").map((line) => [run(line)]);
    const body = xml.getElementsByTagNameNS(W, "body")[0];
    const tables = [...body.getElementsByTagNameNS(W, "tbl")];
    const settings = body.lastElementChild;
    body.replaceChildren();
    for (const block of blocks) {
      if (block.style === "table") {
        const table = tables.shift();
        const [, model, ...rest] = [...table.getElementsByTagNameNS(W, "tr")];
        rest.forEach((row) => row.remove());
        for (const cells of block.rows) {
          const row = model.cloneNode(true);
          [...row.getElementsByTagNameNS(W, "p")].forEach((cell, index) => cell.append(...withBreaks(cellLines(cells[index]))));
          table.append(row);
        }
        model.remove();
        body.append(table, paragraph("small", []));
      } else if (block.style === "entries") {
        for (const entry of entriesOf(block)) {
          const lines = entry.flatMap(([head, cell]) => {
            const [first, ...more] = cell ? cellLines(cell) : [[run("[…]", w("rStyle", { val: "RimayBlank" }))]];
            return [[run(`${head}: `, w("b", {})), ...first], ...more];
          });
          body.append(paragraph("entries", lines));
        }
      } else body.append(paragraph(block.style, block.lines.map(runs)));
    }
    body.append(settings);
  };
  const fillHeader = (xml, organisation) => {
    for (const control of [...xml.getElementsByTagNameNS(W, "sdt")]) {
      const kept = control.getElementsByTagNameNS(W, "r")[0];
      if (organisation) {
        kept.getElementsByTagNameNS(W, "rPr")[0]?.remove();
        kept.getElementsByTagNameNS(W, "t")[0].textContent = clean(organisation);
      }
      control.replaceWith(kept);
    }
  };
  const word = office("docx");
  const takeWord = async () => {
    const filled = typed();
    const files = await word.open();
    word.edit(files, "word/document.xml", (xml) => fillWord(xml, createParts(filled).flatMap((part) => part.blocks)));
    const organisation = ofProfile.find((box) => box.dataset.profile === "name").dataset.box;
    for (const name of Object.keys(files).filter((file) => /^word\/header\d*\.xml$/.test(file))) {
      word.edit(files, name, (xml) => fillHeader(xml, filled[organisation]));
    }
    download(closeOffice(files), WORD, fileName("docx"));
  };

  /** The rows of the first table in the blank spreadsheet, as text: a cell that begins with = is no formula. */
  const X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const fillSheet = (xml, rows) => {
    const [, ...lines] = [...xml.getElementsByTagNameNS(X, "row")];
    rows.forEach((cells, index) => {
      const number = index + 2;
      const line = lines[index] ?? lines.at(-1).cloneNode(true);
      line.setAttribute("r", number);
      if (!lines[index]) { lines.at(-1).after(line); lines.push(line); }
      [...line.getElementsByTagNameNS(X, "c")].forEach((cell, column) => {
        cell.setAttribute("r", cell.getAttribute("r").replace(/\d+$/, number));
        if (!cells[column]) return cell.replaceChildren();
        cell.setAttribute("t", "inlineStr");
        const text = xml.createElementNS(X, "t");
        text.setAttribute("xml:space", "preserve");
        text.textContent = clean(cells[column]).slice(0, 32767);
        const inline = xml.createElementNS(X, "is");
        inline.append(text);
        cell.replaceChildren(inline);
      });
    });
  };
  const workbook = words.workbook && office("xlsx");
  const takeWorkbook = async () => {
    const files = await workbook.open();
    workbook.edit(files, "xl/worksheets/sheet1.xml", (xml) => fillSheet(xml, typed()[words.workbook]));
    download(closeOffice(files), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", fileName("xlsx"));
  };

  const printSheet = () => {
    const root = document.documentElement;
    root.dataset.print = "sheet";
    addEventListener("afterprint", () => { delete root.dataset.print; }, { once: true });
    print();
  };

  // --- a warning before anything with empty required places leaves

  const warning = element("div", { className: "notice", hidden: true, tabIndex: -1, role: "group" });
  warning.setAttribute("aria-label", words.missing);
  const act = (action) => async () => {
    const filled = typed();
    const missing = boxes.filter((box) => isRequired(box.dataset.box) && isEmpty(filled[box.dataset.box]));
    const run = async () => { warning.hidden = true; try { await action(); } catch { say(words.failed); } };
    if (!missing.length) return run();
    warning.replaceChildren(
      element("p", { textContent: words.missing }),
      element("p", { className: "fill-bar" }, ...missing.map((box) => button(labelOf(box.dataset.box), () => parts.find(fieldOf(box))))),
      button(words.anyway, run, "tool strong"));
    warning.hidden = false;
    warning.focus();
  };

  const parts = steps(form, words);
  form.before(element("div", { className: "fill-bar" }, ...parts.above));
  const label = (box, text) => element("label", {}, box, text);
  form.after(
    element("div", { className: "fill-bar" }, ...parts.below),
    element("details", { className: "fill-kept" }, element("summary", { textContent: words.remember }),
      element("div", { className: "fill-bar" },
        label(keepDraft, words.keep), label(keepProfile, words.keepProfile), button(words.takeProfile, takeProfile),
        ...opener(words.openProfile, openProfile, () => say(words.failed)))));
  sheet.after(
    warning,
    element("div", { className: "fill-bar fill-away" },
      ...(word ? [button(words.word, act(takeWord), "tool strong")] : []),
      ...(workbook ? [button(words.sheet, act(takeWorkbook))] : []),
      button(words.copy, act(() => copy(wholeText()))),
      button(words.whatsapp, act(() => whatsapp(wholeText()))),
      button(words.mail, act(() => mail(wholeText()))),
      ...(navigator.share ? [button(words.share, act(() => navigator.share({ text: wholeText() }).catch(() => {})))] : []),
      button(words.print, act(printSheet)),
      button(words.clear, clear)),
    status);

  form.addEventListener("input", () => { show(); keep(); });
  // What the files need is fetched once typing begins, so that they can be made without a network afterwards.
  form.addEventListener("input", () => { word?.prepare().catch(() => {}); workbook?.prepare().catch(() => {}); }, { once: true });

  if (draft.get()) { keepDraft.checked = true; write(draft.get()); }
  if (profile.get()) { keepProfile.checked = true; useProfile(profile.get()); }
  const date = form.querySelector('[name="date"][type="date"]');
  if (date && !date.value) date.value = today();
  if (draft.get() || profile.get()) show();
});
