/* What the weigher's page keeps on the phone, and how it talks to the server: IndexedDB, the running clock, the signed
   price list, the outbox. A deposit leaves the outbox only by the server's answer to it. */
window.SekataWeigh = (() => {
  "use strict";
  const API = "/api/v1/wastebank/";
  const MOST = 500;
  const listeners = new Set();
  let contact = null;
  let sending = null;

  const open = () => new Promise((done, fail) => {
    const asked = indexedDB.open("sekata-wastebank", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("meta");
      asked.result.createObjectStore("customers", { keyPath: "number" });
      asked.result.createObjectStore("items", { keyPath: "uid" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

  async function inStores(names, mode, work) {
    const db = await open();
    try {
      return await new Promise((done, fail) => {
        const change = db.transaction(names, mode);
        const asked = work(change);
        change.oncomplete = () => done(asked && asked.result);
        change.onabort = change.onerror = () => fail(change.error);
      });
    } finally {
      db.close();
    }
  }

  const get = (key) => inStores("meta", "readonly", (t) => t.objectStore("meta").get(key));
  const set = (key, value) => inStores("meta", "readwrite", (t) => t.objectStore("meta").put(value, key));
  const customers = () => inStores("customers", "readonly", (t) => t.objectStore("customers").getAll());
  const stored = () => inStores("items", "readonly", (t) => t.objectStore("items").getAll());
  const tell = () => listeners.forEach((hear) => hear());

  const items = async () => (await stored()).sort((one, other) => one.order - other.order);
  const waiting = async () => (await items()).filter((item) => item.state === "waiting");

  /* The clock: between contacts time is counted by the page's own monotonic counter, so that somebody who sets the
     phone's clock changes nothing. A restart loses the counter; the offset stays, and the item says so. */
  function noteContact(serverTime, sentAt, answeredAt) {
    const deviceMs = Date.now() - (answeredAt - sentAt) / 2;
    const offset = Math.round((deviceMs - Date.parse(serverTime)) / 1000);
    contact = { deviceMs, counter: performance.now() - (answeredAt - sentAt) / 2 };
    return set("contact", { offset, synced_at: serverTime });
  }

  async function reading() {
    const last = (await get("contact")) || null;
    const ms = contact ? contact.deviceMs + (performance.now() - contact.counter) : Date.now();
    return {
      device_time: new Date(ms).toISOString(),
      clock_offset_s: last ? last.offset : null,
      synced_at: last ? last.synced_at : null,
      clock_restarted: !contact,
    };
  }

  /* The moment by the server's clock, as far as the phone can tell: by it the price list in force is chosen. */
  async function now() {
    const { device_time: at, clock_offset_s: offset } = await reading();
    return new Date(Date.parse(at) - (offset || 0) * 1000);
  }

  async function call(path, given = {}) {
    const device = await get("device");
    const sentAt = performance.now();
    const answer = await fetch(API + path, {
      cache: "no-store",
      credentials: "omit",
      ...given,
      headers: { "X-Device-Key": device.key, "Content-Type": "application/json" },
    });
    const told = await answer.json();
    if (!answer.ok) throw Object.assign(new Error("refused"), { reasons: told.reasons || [] });
    await noteContact(told.server_time, sentAt, performance.now());
    return told;
  }

  /* The signature of the price list (Ed25519). "unchecked" where the browser cannot: the server checks each price again. */
  async function check(jws, jwk) {
    const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    const [head, body, signature] = jws.split(".");
    const content = JSON.parse(new TextDecoder().decode(bytes(body)));
    let key;
    try {
      key = await crypto.subtle.importKey("jwk", { kty: jwk.kty, crv: jwk.crv, x: jwk.x }, { name: "Ed25519" }, false, ["verify"]);
    } catch {
      return { content, checked: "unchecked" };
    }
    const signed = new TextEncoder().encode(`${head}.${body}`);
    if (!(await crypto.subtle.verify("Ed25519", key, bytes(signature), signed))) throw new Error("signature");
    return { content, checked: "good" };
  }

  async function refresh() {
    const pack = await call("bootstrap");
    const { content, checked } = await check(pack.price_list, pack.key);
    await inStores(["customers", "meta"], "readwrite", (t) => {
      const shelf = t.objectStore("customers");
      shelf.clear();
      pack.customers.forEach((one) => shelf.put(one));
      const { customers: _people, price_list: _jws, ...rest } = pack;
      t.objectStore("meta").put(rest, "pack");
      t.objectStore("meta").put({ ...content, checked }, "prices");
    });
    const serial = (await get("serial")) || 1;
    await set("serial", Math.max(serial, pack.device.next_serial));
    tell();
  }

  async function pair(id, key) {
    await set("device", { id: Number(id), key });
    try {
      await refresh();
    } catch (error) {
      await set("device", null);
      throw error;
    }
  }

  /* The list at a moment: key -> price, and its version. */
  function sheet(prices, at) {
    const standing = new Map();
    let version = 0;
    const begun = prices.prices.filter((row) => Date.parse(row.valid_from) <= at.getTime());
    begun.sort((one, other) => Date.parse(one.valid_from) - Date.parse(other.valid_from));
    begun.forEach((row) => {
      standing.set(`${row.material}|${row.grade}|${row.channel}`, row.price);
      version = Math.max(version, row.list_version);
    });
    return { standing, version };
  }

  function uuid7() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    let ms = Date.now();
    for (let place = 5; place >= 0; place -= 1) { bytes[place] = ms % 256; ms = Math.floor(ms / 256); }
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  /* One transaction takes the number and writes the deposit: no number is used twice, none is printed and lost. */
  async function save(content, receipt) {
    const clock = await reading();
    const { device } = await get("pack");
    const uid = uuid7();
    let made;
    await inStores(["meta", "items"], "readwrite", (t) => {
      const asked = t.objectStore("meta").get("serial");
      asked.onsuccess = () => {
        const serial = asked.result || 1;
        const number = `${device.prefix}-${String(serial).padStart(6, "0")}`;
        made = { uid, order: Date.parse(clock.device_time) * 1000 + (serial % 1000), state: "waiting", number: "", errors: [],
          receipt: { ...receipt, provisional_no: number, at: clock.device_time },
          payload: { uid, provisional_no: number, ...clock, ...content } };
        t.objectStore("meta").put(serial + 1, "serial");
        t.objectStore("items").put(made);
      };
    });
    tell();
    return made;
  }

  async function settle(answers, batch) {
    await inStores("items", "readwrite", (t) => {
      answers.forEach((answer, place) => {
        const booked = ["created", "replayed"].includes(answer.result);
        t.objectStore("items").put({ ...batch[place], state: booked ? "sent" : answer.result, result: answer.result,
          number: answer.number, errors: answer.errors });
      });
    });
  }

  async function sendAll() {
    let batch = (await waiting()).slice(0, MOST);
    while (batch.length) {
      const { id } = await get("device");
      const told = await call("sync", {
        method: "POST", body: JSON.stringify({ device_id: id, items: batch.map((item) => item.payload) }),
      });
      await settle(told.items, batch);
      tell();
      batch = (await waiting()).slice(0, MOST);
    }
  }

  const guarded = (work) => (navigator.locks ? navigator.locks.request("sekata-wastebank", work) : work());

  /* Sends what waits; several calls at once are one. */
  function sync() {
    sending ||= guarded(sendAll).finally(() => { sending = null; });
    return sending;
  }

  return { get, set, customers, items, waiting, reading, now, refresh, pair, sheet, save, sync, onChange: (hear) => listeners.add(hear) };
})();
