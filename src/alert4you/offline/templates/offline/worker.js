// Keeps the shell, and nothing else: no page of anybody, no answer of the server. The queue is not its business.
const SHELL = {{ shell|safe }};
const { version, page, files, hashed } = SHELL;
const NAMES = new Set(files);

self.addEventListener("install", (event) => {
  const fresh = [page, ...files].map((address) => new Request(address, { cache: "reload" }));
  event.waitUntil(caches.open(version).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== version).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

const kept = (address) => caches.open(version).then((cache) => cache.match(address));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(async () => (await kept(page)) ?? Response.error()));
  } else if (NAMES.has(pathname)) {
    const first = hashed ? kept(pathname) : fetch(request).catch(() => kept(pathname));
    event.respondWith(first.then((answer) => answer ?? fetch(request)));
  }
});
