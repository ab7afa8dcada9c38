/* The service worker: shell from the cache, pages from the network, one offline page.
   Its address carries the version (/sw.js?v=3); "v=off" removes the worker and everything it kept.
   A page is kept only if the server calls it public: signed-in HTML never enters a cache. */
"use strict";

const VERSION = new URL(location.href).searchParams.get("v") || "1";
const SHELL = `sekata-shell-${VERSION}`;
const PAGES = `sekata-pages-${VERSION}`;
const OFFLINE = "/luring/";
const OUTBOX = "/kotak-keluar/";
const MOST_PAGES = 40;
const OFF = VERSION === "off";

/* The shell is whatever the offline page and the outbox refer to under /static/: no list to keep up to date. */
async function keepShell() {
  const cache = await caches.open(SHELL);
  const wanted = new Set();
  for (const address of [OFFLINE, OUTBOX]) {
    const answer = await fetch(address, { credentials: "omit", cache: "reload" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    const text = await answer.clone().text();
    for (const [, found] of text.matchAll(/(?:href|src|data-(?:offline|outbox))="(\/[^"]*\.(?:css|js|svg))"/g)) {
      wanted.add(found);
    }
    await cache.put(address, answer);
  }
  await Promise.allSettled([...wanted].map((address) => cache.add(new Request(address, { credentials: "omit" }))));
}

async function forget(keep) {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("sekata-") && !keep.includes(name)).map((n) => caches.delete(n)));
}

function isPublic(answer) {
  const control = answer.headers.get("Cache-Control") || "";
  return answer.ok && !answer.redirected && /\bpublic\b/.test(control) && !/no-store|private/.test(control);
}

async function keepPage(request, answer) {
  const cache = await caches.open(PAGES);
  await cache.put(request, answer);
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST_PAGES)).map((old) => cache.delete(old)));
}

async function page(event) {
  try {
    const answer = await fetch(event.request);
    if (isPublic(answer)) event.waitUntil(keepPage(event.request, answer.clone()));
    return answer;
  } catch {
    const path = new URL(event.request.url).pathname;
    const kept = path === OUTBOX ? null : await caches.match(event.request, { cacheName: PAGES });
    return kept || (await caches.match(path === OUTBOX ? OUTBOX : OFFLINE, { cacheName: SHELL })) || Response.error();
  }
}

async function asset(request) {
  const kept = await caches.match(request, { cacheName: SHELL });
  return kept || fetch(request);
}

addEventListener("install", (event) => {
  skipWaiting();
  if (!OFF) event.waitUntil(keepShell());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    await forget(OFF ? [] : [SHELL, PAGES]);
    if (OFF) await registration.unregister();
    else await clients.claim();
  })());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (OFF || request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (["style", "script", "image", "manifest"].includes(request.destination)) event.respondWith(asset(request));
});
