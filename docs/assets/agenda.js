// Agenda builder: a plan of sessions, activities and breaks, kept in the fragment of the page and nowhere else.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const root = document.querySelector("[data-agenda]");
  const words = root.dataset;
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const MOST = { items: 60, minutes: 480, people: 200, title: 80, link: 8000, work: 240 };

  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const clock = (minute) => `${Math.floor(minute / 60) % 24}:${String(minute % 60).padStart(2, "0")}`;
  const length = (minutes) => (minutes < 60 ? "" : `${Math.floor(minutes / 60)}\u00a0h\u00a0`) + `${minutes % 60}\u00a0min`;
  const whole = (text, most) => (/^\d{1,3}$/.test(text) && text >= 1 && text <= most ? Number(text) : 0);
  const tidy = (text) => [...text.replace(/[\p{C}\s]+/gu, " ").trim()].slice(0, MOST.title).join("");
  const name = (item) => (item.session ? `${item.code} ${item.title}` : item.title || words[item.type]);
  const createButton = (text, label, action) =>
    element("button", { type: "button", className: "tool", textContent: text, ariaLabel: label, onclick: action });
  const sum = (items, field) => items.reduce((total, item) => total + item[field], 0);

  // The sessions and activities that the page lists, by code
  const create = (type, minutes, title) => ({ type, minutes, title, work: type === "own" ? minutes : 0 });
  const known = new Map([["day", { ...create("day", 0), code: "day" }]]);
  const offer = (item, place) => {
    known.set(item.code, item);
    place.append(" ", createButton(words.add, `${words.add}: ${name(item)}`, () => add(item)));
    return item;
  };
  for (const place of root.querySelectorAll("[data-code]")) {
    const text = (item, tag) => item.querySelector(tag).textContent;
    const link = place.querySelector("h3 a");
    const session = {
      code: place.dataset.code,
      title: link.textContent,
      href: link.href,
      people: Number(place.dataset.people),
      materials: [...place.querySelectorAll("ul li")].map((item) => [text(item, "strong"), text(item, "em")]),
    };
    session.parts = [...place.querySelectorAll("[data-minutes]")].map((item, index) => {
      const code = `${session.code}.${index + 1}`;
      const minutes = Number(item.dataset.minutes);
      const work = item.dataset.break ? 0 : minutes;
      return offer({ code, title: text(item, "strong"), minutes, work, session }, item);
    });
    const { parts } = session;
    Object.assign(session, { session, minutes: sum(parts, "minutes"), work: sum(parts, "work") });
    offer(session, place.querySelector("h3 + p"));
    place.querySelector("details").open = false;
  }

  // The plan as text: #v1;start=18:00;people=18;R2;E2.3;break=15;own=20:T%C3%ADtulo;day
  const plan = { start: part("start").value, people: Number(part("people").value), items: [] };
  const encodeItem = ({ code, type, minutes, title }) => {
    const safe = encodeURIComponent(title).replace(/[^\w%]/g, (sign) => `%${sign.charCodeAt().toString(16)}`);
    return code ?? `${type}=${minutes}` + (title && `:${safe}`);
  };
  const encode = ({ start, people, items }) =>
    `#v1;start=${start};people=${people};${items.map(encodeItem).join(";")}`;
  const decodeItem = (text) => {
    const [, type, minutes, title = ""] = /^(break|own)=(\d+)(?::(.*))?$/.exec(text) ?? [];
    if (!type) return known.get(text);
    try { return whole(minutes, MOST.minutes) && create(type, Number(minutes), tidy(decodeURIComponent(title))); }
    catch { return undefined; }
  };
  const set = (target, name, value) => {
    const valid = name === "people" ? whole(value, MOST.people) : /^([01]\d|2[0-3]):[0-5]\d$/.exec(value)?.[0];
    return valid && (target[name] = valid);
  };
  const decode = (hash) => {
    const [version, ...texts] = hash.slice(1).split(";");
    if (version !== "v1" || hash.length > MOST.link) return undefined;
    const opened = { items: [] };
    for (const text of texts.slice(0, MOST.items + 2)) {
      const [, setting, value] = /^(start|people)=(.*)$/.exec(text) ?? [];
      const item = decodeItem(text);
      if (item) opened.items.push(item);
      else if (!set(opened, setting, value)) opened.lost = true;
    }
    return opened;
  };

  // Clock and sums: every day begins at the start time
  const schedule = ({ start, items }) => {
    const [hours, minutes] = start.split(":").map(Number);
    const days = [];
    const begin = () => days.push({ from: 60 * hours + minutes, to: 60 * hours + minutes, work: 0 });
    begin();
    const rows = items.map((item) => {
      if (item.type === "day") begin();
      const day = days.at(-1);
      const at = day.to;
      day.to += item.minutes;
      day.work += item.work;
      return { item, at, day: days.length };
    });
    return { rows, days };
  };

  // Materials: equal things once
  const per = new RegExp(`(\\d+)( [^:,;]*?(?:(${words.per})|${words.perGroup} ([1-9]\\d*)))(: \\d+)?`);
  const count = (text, people) => text.replace(per, (_, number, unit, shared, size) =>
    `${number}${unit}: ${number * Math.ceil(people / (size ?? words.per.split("|").indexOf(shared) + 1))}`);
  const merge = (sessions, people) => {
    const merged = new Map();
    for (const { code, materials } of sessions) {
      for (const [thing, quantity] of materials) {
        merged.set(thing, [...(merged.get(thing) ?? []), [count(quantity, people), code]]);
      }
    }
    return merged;
  };

  // On the page
  const say = (text) => { part("said").textContent = text; };
  const describe = ({ item, at, day }, index) => {
    const title = item.session ? element("a", { href: item.session.href, textContent: name(item) }) : name(item);
    const label = item.type === "day" ? fill(words.dayNumber, { day }) : name(item);
    const button = (value, sign, disabled) => Object.assign(
      createButton(sign, fill(words[value], { item: label }), () => act(value, index)), { value, disabled });
    const buttons = element("div", { className: "agenda-buttons" },
      button("up", "↑", !index), button("down", "↓", index === plan.items.length - 1), button("remove", "×", false));
    if (item.type === "day") return element("li", { className: "agenda-day" }, element("strong", {}, label), buttons);
    const timed = (minute, ...children) =>
      element("li", {}, element("span", { className: "agenda-time" }, clock(minute)), ...children);
    const row = timed(at, element("span", {}, element("strong", {}, title), ` ${length(item.minutes)}`), buttons);
    if (item.parts) {
      const inner = schedule({ start: clock(at), items: item.parts }).rows;
      row.append(element("ol", {}, ...inner.map(({ item: each, at: minute }) =>
        timed(minute, `${each.title} ${length(each.minutes)}`))));
    }
    return row;
  };

  const show = () => {
    const { rows, days } = schedule(plan);
    const chosen = [...new Set(plan.items.map((item) => item.session).filter(Boolean))];
    const most = Math.max(...chosen.map((session) => session.people));
    const tell = (text, day, index) =>
      fill(text, { day: index + 1, from: clock(day.from), to: clock(day.to), work: length(day.work) });
    part("start").value = plan.start;
    part("people").value = plan.people;
    part("list").replaceChildren(...rows.map(describe));
    part("sums").replaceChildren(...days.map((day, index) => element("li", {}, tell(words.sum, day, index))));
    const warnings = days.flatMap((day, index) => (day.work > MOST.work ? [tell(words.long, day, index)] : []));
    if (part("warning").textContent !== warnings.join("")) {
      part("warning").replaceChildren(...warnings.map((text) => element("p", { className: "notice" }, text)));
    }
    part("materials").replaceChildren(...[...merge(chosen, plan.people)].map(([thing, quantities]) =>
      element("tr", {}, element("td", {}, thing), element("td", {}, ...quantities.map(([text, code]) =>
        element("div", {}, `${text} `, element("small", {}, code)))))));
    part("quantities-note").textContent = fill(words.quantities, { people: plan.people, most });
    part("part-note").hidden = chosen.every((session) => plan.items.includes(session));
  };

  const keep = () => {
    history.replaceState(null, "", location.href.split("#")[0] + (plan.items.length ? encode(plan) : ""));
    for (const link of document.querySelectorAll("header a[hreflang]")) link.hash = location.hash;
  };
  const change = (items) => { plan.items = items; show(); keep(); };

  const add = (item) => {
    const items = [...plan.items, item];
    if (items.length > MOST.items || encode({ ...plan, items }).length > MOST.link) return say(words.full);
    change(items);
    say(fill(words.added, { item: name(item), time: clock(schedule(plan).rows.at(-1).at) }));
  };
  const act = (action, index) => {
    const items = [...plan.items];
    const [item] = items.splice(index, 1);
    const place = { up: index - 1, down: index + 1 }[action];
    if (place !== undefined) items.splice(place, 0, item);
    change(items);
    say(fill(words[place === undefined ? "removed" : "moved"], {
      item: name(item), place: place + 1, places: items.length }));
    const row = part("list").children[place ?? Math.min(index, items.length - 1)];
    (row?.querySelector(`[value=${action}]:enabled`) ?? row?.querySelector(":enabled") ?? part("heading")).focus();
  };

  const addOwn = (type) => {
    const minutes = whole(part("minutes").value, MOST.minutes);
    if (!minutes) { say(words.invalid); return part("minutes").focus(); }
    add(create(type, minutes, tidy(part("title").value)));
    part("title").value = "";
  };
  const deeds = {
    break: () => addOwn("break"),
    own: () => addOwn("own"),
    day: () => add(known.get("day")),
    print: () => print(),
    show: () => part("heading").focus(),
    clear: () => {
      if (plan.items.length) history.pushState(null, "", location.href); // so that “Back” undoes it
      change([]);
      say(words.cleared);
    },
    copy: async () => {
      keep();
      try { await navigator.clipboard.writeText(location.href); say(words.copied); }
      catch {
        part("link").value = location.href;
        part("link").parentElement.hidden = false;
        part("link").select();
        say(words.copyYourself);
      }
    },
  };
  for (const button of root.querySelectorAll("[data-do]")) button.addEventListener("click", deeds[button.dataset.do]);
  for (const name of ["start", "people"]) {
    part(name).addEventListener("change", ({ target }) => {
      set(plan, name, target.value);
      change(plan.items);
    });
  }

  const open = () => {
    const opened = decode(location.hash);
    if (!opened && location.hash) return plan.items.length && keep(); // a place on the page, such as #content
    const { lost, items = [], ...settings } = opened ?? {};
    Object.assign(plan, settings);
    change(items);
    say(lost ? words.unknown : "");
  };
  addEventListener("hashchange", open);
  root.dataset.ready = "";
  open();
});
