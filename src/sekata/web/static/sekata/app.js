/* Small helps for every page. Nothing here is needed: each page works without it. */
(() => {
  "use strict";
  const given = document.currentScript.dataset;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  const load = (address) => new Promise((done, fail) => {
    const script = document.createElement("script");
    Object.assign(script, { src: address, onload: done, onerror: fail });
    document.head.append(script);
  });

  const style = (address) => {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href: address });
    document.head.prepend(link);
  };

  function focusErrors() {
    const box = document.querySelector("[data-errors]");
    if (box && !location.hash) box.focus();
  }

  /* One press, one submission: a second press within eight seconds is dropped. Buttons stay enabled. */
  function submitOnce(event) {
    const form = event.target;
    if (!form.matches("form[data-once]") || event.defaultPrevented) return;
    const now = Date.now();
    if (now - Number(form.dataset.sentAt || 0) < 8000) event.preventDefault();
    else form.dataset.sentAt = now;
  }

  function forgetSubmissions(event) {
    if (event.persisted) all("form[data-sent-at]").forEach((form) => delete form.dataset.sentAt);
  }

  function offerCopy(root) {
    if (!navigator.clipboard) return;
    all("[data-copy]", root).forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
        button.textContent = button.dataset.copied || "Tersalin";
      });
    });
  }

  async function serveOffline() {
    if (!("serviceWorker" in navigator)) return;
    if (given.sw) return void navigator.serviceWorker.register(given.sw).catch(() => {});
    (await navigator.serviceWorker.getRegistrations()).forEach((one) => one.unregister());
  }

  async function loadParts() {
    const here = (selector) => document.querySelector(selector);
    if (here("[data-map-picker], [data-map-list]")) {
      style(given.leafletCss);
      await load(given.leaflet);
      await load(given.map);
    }
    if (here("form[data-offline], [data-outbox-list]") || localStorage.getItem("sekata-outbox")) {
      await load(given.outbox);
      await load(given.offline);
    }
  }

  addEventListener("submit", submitOnce);
  addEventListener("pageshow", forgetSubmissions);
  addEventListener("htmx:afterSwap", (event) => offerCopy(event.target));
  focusErrors();
  offerCopy(document);
  loadParts().catch(() => {});
  serveOffline().catch(() => {});
})();
