// Keeps pages on the reader's own device, only when asked. What is kept is what there is in `caches`, nothing else:
// a cache `read` while the pages read are to be kept (sw.js fills it), and one for each collection and its version.
// A collection is whole once its record, under its own address, is in its cache.
document.addEventListener("DOMContentLoaded", async () => {
  "use strict";
  const all = document.querySelector("[data-keep]");
  if (!all) return;
  const find = (name) => document.querySelector(`[data-${name}]`);
  const works = "serviceWorker" in navigator && "caches" in window && location.protocol !== "file:"
    && await caches.keys().then(() => true, () => false);
  if (!works) {
    (find("can") ?? all).hidden = true;
    find("cannot")?.removeAttribute("data-cannot");
    return;
  }
  const words = all.dataset;
  const root = new URL(`${words.keep}/`, document.baseURI);
  const PREFIX = `rimay ${root.pathname} `;
  const READ = `${PREFIX}read`;
  const AT_ONCE = 4;

  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const format = (bytes) => {
    const [value, unit] = bytes < 999500 ? [Math.max(1, Math.round(bytes / 1000)), "kB"] : [Math.round(bytes / 1e5) / 10, "MB"];
    return `${value.toLocaleString(words.locale)} ${unit}`;
  };
  const sum = (files) => files.reduce((total, [, size]) => total + size, 0);
  const say = (text, bytes) => text.replace("{size}", format(bytes));

  // -- what is kept

  const names = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const listOf = (id) => new URL(`offline/${id}.${words.language}.json`, root).href;
  const caption = (id) => `${PREFIX}${id}.${words.language} `;

  /** The last whole version of a collection: where it is, its files and whether documents are among them. */
  const findKept = async (id) => {
    for (const name of (await names()).reverse()) {
      const record = name.startsWith(caption(id)) && await (await caches.open(name)).match(listOf(id));
      if (record) return { name, ...await record.json() };
    }
    return null;
  };
  const fetchList = async (id) => {
    const answer = await fetch(listOf(id), { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };
  const choose = (list, documents) => (documents ? [...list.pages, ...list.documents] : list.pages);
  /** The files of a choice that are not here yet as they are now; a version that was begun is continued. */
  const findMissing = async (id, list, documents) => {
    const name = `${caption(id)}${list.version}`;
    const begun = (await caches.has(name)) ? await (await caches.open(name)).keys() : [];
    const here = new Set(begun.map(({ url }) => url));
    const marks = new Map((await findKept(id))?.files.map(([path, , mark]) => [path, mark]));
    return choose(list, documents).filter(([path, , mark]) => !here.has(new URL(path, root).href) && marks.get(path) !== mark);
  };

  const save = async (id, list, documents, advance) => {
    const kept = await findKept(id);
    const missing = await findMissing(id, list, documents);
    const cache = await caches.open(`${caption(id)}${list.version}`);
    const queue = missing.values();
    const download = async () => {
      for (const [path, size] of queue) {
        const url = new URL(path, root);
        const answer = await fetch(url, { cache: "no-store" });
        if (!answer.ok) throw new Error(`${answer.status} ${url}`);
        await cache.put(url, answer);
        advance(size);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, download));
    const files = choose(list, documents);
    for (const [path] of kept && kept.name !== `${caption(id)}${list.version}` ? files : []) {
      const url = new URL(path, root);
      if (!await cache.match(url)) await cache.put(url, await (await caches.open(kept.name)).match(url));
    }
    await cache.put(listOf(id), new Response(JSON.stringify({ files, documents })));
    for (const name of await names()) {
      if (name.startsWith(caption(id)) && name !== `${caption(id)}${list.version}`) await caches.delete(name);
    }
  };

  const isEmpty = async () => (await names()).every((name) => name.startsWith(`${PREFIX}base.`));
  const wipe = async () => {
    const registration = await navigator.serviceWorker.getRegistration(root);
    if (registration?.scope === root.href) await registration.unregister();
    do { // what the worker was about to put there comes a moment later
      for (const name of await names()) await caches.delete(name);
      await new Promise((done) => { setTimeout(done, 150); });
    } while ((await names()).length);
  };
  /** From now on something is kept: the service worker, and the pages that lead to the rest. */
  const turnOn = async () => {
    const base = await fetchList("base");
    await navigator.serviceWorker.register(new URL("sw.js", root));
    await save("base", base, false, () => {});
  };
  const explain = (error) => (error.name === "QuotaExceededError" ? words.full : words.failed);

  // -- a collection on the page

  const setUp = (details) => {
    const id = details.dataset.collection;
    const status = element("p");
    status.setAttribute("role", "status");
    const bar = element("progress", { hidden: true });
    bar.setAttribute("aria-label", words.saving);
    const choices = element("p", { className: "fill-bar" });
    details.append(status, bar, choices);

    const button = (text, act) => element("button", { type: "button", className: "tool", textContent: text, onclick: act });
    const keep = (list, documents) => async () => {
      choices.replaceChildren();
      status.textContent = words.saving;
      bar.hidden = false;
      bar.value = 0;
      try {
        bar.max = Math.max(1, sum(await findMissing(id, list, documents)));
        await turnOn();
        await save(id, list, documents, (size) => { bar.value += size; });
        navigator.storage?.persist?.().catch(() => {});
        await show();
      } catch (error) {
        await show();
        status.textContent = explain(error);
      }
      bar.hidden = true;
      await showPage();
    };
    const remove = async () => {
      for (const name of await names()) if (name.startsWith(caption(id))) await caches.delete(name);
      if (await isEmpty()) await wipe();
      await show();
      await showPage();
    };

    const show = async () => {
      const kept = await findKept(id);
      const list = await fetchList(id).catch(() => null);
      const offer = async (text, documents) => button(say(text, sum(await findMissing(id, list, documents))), keep(list, documents));
      const parts = [];
      if (!list) {
        status.textContent = [kept && say(words.kept, sum(kept.files)), words.unreachable].filter(Boolean).join(" ");
      } else if (!kept) {
        status.textContent = "";
        parts.push(await offer(words.pages, false));
        if (list.documents.length) parts.push(await offer(words.documents, true));
      } else {
        const isOld = kept.name !== `${caption(id)}${list.version}`;
        status.textContent = `${say(words.kept, sum(kept.files))} ${isOld ? words.old : words.current}`;
        if (isOld) parts.push(await offer(words.update, kept.documents));
        if (!isOld && !kept.documents && list.documents.length) parts.push(await offer(words.add, true));
      }
      if (kept) parts.push(button(words.remove, remove));
      choices.replaceChildren(...parts);
      details.classList.toggle("is-kept", Boolean(kept));
    };
    details.addEventListener("toggle", () => { if (details.open) show(); });
    findKept(id).then((kept) => { if (kept) details.open = true; });
    return () => (details.open ? show() : undefined);
  };

  // -- the page about what is kept

  const read = find("read");
  const here = location.origin + location.pathname;

  const showPage = async () => {
    if (!read) return;
    read.checked = await caches.has(READ);
    const list = find("kept-pages");
    const kept = read.checked ? await (await caches.open(READ)).keys() : [];
    const items = [];
    for (const request of kept.filter(({ url }) => !url.startsWith(new URL("assets/", root)) && url !== here).reverse()) {
      const answer = await caches.match(request, { cacheName: READ });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      items.push(element("li", {}, element("a", { href: request.url, textContent: page.title })));
    }
    list.replaceChildren(...(items.length || !read.checked ? items : [element("li", { className: "fine", textContent: list.dataset.none })]));
    find("wipe").disabled = !(await names()).length;
  };

  const setUpPage = (sets) => {
    const said = find("wiped");
    read.addEventListener("change", async () => {
      said.textContent = "";
      try {
        if (read.checked) {
          await turnOn();
          await caches.open(READ);
        } else {
          await caches.delete(READ);
          if (await isEmpty()) await wipe();
        }
      } catch (error) {
        if (await isEmpty()) await wipe();
        said.textContent = explain(error);
      }
      await showPage();
    });
    find("wipe").addEventListener("click", async () => {
      await wipe();
      await Promise.all(sets.map((show) => show()));
      await showPage();
      said.textContent = said.dataset.wiped;
    });
    if (location.hash.startsWith("#missing=")) {
      const again = new URL(decodeURIComponent(location.hash.slice(9)), root);
      const notice = find("missing");
      if (again.origin === root.origin) notice.querySelector("a").href = again;
      notice.hidden = false;
    }
  };

  const sets = [...all.querySelectorAll("[data-collection]")].map(setUp);
  if (!read) return;
  setUpPage(sets);
  await showPage();
  if ((await names()).length) await fetchList("base").then((list) => save("base", list, false, () => {})).catch(() => {});
});
