/* Forms marked data-offline survive a lost connection: what cannot be sent goes to the outbox.
   Also draws the outbox page and sends waiting items on load and whenever the network returns. */
(() => {
  "use strict";
  const outbox = window.SekataOutbox;
  const OUTBOX_PAGE = "/kotak-keluar/";
  const make = (tag, words = "", kind = "") => Object.assign(document.createElement(tag), { textContent: words, className: kind });

  function addressOf(form) {
    const url = new URL(form.getAttribute("action") || location.pathname + location.search, location.href);
    url.searchParams.delete("kotak");
    return url.href;
  }

  function itemOf(form, submitter, id) {
    const fields = [];
    const files = [];
    for (const [field, value] of new FormData(form, submitter)) {
      if (typeof value === "string") fields.push([field, value]);
      else if (value.size) files.push({ field, name: value.name, blob: value });
    }
    return {
      client_id: id, form: form.dataset.offline, version: form.dataset.formVersion || "1", page: location.pathname,
      url: addressOf(form), fields, files,
      device_time: new Date().toISOString(), state: "waiting", words: [],
    };
  }

  /* Whether the server can be reached now; a radio that is on says nothing about a signal that carries. */
  async function reachable() {
    if (!navigator.onLine) return false;
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), 6000);
    try {
      await fetch("/api/csrf", { method: "GET", cache: "no-store", signal: limit.signal });
      return true;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  /* The same id for the same form on the same page load: a form sent twice is one report. */
  function idFor(form) {
    let hidden = form.querySelector("input[name=client_id]");
    if (!hidden) {
      hidden = Object.assign(document.createElement("input"), { type: "hidden", name: "client_id" });
      form.append(hidden);
    }
    hidden.value ||= crypto.randomUUID();
    return hidden.value;
  }

  function sendPlainly(form, submitter) {
    form.dataset.online = "1";
    delete form.dataset.sentAt;
    form.requestSubmit(submitter);
  }

  /* Reachable: the browser sends the form as ever. Away, or an item of the outbox being put right: into the outbox. */
  async function submit(event) {
    const form = event.target;
    if (!form.matches("form[data-offline]") || event.defaultPrevented || form.dataset.online) return;
    if (!window.indexedDB || !window.crypto?.randomUUID) return;
    event.preventDefault();
    const { submitter } = event;
    try {
      const id = idFor(form);
      if (!(await outbox.get(id)) && (await reachable())) return sendPlainly(form, submitter);
      await outbox.put(itemOf(form, submitter, id));
      location.assign(OUTBOX_PAGE);
    } catch {
      sendPlainly(form, submitter);
    }
  }

  /* "Perbaiki": the item comes back into its form, with its id, so that the corrected one replaces it. */
  async function refill() {
    const id = new URLSearchParams(location.search).get("kotak");
    const item = id && (await outbox.get(id));
    const forms = item ? [...document.querySelectorAll("form[data-offline]")] : [];
    const form = forms.find((one) => addressOf(one) === item.url) || forms[0];
    if (!form) return;
    idFor(form);
    form.querySelector("input[name=client_id]").value = id;
    item.fields.forEach(([name, value]) => {
      const box = form.elements[name];
      if (!box || ["csrfmiddlewaretoken", "client_id"].includes(name)) return;
      const boxes = box instanceof RadioNodeList ? [...box] : [box];
      boxes.forEach((one) => {
        if (["checkbox", "radio"].includes(one.type)) one.checked ||= one.value === value;
        else if (one.type !== "file") one.value = value;
      });
    });
    const holder = new Map();
    item.files.forEach(({ field, name, blob }) => {
      const bag = holder.get(field) || new DataTransfer();
      bag.items.add(new File([blob], name, { type: blob.type }));
      holder.set(field, bag);
    });
    holder.forEach((bag, field) => { if (form.elements[field]) form.elements[field].files = bag.files; });
  }

  function draw(list, items) {
    const say = list.dataset;
    const place = list.querySelector("[data-outbox-items]");
    place.replaceChildren(...items.map((item) => line(item, say)));
    list.querySelector("[data-outbox-empty]").hidden = items.length > 0;
    list.querySelector("[data-outbox-acts]").hidden = items.length === 0;
  }

  function line(item, say) {
    const row = make("li");
    const refused = item.state === "refused";
    const at = new Date(item.device_time).toLocaleString(document.documentElement.lang, { dateStyle: "full", timeStyle: "short" });
    const told = item.files.length ? ` · ${item.files.length} ${say.wordsPhotos}` : "";
    const head = make("p", "", "row-x");
    head.append(make("b", item.form), make("span", refused ? say.wordsRefused : say.wordsWaiting, `tag ${refused ? "bad-t" : "warn"}`));
    row.append(head, make("p", `${say.wordsWritten} ${at}${told}`, "small soft"));
    const answered = item.state === "signin" ? [say.wordsSignin] : item.words;
    if (answered.length) {
      const words = make("ul");
      words.append(...answered.map((one) => make("li", one)));
      row.append(words);
    }
    row.append(acts(item, say, refused));
    return row;
  }

  function acts(item, say, refused) {
    const box = make("p", "", "row-x");
    if (refused) {
      const fix = make("a", say.wordsFix, "btn two-nd");
      fix.href = `${item.page}?kotak=${item.client_id}`;
      box.append(fix);
    }
    const again = make("button", say.wordsSend, "btn two-nd");
    again.addEventListener("click", () => outbox.sendAll(item.client_id));
    const drop = make("button", say.wordsDelete, "btn quiet");
    drop.addEventListener("click", () => {
      if (drop.dataset.sure) outbox.remove(item.client_id);
      else { drop.dataset.sure = "1"; drop.textContent = say.wordsSure; }
    });
    [again, drop].forEach((button) => { button.type = "button"; });
    box.append(again, drop);
    return box;
  }

  async function show() {
    const list = document.querySelector("[data-outbox-list]");
    if (list) draw(list, await outbox.items());
  }

  async function sendNow(also) {
    const status = document.querySelector("[data-outbox-status]");
    const list = document.querySelector("[data-outbox-list]");
    if (status && (await outbox.items()).length) status.textContent = list.dataset.wordsSending;
    const results = await outbox.sendAll(also);
    if (!status) return;
    const sent = results.filter((one) => one.state === "sent");
    status.replaceChildren(sent.length ? `${list.dataset.wordsSent}: ${sent.length}` : "");
    sent.filter((one) => one.url).forEach((one) => {
      const link = make("a", ` ${list.dataset.wordsOpen}`);
      link.href = one.url;
      status.append(link);
    });
  }

  addEventListener("submit", submit);
  addEventListener("online", () => sendNow(""));
  document.querySelector("[data-outbox-send]")?.addEventListener("click", () => sendNow("all"));
  outbox.onChange(show);
  refill().then(show).then(() => { if (navigator.onLine) return sendNow(""); }).catch(() => {});
})();
