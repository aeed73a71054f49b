// Deadline calculator: dates counted on the reader's own device. Numbers and words come from the page; nothing is kept.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const form = document.querySelector("[data-calculator]");
  const words = form.dataset;
  const { rules, window: period, assumed, alarms } = JSON.parse(words.calculator);
  const { ends, presented } = form.elements;
  const [status, result] = ["[role=status]", "[data-result]"].map((selector) => form.querySelector(selector));
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const element = (tag, ...children) => {
    const made = document.createElement(tag);
    made.append(...children);
    return made;
  };

  // Days are counted at midnight UTC, where every day has 24 hours
  const DAY = 864e5;
  const long = new Intl.DateTimeFormat(words.locale, { dateStyle: "full", timeZone: "UTC" });
  const iso = (day) => new Date(day).toISOString().slice(0, 10);
  const count = (rule, day) => ({ ...rule, first: day + rule.first * DAY, last: day + rule.last * DAY, of: long.format(day) });
  const rule = (key) => rules.find((found) => found.key === key);
  const calculate = (last, given) => {
    const days = { ends: last, presented: given ?? count(rule(assumed), last).last };
    return rules.map((found) => count(found, days[found.of])).sort((a, b) => a.first - b.first);
  };
  const read = (field) => (field.value && field.validity.valid ? field.valueAsNumber : undefined);

  const describe = ({ first, last, what, how, basis, of }) => {
    const time = (day) => Object.assign(element("time", long.format(day)), { dateTime: iso(day) });
    const [begin, middle, end = ""] = words.range.split(/\{first\}|\{last\}/);
    const when = first === last ? [time(first)] : [begin, time(first), middle, time(last), end];
    return element("tr", element("td", ...when),
      element("td", element("strong", what), ` ${fill(how, { of })} `, element("em", `${basis}.`)));
  };
  const answer = (last, given) => {
    const { first, last: end } = count(rule(period), last);
    const delay = given === undefined ? 0 : (given - Math.min(Math.max(given, first), end)) / DAY;
    const name = delay > 0 ? "late" : delay < 0 ? "early" : "inTime";
    const said = [fill(words.answer, { first: long.format(first), last: long.format(end) })];
    if (given !== undefined) said.push(fill(words[name], { days: Math.abs(delay), first: long.format(first) }));
    return said.join(" ");
  };
  const show = ({ type } = {}) => {
    const last = read(ends);
    const isWrong = [ends, presented].some((field) => !field.validity.valid);
    result.hidden = last === undefined;
    if (last !== undefined) {
      result.querySelector("tbody").replaceChildren(...calculate(last, read(presented)).map(describe));
    }
    // a date half typed is wrong only once the reader goes on
    const said = isWrong && type === "focusout" ? words.invalid : last === undefined ? "" : answer(last, read(presented));
    if (status.textContent !== said) status.textContent = said;
  };

  // A calendar (RFC 5545): lines of at most 75 bytes that end in CRLF
  const escape = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");
  const fold = (line) => {
    const folded = [""];
    let length = 0;
    for (const sign of line) {
      const bytes = new TextEncoder().encode(sign).length;
      if (length + bytes > 75) { folded.push(" "); length = 1; }
      folded[folded.length - 1] += sign;
      length += bytes;
    }
    return folded.join("\r\n");
  };
  const createCalendar = () => {
    const short = (day) => iso(day).replaceAll("-", "");
    const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const events = calculate(read(ends), read(presented)).flatMap(({ key, first, last, what, how, basis, of }) => [
      "BEGIN:VEVENT",
      `UID:${key}-${ends.value}.${words.language}@rimay`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${short(first)}`,
      `DTEND;VALUE=DATE:${short(last + DAY)}`,
      `SUMMARY:${escape(what)}`,
      "DESCRIPTION:" + escape(`${fill(how, { of })} ${basis}. ${words.orientation}`),
      "TRANSP:TRANSPARENT",
      ...alarms.days.flatMap((days) => [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        `DESCRIPTION:${escape(what)}`,
        `TRIGGER;VALUE=DATE-TIME:${short(first - days * DAY)}T${alarms.time}`,
        "END:VALARM",
      ]),
      "END:VEVENT",
    ]);
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:-//Rimay//${words.language.toUpperCase()}`, ...events, "END:VCALENDAR", ""];
    return lines.map(fold).join("\r\n");
  };
  const take = () => {
    const url = URL.createObjectURL(new Blob([createCalendar()], { type: "text/calendar" }));
    Object.assign(document.createElement("a"), { href: url, download: `${words.file}-${ends.value}.ics` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  };

  form.addEventListener("input", show);
  form.addEventListener("focusout", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("[data-take]").addEventListener("click", take);
  show();
});
