// A session guide in use: clock times, the participants' view, ticks. Without this file the guide reads and prints.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const tools = document.querySelector("[data-session-tools]");
  const words = tools.dataset;
  const address = new URL(location.href);
  const keep = (name, value) => {
    if (value) address.searchParams.set(name, value); else address.searchParams.delete(name);
    history.replaceState(null, "", address);
  };
  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  // Clock: minutes from the start become times of day once the trainer says when the session begins.
  const times = [...document.querySelectorAll(".timetable td:first-child, .when > strong:first-child")]
    .map((place) => ({ place, text: place.textContent, minutes: place.textContent.trim().split(":") }))
    .filter(({ minutes }) => minutes.length === 2)
    .map(({ place, text, minutes: [h, m] }) => ({ place, text, minutes: 60 * h + Number(m) }));
  const start = element("input", { type: "time", step: 300, value: address.searchParams.get(words.startName) ?? "" });
  const showTimes = () => {
    const [hours, minutes] = start.value.split(":").map(Number);
    for (const time of times) {
      const moment = (60 * hours + minutes + time.minutes) % 1440;
      time.place.textContent = start.value
        ? `${Math.floor(moment / 60)}:${String(moment % 60).padStart(2, "0")}` : time.text;
    }
  };
  start.addEventListener("input", () => { showTimes(); keep(words.startName, start.value); });

  // View: what participants need, without notes, answers and keys. The address says which, so it can be shared.
  const participants = element("input", {
    type: "checkbox", checked: address.searchParams.get(words.viewName) === words.viewValue,
  });
  const showView = () => {
    document.documentElement.dataset.view = participants.checked ? "participants" : "facilitation";
    for (const link of document.querySelectorAll(".contents a")) {
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      link.parentElement.hidden = Boolean(target && !target.getClientRects().length);
    }
  };
  participants.addEventListener("change", () => {
    showView();
    keep(words.viewName, participants.checked ? words.viewValue : "");
  });

  // Ticks: kept on this device only, and only once something is ticked.
  const key = `rimay-ticks ${location.pathname}`;
  const read = () => { try { return JSON.parse(localStorage.getItem(key)) ?? []; } catch { return []; } };
  const write = (ticked) => {
    try { if (ticked.length) localStorage.setItem(key, JSON.stringify(ticked)); else localStorage.removeItem(key); }
    catch { /* the device keeps nothing: the ticks last as long as the page */ }
  };
  const boxes = [...document.querySelectorAll(".ticks li")].map((item, index) => {
    const box = element("input", { type: "checkbox", checked: read().includes(index) });
    item.replaceChildren(element("label", {}, box, element("span", {}, ...item.childNodes)));
    item.classList.add("ticked");
    return box;
  });
  const clear = element("button", { type: "button", className: "tool", textContent: words.clear });
  const tick = () => {
    const ticked = boxes.flatMap((box, index) => (box.checked ? [index] : []));
    write(ticked);
    clear.hidden = !ticked.length;
  };
  for (const box of boxes) box.addEventListener("change", tick);
  clear.addEventListener("click", () => { for (const box of boxes) box.checked = false; tick(); });
  clear.hidden = !boxes.some((box) => box.checked);
  document.querySelector(".ticks").append(clear);

  tools.append(
    element("label", {}, words.startLabel, start),
    element("label", {}, participants, words.viewLabel),
    element("button", { type: "button", className: "tool", textContent: words.print, onclick: () => print() }),
  );
  tools.hidden = false;
  showTimes();
  showView();
});
