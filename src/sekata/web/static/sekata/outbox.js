/* The outbox: forms that wait on this device until the server has taken them. Kept in IndexedDB, so that a
   closed browser loses nothing. An item leaves only when the server answers 2xx, or when its writer deletes it. */
window.SekataOutbox = (() => {
  "use strict";
  const STORE = "items";
  const FLAG = "sekata-outbox";
  const listeners = new Set();
  let sending = null;

  const open = () => new Promise((done, fail) => {
    const asked = indexedDB.open("sekata", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "client_id" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

  async function inStore(mode, work) {
    const db = await open();
    try {
      return await new Promise((done, fail) => {
        const change = db.transaction(STORE, mode);
        const asked = work(change.objectStore(STORE));
        change.oncomplete = () => done(asked.result);
        change.onabort = change.onerror = () => fail(change.error);
      });
    } finally {
      db.close();
    }
  }

  const items = async () => {
    const found = await inStore("readonly", (store) => store.getAll());
    return found.sort((one, other) => one.device_time.localeCompare(other.device_time));
  };

  async function changed() {
    const left = (await items()).length;
    if (left) localStorage.setItem(FLAG, String(left));
    else localStorage.removeItem(FLAG);
    listeners.forEach((tell) => tell());
  }

  const put = async (item) => { await inStore("readwrite", (store) => store.put(item)); await changed(); };
  const remove = async (id) => { await inStore("readwrite", (store) => store.delete(id)); await changed(); };
  const get = (id) => inStore("readonly", (store) => store.get(id));

  async function freshToken(item) {
    try {
      const answer = await fetch("/api/csrf", { credentials: "same-origin", headers: { Accept: "application/json" } });
      if (answer.ok) return (await answer.json()).token;
    } catch { /* the form's own token is tried below */ }
    return (item.fields.find(([name]) => name === "csrfmiddlewaretoken") || [])[1] || "";
  }

  function bodyOf(item, token) {
    const body = new FormData();
    item.fields.forEach(([name, value]) => { if (name !== "csrfmiddlewaretoken") body.append(name, value); });
    item.files.forEach(({ field, name, blob }) => body.append(field, blob, name));
    body.set("csrfmiddlewaretoken", token);
    body.set("client_id", item.client_id);
    body.set("form_version", item.version);
    body.set("device_time", item.device_time);
    return body;
  }

  /* The server's own sentences, from JSON ({reasons: [{field, message}]}) or from the error summary of a page. */
  async function read(answer) {
    const text = await answer.text();
    if ((answer.headers.get("Content-Type") || "").includes("json")) {
      const told = JSON.parse(text);
      const reasons = (told.reasons || []).map((reason) => reason.message);
      return { words: answer.ok ? reasons : reasons.concat(told.message || told.detail || []).map(String) };
    }
    const page = new DOMParser().parseFromString(text, "text/html");
    const words = [...page.querySelectorAll("[data-errors] li")].map((line) => line.textContent.trim());
    return { words, signin: answer.redirected && Boolean(page.querySelector("input[type=password]")) };
  }

  /* What became of an item: "sent" only if the server took it and did not lead to the sign-in page instead. */
  async function verdict(answer) {
    const { words = [], signin } = await read(answer).catch(() => ({}));
    if (signin) return { state: "signin", words };
    if (answer.ok && !words.length) return { state: "sent" };
    if (answer.ok || [400, 404, 409, 413, 422].includes(answer.status)) return { state: "refused", words };
    return { state: "waiting", words: [] };
  }

  async function send(item) {
    const token = await freshToken(item);
    const answer = await fetch(item.url, {
      method: "POST",
      body: bodyOf(item, token),
      credentials: "same-origin",
      headers: { "Idempotency-Key": item.client_id, "X-CSRFToken": token, Accept: "text/html, application/json" },
    });
    const told = await verdict(answer);
    if (told.state === "sent") {
      await remove(item.client_id);
      return { state: "sent", url: answer.redirected ? answer.url : "" };
    }
    await put({ ...item, ...told, status: answer.status });
    return { state: "kept" };
  }

  async function sendEach(also) {
    const results = [];
    for (const item of await items()) {
      if (item.state === "refused" && item.client_id !== also && also !== "all") continue;
      try {
        results.push(await send(item));
      } catch {
        await put({ ...item, state: "waiting" });
        break;
      }
    }
    return results;
  }

  /* Two open tabs must not send the same item at once; the server would take it once anyway (client_id). */
  const guarded = (work) => (navigator.locks ? navigator.locks.request("sekata-outbox", work) : work());

  function sendAll(also = "") {
    sending ??= guarded(() => sendEach(also)).finally(() => { sending = null; });
    return sending;
  }

  return { put, get, remove, items, sendAll, onChange: (tell) => listeners.add(tell), busy: () => Boolean(sending) };
})();
