// Forms for a talk open without a connection: the copy of today, of this person only. Everything else asks the server.
"use strict";

const form = /^\/plaatsingen\/[^/]+\/contact\/$/;
const day = 24 * 60 * 60 * 1000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function renew({ owner, forms, assets }) {
  const known = await caches.open("owner");
  const before = await known.match("/owner");
  if (!before || (await before.text()) !== owner) await caches.delete("forms");
  await known.put("/owner", new Response(owner));
  const [pages, files] = await Promise.all([caches.open("forms"), caches.open("files")]);
  await Promise.allSettled(assets.map((url) => files.add(url)));
  await Promise.allSettled(
    forms.map(async (url) => {
      const answer = await fetch(url, { redirect: "manual" });
      if (answer.ok) await pages.put(url, answer);
    }),
  );
}
self.addEventListener("message", (event) => event.waitUntil(renew(event.data)));

// The answer of the server, or what was kept of it less than `age` ago.
async function answer(request, age) {
  try {
    return await fetch(request);
  } catch (fault) {
    const kept = await caches.match(request.url, { ignoreVary: true });
    if (kept && Date.now() - new Date(kept.headers.get("Date")) < age) return kept;
    throw fault;
  }
}

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && form.test(pathname)) event.respondWith(answer(event.request, day));
  else if (pathname.startsWith("/static/")) event.respondWith(answer(event.request, Infinity));
});
