const OFFLINE = [["en/", "en/about/offline/"], ["", "acerca/sin-conexion/"]];
// Keeps pages readable without a network, once a reader has asked for it: see keep.js. Fresh content always wins.
// OFFLINE, in the line above: beginnings of addresses, and the page to show there where nothing is kept.
"use strict";
const { scope } = registration;
const READ = `rimay ${new URL(scope).pathname} read`; // there only while the reader wants what they read to be kept
const MOST_PAGES = 60;
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(clients.claim()));

const isAsset = ({ href, search }) => href.startsWith(`${scope}assets/`) && search.startsWith("?v=");

const find = async (request, options) =>
  (await caches.match(request, { ...options, cacheName: READ })) ?? caches.match(request, options);

const remember = async (url, response) => {
  if (!(await caches.has(READ))) return;
  const cache = await caches.open(READ);
  await cache.delete(url, { ignoreSearch: true });
  await cache.put(url, response); // the newest stands last
  const pages = (await cache.keys()).filter((kept) => !isAsset(new URL(kept.url)));
  for (const old of pages.slice(0, -MOST_PAGES)) await cache.delete(old);
};

const forget = async (url) => { if (await caches.has(READ)) await (await caches.open(READ)).delete(url); };

/** The page about what is kept, in the language of the address; it offers to try again. */
const lost = async (url) => {
  const here = url.href.slice(scope.length);
  const fitting = OFFLINE.find(([beginning]) => here.startsWith(beginning));
  for (const [, page] of [fitting, ...OFFLINE]) {
    if (await caches.match(scope + page)) return Response.redirect(`${scope}${page}#missing=${encodeURIComponent(here)}`);
  }
  return Response.error();
};

const fresh = async (event, url) => {
  const { request } = event;
  const isPage = request.mode === "navigate";
  const bare = url.origin + url.pathname;
  const network = fetch(request);
  event.waitUntil(network.then((response) => {
    if (!isPage) return undefined;
    if (response.status === 404 || response.status === 410) return forget(bare);
    const isWhole = response.ok && !response.redirected && response.headers.get("Content-Type")?.startsWith("text/html");
    return isWhole ? remember(bare, response.clone()) : undefined;
  }).catch(() => {}));
  const kept = await find(request, { ignoreSearch: true, ignoreVary: true });
  if (!kept) return network.catch((error) => { if (isPage) return lost(url); throw error; });
  const late = new Promise((done) => { setTimeout(done, PATIENCE, kept); });
  return Promise.race([network.then((response) => (response.status < 500 ? response : kept), () => kept), late]);
};

const asset = async (event, url) => {
  const kept = await find(event.request, { ignoreVary: true });
  if (kept) return kept;
  try {
    const response = await fetch(event.request);
    if (response.ok) event.waitUntil(remember(url.href, response.clone()).catch(() => {}));
    return response;
  } catch { // an older one is better than none
    return (await find(event.request, { ignoreSearch: true, ignoreVary: true })) ?? Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope) || request.headers.has("Range")) return;
  if (request.cache === "no-store") return; // keep.js wants what the network has, or nothing
  const url = new URL(request.url);
  event.respondWith(isAsset(url) ? asset(event, url) : fresh(event, url));
});
