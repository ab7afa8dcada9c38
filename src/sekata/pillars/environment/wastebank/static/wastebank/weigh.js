/* The weigher's page: whom, what, how much, receipt. Everything is drawn from what lies on the phone. */
(() => {
  "use strict";
  const store = window.SekataWeigh;
  const root = document.querySelector("[data-weigh]");
  const say = root.dataset;
  const $ = (name) => root.querySelector(`[data-part="${name}"]`);
  const make = (tag, words = "", kind = "") => Object.assign(document.createElement(tag), { textContent: words, className: kind });
  const rupiah = (amount) => `Rp${Number(amount).toLocaleString("id-ID")}`;
  const kilos = (grams) => (Number(grams) / 1000).toLocaleString("id-ID", { maximumFractionDigits: 3 });
  let pack = null;
  let prices = null;
  let people = [];
  let current = null;
  let typed = "";

  /* Rupiah of a line: thousandths of a unit times price, rounded half up, in whole numbers only (R1). */
  const amountOf = (thousandths, price) => Number((BigInt(thousandths) * BigInt(price) + 500n) / 1000n);

  /* What the keypad shows as thousandths; null for what is no quantity. */
  function thousandths(text) {
    const found = /^(\d{1,6})(?:,(\d{0,3}))?$/.exec(text);
    return found ? Number(found[1]) * 1000 + Number((found[2] || "").padEnd(3, "0")) : null;
  }

  function show(name) {
    ["pair", "start", "lines", "receipt", "list"].forEach((part) => { $(part).hidden = part !== name; });
    const head = $(name).querySelector("h1, h2");
    if (head) { head.tabIndex = -1; head.focus(); }
  }

  async function status() {
    const all = await store.items();
    const waits = all.filter((item) => item.state === "waiting").length;
    const badge = $("waiting");
    badge.textContent = waits ? `${waits} ${say.wordsWaiting}` : say.wordsAllSent;
    badge.className = waits ? "tag warn" : "tag good";
    const contact = await store.get("contact");
    const at = contact && new Date(contact.synced_at).toLocaleString("id-ID", { dateStyle: "medium", timeStyle: "short" });
    const version = prices ? store.sheet(prices, await store.now()).version : "–";
    $("contact").textContent = `${say.wordsContact} ${at || "–"} · ${say.wordsList} ${version}`;
    $("unchecked").hidden = !prices || prices.checked === "good";
    const today = new Date().toDateString();
    const mine = all.filter((item) => new Date(item.receipt.at).toDateString() === today && item.state !== "rejected");
    const grams = mine.reduce((sum, item) => sum + item.receipt.grams, 0);
    $("today").textContent = `${kilos(grams)} kg · ${rupiah(mine.reduce((sum, item) => sum + item.receipt.total, 0))}`;
  }

  async function load() {
    pack = await store.get("pack");
    prices = await store.get("prices");
    people = await store.customers();
    if (pack) choices();
    await status();
  }

  function choices() {
    const fill = (box, rows) => {
      const chosen = box.options.length ? box.value : String(rows[0]?.[0]);
      box.replaceChildren(...rows.map(([value, words]) => new Option(words, value, false, String(value) === chosen)));
    };
    fill($("weigher"), pack.weighers.map((one) => [one.id, one.name]));
    const scales = pack.scales.map((one) => [one.id, `${one.serial} · ${Number(one.capacity_kg)} kg / ${Number(one.division_g)} g`]);
    fill($("scale"), [...scales, ["", say.wordsNoScale]]);
    $("bank").textContent = pack.bank.name;
  }

  function found(words) {
    const sought = words.trim().toLowerCase();
    if (sought.length < 2) return [];
    const exact = people.filter((one) => one.card_token === words.trim() || one.number === sought);
    return (exact.length ? exact : people.filter((one) => one.name.toLowerCase().includes(sought) || one.number.includes(sought))).slice(0, 8);
  }

  function search() {
    const rows = found($("search").value).map((one) => {
      const line = make("li");
      const button = make("button", `${one.name} · ${one.number}`, "btn two-nd");
      button.type = "button";
      button.addEventListener("click", () => begin(one));
      line.append(button);
      return line;
    });
    $("matches").replaceChildren(...rows);
    $("nobody").hidden = rows.length > 0 || $("search").value.trim().length < 2;
  }

  const weigher = () => pack.weighers.find((one) => String(one.id) === $("weigher").value);
  const scale = () => pack.scales.find((one) => String(one.id) === $("scale").value) || null;

  async function begin(customer) {
    const own = customer.kk_hash && weigher() && weigher().kk_hash === customer.kk_hash;
    if (own) return refuse("start", say.wordsOwn);
    if (customer.status === "pending") return refuse("start", say.wordsPending);
    refuse("start", "");
    const at = await store.now();
    current = { customer, ...store.sheet(prices, at), lines: [], consent: false, material: null };
    $("name").textContent = customer.name;
    $("number").textContent = customer.number;
    $("dormant").hidden = customer.status !== "dormant";
    $("consent").checked = false;
    await tiles();
    draw();
    show("lines");
  }

  function refuse(place, words) {
    const box = $(`${place}-error`);
    box.textContent = words;
    box.hidden = !words;
  }

  const channel = () => ($("source").value === "pickup" ? "pickup" : "drop_off");

  /* Materials that the list buys, the most used first. */
  async function tiles() {
    const used = (await store.get("used")) || {};
    const offered = [...current.standing].filter(([key, price]) => key.endsWith(`|${channel()}`) && price !== null)
      .map(([key, price]) => ({ code: key.split("|")[0], grade: key.split("|")[1], price }))
      .map((row) => ({ ...row, material: pack.materials.find((one) => one.code === row.code) }))
      .filter((row) => row.material && (!row.material.hazard || pack.bank.takes_hazard));
    offered.sort((one, other) => (used[other.code] || 0) - (used[one.code] || 0) || one.code.localeCompare(other.code));
    $("tiles").replaceChildren(...offered.map((row) => {
      const tile = make("button", "", "tile");
      tile.type = "button";
      tile.dataset.code = row.code;
      tile.setAttribute("aria-pressed", "false");
      tile.append(make("b", [row.material.name, row.grade].filter(Boolean).join(" ")), make("span", `${rupiah(row.price)}/${say[`unit${row.material.unit}`]}`));
      tile.addEventListener("click", () => pick(row, tile));
      return tile;
    }));
  }

  function pick(row, tile) {
    current.material = row;
    typed = "";
    root.querySelectorAll(".tile").forEach((one) => one.setAttribute("aria-pressed", String(one === tile)));
    display();
  }

  function press(sign) {
    if (sign === "back") typed = typed.slice(0, -1);
    else if (thousandths(`${typed}${sign}`) !== null) typed += sign;
    display();
  }

  function display() {
    const row = current.material;
    const quantity = thousandths(typed);
    $("typed").textContent = typed || "0";
    $("unit").textContent = row ? say[`unit${row.material.unit}`] : "";
    $("amount").textContent = row && quantity ? rupiah(amountOf(quantity, row.price)) : "";
    refuse("line", "");
  }

  const gramsOf = (row, quantity) => Math.round(quantity * Number(row.material.kg_per_unit || 1));

  function fault(row, quantity) {
    const chosen = scale();
    if (!row) return say.wordsPick;
    if (!quantity) return say.wordsZero;
    if (row.material.unit === "piece" && quantity % 1000) return say.wordsWhole;
    if (row.material.unit !== "kg" || !chosen) return "";
    if (quantity > Number(chosen.capacity_kg) * 1000) return `${say.wordsCapacity} ${Number(chosen.capacity_kg)} kg`;
    return (quantity * 1000) % Math.round(Number(chosen.division_g) * 1000) ? `${say.wordsDivision} ${Number(chosen.division_g)} g` : "";
  }

  function unusual(row, quantity) {
    const usual = pack.thresholds[current.customer.kind];
    const kg = gramsOf(row, quantity) / 1000;
    return kg > pack.outlier_floor && (usual === undefined || kg > Number(usual));
  }

  function add() {
    const row = current.material;
    const quantity = thousandths(typed);
    const words = fault(row, quantity);
    if (words) return refuse("line", words);
    if (unusual(row, quantity) && $("add").dataset.sure !== typed) {
      $("add").dataset.sure = typed;
      return refuse("line", `${say.wordsUnusual} ${typed} ${say[`unit${row.material.unit}`]}?`);
    }
    delete $("add").dataset.sure;
    current.lines.push({ ...row, quantity, grams: gramsOf(row, quantity), amount: amountOf(quantity, row.price) });
    typed = "";
    current.material = null;
    root.querySelectorAll(".tile").forEach((one) => one.setAttribute("aria-pressed", "false"));
    draw();
    display();
  }

  const lineWords = (line) => `${line.material.name} ${kilos(line.quantity)} ${say[`unit${line.material.unit}`]} × ${rupiah(line.price)}`;
  const total = () => current.lines.reduce((sum, line) => sum + line.amount, 0);

  function draw() {
    $("added").replaceChildren(...current.lines.map((line, place) => {
      const row = make("li", "", "row-x");
      const drop = make("button", say.wordsDrop, "btn quiet");
      drop.type = "button";
      drop.setAttribute("aria-label", `${say.wordsDrop} ${line.material.name}`);
      drop.addEventListener("click", () => { current.lines.splice(place, 1); draw(); });
      row.append(make("span", lineWords(line)), make("b", rupiah(line.amount)), drop);
      return row;
    }));
    $("total").textContent = rupiah(total());
    $("save").disabled = !current.lines.length;
  }

  const plain = (quantity) => `${Math.floor(quantity / 1000)}.${String(quantity % 1000).padStart(3, "0")}`;

  async function keep() {
    if (current.customer.status === "dormant" && !$("consent").checked) return refuse("line", say.wordsConsent);
    $("save").disabled = true;
    const content = {
      customer: current.customer.number, weigher: weigher().id, scale: scale() && scale().id, source: $("source").value,
      price_list_version: current.version, consent: $("consent").checked,
      lines: current.lines.map((line) => ({ material: line.code, grade: line.grade, quantity: plain(line.quantity), unit_price: line.price })),
    };
    const receipt = {
      name: current.customer.name, customer: current.customer.number, total: total(),
      grams: current.lines.reduce((sum, line) => sum + line.grams, 0), expired: expired(),
      lines: current.lines.map((line) => [lineWords(line), line.amount]),
    };
    const used = (await store.get("used")) || {};
    current.lines.forEach((line) => { used[line.code] = (used[line.code] || 0) + 1; });
    await store.set("used", used);
    const made = await store.save(content, receipt);
    current = null;
    paper(made);
    send();
  }

  function expired() {
    const chosen = scale();
    return Boolean(chosen) && (!chosen.verified_until || chosen.verified_until.slice(0, 10) < new Date().toISOString().slice(0, 10));
  }

  function paper(item) {
    fillPaper(item);
    show("receipt");
  }

  /* The receipt on the screen takes its official number as soon as the server has given one. */
  async function repaint() {
    const item = (await store.items()).find((one) => one.receipt.provisional_no === $("receipt").dataset.no);
    if (item) fillPaper(item);
  }

  function fillPaper(item) {
    const { receipt } = item;
    $("receipt").dataset.no = receipt.provisional_no;
    $("paper-no").textContent = item.number || receipt.provisional_no;
    $("paper-also").textContent = item.number ? receipt.provisional_no : say.wordsProvisional;
    $("paper-name").textContent = `${receipt.name} · ${receipt.customer}`;
    $("paper-at").textContent = new Date(receipt.at).toLocaleString("id-ID", { dateStyle: "long", timeStyle: "short" });
    $("paper-lines").replaceChildren(...receipt.lines.map(([words, amount]) => {
      const row = make("li", "", "row-x");
      row.append(make("span", words), make("b", rupiah(amount)));
      return row;
    }));
    $("paper-total").textContent = rupiah(receipt.total);
    $("paper-expired").hidden = !receipt.expired;
    $("paper-errors").replaceChildren(...item.errors.map((error) => make("li", error.message)));
  }

  async function receipts() {
    const all = (await store.items()).reverse();
    const sought = $("paper-search").value.trim().toLowerCase();
    const rows = all.filter((item) => !sought
      || [item.number, item.receipt.provisional_no, item.receipt.name].some((words) => words.toLowerCase().includes(sought)));
    $("papers").replaceChildren(...rows.slice(0, 60).map((item) => {
      const row = make("li", "", "row-x");
      const button = make("button", item.receipt.provisional_no, "btn quiet");
      button.type = "button";
      button.addEventListener("click", () => paper(item));
      const tone = { sent: "good", waiting: "warn" }[item.state] || "bad-t";
      row.append(button, make("span", item.receipt.name), make("b", rupiah(item.receipt.total)),
        make("span", item.number || say[`state${item.state}`], `tag ${tone}`));
      return row;
    }));
  }

  async function send() {
    if (!(await store.get("device"))) return;
    try {
      await store.sync();
      await store.refresh();
      await load();
    } catch (error) {
      if (error.reasons) refuse("start", error.reasons.map((one) => one.message).join(" "));
      await status();
    }
  }

  async function pair(text) {
    const [, id, key] = /^(\d+)\.([\w-]{20,})$/.exec(text.trim()) || [];
    if (!id) return refuse("pair", say.wordsPairing);
    try {
      await store.pair(id, key);
      history.replaceState(null, "", location.pathname);
      await load();
      show("start");
    } catch (error) {
      refuse("pair", (error.reasons || [{ message: say.wordsAway }]).map((one) => one.message).join(" "));
    }
  }

  function listen() {
    $("search").addEventListener("input", search);
    $("add").addEventListener("click", add);
    $("save").addEventListener("click", keep);
    $("pair-send").addEventListener("click", () => pair($("pair-code").value));
    $("send").addEventListener("click", send);
    $("print").addEventListener("click", () => window.print());
    $("paper-search").addEventListener("input", receipts);
    root.querySelectorAll("[data-key]").forEach((key) => key.addEventListener("click", () => press(key.dataset.key)));
    root.querySelectorAll("[data-go]").forEach((button) => button.addEventListener("click", () => go(button.dataset.go)));
    document.addEventListener("keydown", (event) => {
      if ($("lines").hidden || event.target.matches("input, select")) return;
      if (/^[\d,]$/.test(event.key)) press(event.key);
      if (event.key === "Backspace") press("back");
    });
    addEventListener("online", send);
    setInterval(send, 60000);
    store.onChange(() => { status(); if (!$("list").hidden) receipts(); if (!$("receipt").hidden) repaint(); });
  }

  function go(name) {
    if (name === "start") { $("search").value = ""; search(); }
    if (name === "list") receipts();
    show(name);
  }

  async function begun() {
    listen();
    navigator.serviceWorker?.register(say.worker).catch(() => {});
    navigator.storage?.persist?.().catch(() => {});
    await load();
    const code = location.hash.startsWith("#p=") ? decodeURIComponent(location.hash.slice(3)) : "";
    if (await store.get("device")) show("start");
    else show("pair");
    if (code) return pair(code);
    return send();
  }

  begun();
})();
