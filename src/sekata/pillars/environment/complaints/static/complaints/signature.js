/* A signature on the glass: strokes on a canvas become a PNG in the form's own file field. Without script people
   choose another way: paper with a photograph, or a refusal on record. */
(() => {
  "use strict";
  const INK = "#111";

  function fileOf(canvas, name) {
    const [, coded] = canvas.toDataURL("image/png").split(",");
    const bytes = Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0));
    const bag = new DataTransfer();
    bag.items.add(new File([bytes], `${name}.png`, { type: "image/png" }));
    return bag.files;
  }

  function sheet(box) {
    const field = box.querySelector("input[type=file]");
    const canvas = Object.assign(document.createElement("canvas"), { width: 960, height: 352 });
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", box.dataset.hint);
    const clear = Object.assign(document.createElement("button"), {
      type: "button", textContent: box.dataset.clear, className: "btn quiet",
    });
    const hint = Object.assign(document.createElement("p"), { textContent: box.dataset.hint, className: "hint" });
    const holder = document.createElement("div");
    holder.append(hint, canvas, clear);
    box.append(holder);
    draw(canvas, () => { field.files = fileOf(canvas, box.dataset.sign); });
    clear.addEventListener("click", () => {
      blank(canvas);
      field.value = "";
    });
    blank(canvas);
    follow(box, holder, field);
  }

  function blank(canvas) {
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
  }

  function draw(canvas, done) {
    const pen = canvas.getContext("2d");
    let down = false;
    const at = (event) => {
      const edge = canvas.getBoundingClientRect();
      return [(event.clientX - edge.left) * canvas.width / edge.width, (event.clientY - edge.top) * canvas.height / edge.height];
    };
    canvas.addEventListener("pointerdown", (event) => {
      down = true;
      canvas.setPointerCapture(event.pointerId);
      Object.assign(pen, { lineWidth: 5, lineCap: "round", lineJoin: "round", strokeStyle: INK });
      pen.beginPath();
      pen.moveTo(...at(event));
      event.preventDefault();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!down) return;
      pen.lineTo(...at(event));
      pen.stroke();
    });
    ["pointerup", "pointercancel"].forEach((name) => canvas.addEventListener(name, () => {
      if (down) done();
      down = false;
    }));
  }

  /* On glass the file field hides behind the canvas; on paper it shows, for the photograph. */
  function follow(box, holder, field) {
    const form = box.closest("form");
    const plain = field.closest(".field") || field;
    const show = () => {
      const chosen = form.querySelector(`[name="${box.dataset.when}"]:checked`)?.value;
      holder.hidden = chosen !== "glass";
      plain.hidden = chosen === "glass";
    };
    form.addEventListener("change", show);
    show();
  }

  document.querySelectorAll("[data-sign]").forEach(sheet);
})();
