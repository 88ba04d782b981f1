// Keeps the page's own files, so that a draft can be worked on off the network. What the server says of
// anybody (/v1, /plain) never passes through here, and nothing of it is kept.

const CACHE = "tidemark-page-1";

const isOwnFile = (url) =>
  url.origin === self.location.origin && !url.search && !/^\/(v1|plain|healthz)(\/|$)/.test(url.pathname);

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))));
  event.waitUntil(Promise.all([old, self.clients.claim()]));
});

async function keep(address) {
  const url = new URL(address, self.location.href);
  if (!isOwnFile(url)) return;
  const response = await fetch(url.href, { cache: "no-cache", credentials: "same-origin" });
  if (response.ok && response.type === "basic") await (await caches.open(CACHE)).put(url.href, response);
}

// The page says which files it is made of: no list here that could fall behind.
self.addEventListener("message", (event) => {
  if (event.data?.kind !== "keep") return;
  event.waitUntil(Promise.allSettled(event.data.files.map(keep)).then(() => event.ports[0]?.postMessage("kept")));
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.status === 200 && response.type === "basic") await cache.put(new URL(request.url).pathname, response.clone());
    return response;
  } catch (error) {
    const held = await cache.match(new URL(request.url).pathname);
    if (held) return held;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && isOwnFile(new URL(event.request.url))) event.respondWith(answer(event.request));
});
