/* Small helps for officers: the device's place, the questions of the chosen kind, samples that wait in the outbox,
   printing. Pages work without. */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  function locate(button) {
    if (!navigator.geolocation) return;
    const form = button.closest("form");
    const status = button.parentElement.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          form.querySelector("[name=lat]").value = coords.latitude.toFixed(6);
          form.querySelector("[name=lon]").value = coords.longitude.toFixed(6);
          status.textContent = button.dataset.found;
        },
        () => { status.textContent = button.dataset.failed; },
        { enableHighAccuracy: true, timeout: 20000 },
      );
    });
  }

  function askOfKind(select) {
    const show = () => all("[data-of-kind]").forEach((box) => { box.hidden = box.dataset.ofKind !== select.value; });
    select.addEventListener("change", show);
    show();
  }

  /* A page taken back from memory must not send its next form under the last one's id. */
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    all("form[data-offline]").forEach((form) => {
      form.querySelector("input[name=client_id]")?.remove();
      delete form.dataset.online;
    });
  });

  /* "Perbaiki" leads to the page where a form was written; with many forms there, go on to the form's own page. */
  async function toOwnPage() {
    const id = new URLSearchParams(location.search).get("kotak");
    if (!id || all("form[data-offline]").length < 2 || !window.SekataOutbox) return;
    const item = await window.SekataOutbox.get(id);
    if (item) location.replace(`${new URL(item.url).pathname}?kotak=${id}`);
  }

  /* Samples that still wait in the outbox may be handed over too: they go out first, each under its own id. */
  async function offerWaiting(select) {
    const items = await window.SekataOutbox.items();
    const of = (item, name) => (item.fields.find(([field]) => field === name) || [])[1] || "";
    all("option[data-waits]", select).forEach((option) => option.remove());
    items
      .filter((item) => new URL(item.url).pathname === select.dataset.samples)
      .filter((item) => ![...select.options].some((option) => option.value === item.client_id))
      .forEach((item) => {
        const words = document.querySelector(`[name=position] option[value="${CSS.escape(of(item, "position"))}"]`);
        const option = new Option([of(item, "label"), words?.textContent].filter(Boolean).join(" · "), item.client_id);
        option.dataset.waits = "1";
        select.add(option);
      });
  }

  function offerAll() {
    if (!window.SekataOutbox) return;
    all("select[data-samples]").forEach((select) => offerWaiting(select).catch(() => {}));
  }

  all("[data-locate]").forEach(locate);
  all("[data-asks-kind]").forEach((box) => askOfKind(box.querySelector("select")));
  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
  addEventListener("pageshow", () => setTimeout(offerAll, 200));
  document.addEventListener("toggle", offerAll, true);
  addEventListener("load", () => setTimeout(toOwnPage, 300));
})();
