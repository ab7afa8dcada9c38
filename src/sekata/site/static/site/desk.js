/* The inbox on a wide screen: a case opens beside the list without loading the list again.
   Without this script, and on a phone, the same links load the page. */
(() => {
  "use strict";
  const wide = matchMedia("(min-width: 64em)");
  let shown = location.search;

  function mark(link) {
    document.querySelectorAll(".mails > li.open").forEach((row) => {
      row.classList.remove("open");
      row.querySelector("a.row").removeAttribute("aria-current");
    });
    link.closest("li").classList.add("open");
    link.setAttribute("aria-current", "true");
  }

  async function open(event) {
    const link = event.target.closest("a[data-pane]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || !wide.matches || !window.htmx) return;
    event.preventDefault();
    await window.htmx.ajax("GET", link.dataset.pane, { target: "#kasus", swap: "outerHTML" });
    history.pushState({}, "", link.dataset.pane);
    shown = location.search;
    mark(link);
    document.querySelector("#kasus").focus({ preventScroll: true });
  }

  addEventListener("click", open);
  addEventListener("popstate", () => {
    if (location.search !== shown) location.reload();
  });
})();
