/* Live maps where script is allowed: a picker for forms and a map of marks beside a list.
   Ground comes from our own GeoJSON (data-base); tiles only if the regency has a server (data-tiles). */
(() => {
  "use strict";
  const L = window.L;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const numbers = (text) => (text || "").split(",").map(Number);

  function begin(box) {
    box.hidden = false;
    box.replaceChildren();
    box.classList.add("live");
    box.style.background = token("q1");
    const map = L.map(box, { scrollWheelZoom: false, attributionControl: Boolean(box.dataset.tiles) });
    const [lat = 0.4, lon = 101.9] = box.dataset.centre ? numbers(box.dataset.centre) : [];
    map.setView([lat, lon], Number(box.dataset.zoom || 10));
    if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { attribution: box.dataset.attribution || "" }).addTo(map);
    if (box.dataset.base) ground(map, box);
    return map;
  }

  const looks = {
    land: () => ({ color: token("line"), weight: 1, fillColor: token("sand"), fillOpacity: 1, interactive: false }),
    border: () => ({ color: token("edge"), weight: 1.5, fill: false, interactive: false }),
    river: (part) => ({ color: token("q3"), weight: part.properties.breadth || 4, fill: false, interactive: false }),
  };

  async function ground(map, box) {
    const answer = await fetch(box.dataset.base);
    if (!answer.ok) return;
    const shapes = await answer.json();
    map.createPane("ground").style.zIndex = 250;
    const layer = L.geoJSON(shapes, {
      pane: "ground",
      style: (part) => (looks[part.properties.layer] || looks.border)(part),
      filter: (part) => part.geometry.type !== "Point",
    }).addTo(map);
    shapes.features.forEach(({ properties: { layer: kind, name, lat, lon } }) => {
      if (kind === "border" && lat) label(name, [lat, lon]).addTo(map);
    });
    if (!box.dataset.centre && layer.getBounds().isValid() && !box.dataset.touched) map.fitBounds(layer.getBounds());
  }

  const label = (name, at) => {
    const text = document.createElement("span");
    text.textContent = name;
    return L.marker(at, { icon: L.divIcon({ className: "name-i", iconSize: [0, 0], html: text }), interactive: false, keyboard: false });
  };
  const pin = () => L.divIcon({
    className: "pin-i", iconSize: [36, 44], iconAnchor: [18, 42],
    html: '<svg width="36" height="44" viewBox="0 0 38 52" aria-hidden="true"><path d="M19 51C7 36 0 28 0 19a19 19 0 0 1 38 0c0 9-7 17-19 32z"/></svg>',
  });
  const dot = (number) => L.divIcon({ className: "dot-i", iconSize: [28, 28], html: `<span>${Number(number)}</span>` });

  function picker(box) {
    const form = box.closest("form") || document;
    const lat = form.querySelector(`[name="${box.dataset.latField}"]`);
    const lon = form.querySelector(`[name="${box.dataset.lonField}"]`);
    if (!lat || !lon) return;
    const map = begin(box);
    let marker = null;
    const read = (field) => Number(field.value.trim().replace(",", "."));
    const place = (at, move) => {
      box.dataset.touched = "1";
      if (!marker) {
        marker = L.marker(at, { icon: pin(), draggable: true, keyboard: true }).addTo(map);
        marker.getElement().setAttribute("aria-label", box.dataset.label || "Penanda");
        marker.on("dragend", () => write(marker.getLatLng()));
      }
      marker.setLatLng(at);
      if (move) map.setView(at, Math.max(map.getZoom(), 14));
    };
    const write = (at) => {
      lat.value = at.lat.toFixed(6);
      lon.value = at.lng.toFixed(6);
      [lat, lon].forEach((field) => field.dispatchEvent(new Event("change", { bubbles: true })));
      place(at, false);
    };
    map.on("click", (event) => write(event.latlng));
    const typed = () => { if (lat.value && lon.value && Number.isFinite(read(lat)) && Number.isFinite(read(lon))) place(L.latLng(read(lat), read(lon)), true); };
    [lat, lon].forEach((field) => field.addEventListener("input", typed));
    typed();
    offerLocation(box, map, write);
  }

  /* data-locate names the button; it is shown only where the device can answer. */
  function offerLocation(box, map, write) {
    const button = box.dataset.locate && document.querySelector(box.dataset.locate);
    const status = box.dataset.status && document.querySelector(box.dataset.status);
    if (!button || !navigator.geolocation) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          const at = L.latLng(coords.latitude, coords.longitude);
          write(at);
          map.setView(at, 15);
          if (status) status.textContent = status.dataset.found || "";
        },
        () => { if (status) status.textContent = status.dataset.failed || ""; },
        { enableHighAccuracy: true, timeout: 20000 },
      );
    });
  }

  async function marks(box) {
    const answer = await fetch(box.dataset.geojson);
    if (!answer.ok) return;
    const found = await answer.json();
    const map = begin(box);
    const layer = L.geoJSON(found, {
      pointToLayer: (part, at) => L.marker(at, { icon: dot(part.properties.number), alt: part.properties.label || "" }),
      style: () => ({ color: token("accent"), weight: 2, fillOpacity: 0.2 }),
      onEachFeature: (part, one) => one.bindPopup(() => popup(part.properties)),
    }).addTo(map);
    box.dataset.touched = "1";
    if (layer.getBounds().isValid()) map.fitBounds(layer.getBounds(), { padding: [32, 32], maxZoom: 14 });
  }

  function popup({ label = "", note = "", url = "" }) {
    const box = document.createElement("div");
    const name = document.createElement(url ? "a" : "b");
    name.textContent = label;
    if (url) name.href = url;
    box.append(name, document.createElement("br"), note);
    return box;
  }

  all("[data-map-picker]").forEach(picker);
  all("[data-map-list]").forEach((box) => marks(box).catch(() => {}));
})();
