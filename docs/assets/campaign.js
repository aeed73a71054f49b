// Campaigns and updates: copying words, days that are left, a letter signed on the reader's own device.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const made = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const copy = async (text, status, words) => { await window.rimay.copy(text); status.textContent = words; };
  for (const share of document.querySelectorAll(".share")) {
    for (const button of share.querySelectorAll("[data-copy]")) {
      button.addEventListener("click", () => copy(button.dataset.copy, share.querySelector("[role=status]"), button.dataset.copied ?? share.dataset.copied));
    }
  }

  // Days that are left, by the calendar of Peru.
  const today = new Intl.DateTimeFormat("sv", { timeZone: "America/Lima" }).format(new Date());
  for (const time of document.querySelectorAll("[data-last-day]")) {
    const action = time.closest("[data-action]");
    const days = Math.round((Date.parse(time.dataset.lastDay) - Date.parse(today)) / 86400000);
    const state = time.parentElement.querySelector("[data-state]");
    if (days < 0) {
      const day = new Intl.DateTimeFormat(time.dataset.locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(time.dataset.lastDay));
      state.textContent = time.dataset.closed.replace("{date}", day);
      time.hidden = true;
      action.classList.add("closed");
    } else {
      state.textContent = days > 1 ? time.dataset.left.replace("{days}", days) : days ? time.dataset.tomorrow : time.dataset.today;
    }
  }

  // A letter that is printed is handed in whole.
  addEventListener("beforeprint", () => {
    for (const letter of document.querySelectorAll(".action .letter")) letter.open = true;
  });

  for (const tools of document.querySelectorAll("[data-letter]")) {
    const words = tools.dataset;
    const link = tools.querySelector("a");
    const name = made("input", { type: "text", autocomplete: "off", maxLength: 200 });
    const status = made("p", { className: "fill-status" });
    status.setAttribute("role", "status");
    const letter = () => (name.value.trim() ? `${words.letter}\n\n${name.value.trim()}` : words.letter);
    const sign = () => {
      const query = [["subject", words.subject], ["body", letter().replace(/\n/g, "\r\n")]];
      const pairs = query.map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
      link.href = `mailto:${words.email}?${pairs.join("&")}`;
    };
    const take = () => {
      const head = [words.recipient, words.email, words.subject].filter(Boolean);
      const text = `${[...head, letter()].join("\n\n")}\n`;
      const file = made("a", { href: URL.createObjectURL(new Blob([text], { type: "text/plain" })), download: `${tools.closest("[data-action]").querySelector("h3").id}.txt` });
      file.click();
      setTimeout(() => URL.revokeObjectURL(file.href), 10000);
    };
    name.addEventListener("input", sign);
    link.before(made("label", {}, words.name, name), made("p", { className: "fine", textContent: words.note }));
    const copyButton = (label, text) => made("button", { type: "button", className: "tool", textContent: label, onclick: () => copy(text(), status, words.copied) });
    link.after(
      ...(words.email ? [copyButton(words.copyEmail, () => words.email)] : []),
      copyButton(words.copySubject, () => words.subject),
      copyButton(words.copyLetter, letter),
      made("button", { type: "button", className: "tool", textContent: words.take, onclick: take }), status);
  }
});
