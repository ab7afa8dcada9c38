/* Small helps for officers: the device's place, the questions of the chosen kind, printing. Pages work without. */
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

  all("[data-locate]").forEach(locate);
  all("[data-asks-kind]").forEach((box) => askOfKind(box.querySelector("select")));
  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
  addEventListener("load", () => setTimeout(toOwnPage, 300));
})();
