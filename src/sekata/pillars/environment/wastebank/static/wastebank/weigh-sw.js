/* The weigher's service worker: its page and whatever that page refers to work without a network.
   It keeps no answer of the API; what the page needs to know lies in IndexedDB. */
"use strict";

const VERSION = new URL(location.href).searchParams.get("v") || "1";
const KEPT = `wastebank-weigh-${VERSION}`;
const PAGE = new URL("./", location.href).pathname;

async function keep(answer) {
  const cache = await caches.open(KEPT);
  const text = await answer.clone().text();
  await cache.put(PAGE, answer);
  const wanted = [...text.matchAll(/(?:href|src)="(\/[^"]*\.(?:css|js|svg|webmanifest))"/g)].map(([, found]) => found);
  await Promise.allSettled(wanted.map(async (address) => {
    if (!(await cache.match(address))) await cache.add(new Request(address, { credentials: "omit" }));
  }));
}

async function refresh() {
  const answer = await fetch(PAGE, { credentials: "omit", cache: "no-cache" });
  if (!answer.ok) throw new Error(`${PAGE}: ${answer.status}`);
  await keep(answer);
}

async function page() {
  try {
    const answer = await fetch(PAGE, { credentials: "omit" });
    if (!answer.ok) throw new Error(String(answer.status));
    await keep(answer.clone());
    return answer;
  } catch {
    return (await caches.match(PAGE, { cacheName: KEPT })) || Response.error();
  }
}

async function asset(request) {
  return (await caches.match(request, { cacheName: KEPT, ignoreVary: true })) || fetch(request);
}

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(refresh());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("wastebank-") && name !== KEPT).map((n) => caches.delete(n)));
    await clients.claim();
  })());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname === PAGE) event.respondWith(page());
  else if (["style", "script", "image", "manifest"].includes(request.destination)) event.respondWith(asset(request));
});
