// Verify: the field in focus lights up its box on the page; Enter confirms and goes on; the page can be enlarged.
(() => {
  "use strict";
  const fields = document.getElementById("fields"), pages = document.getElementById("pages");
  if (!fields || !pages) return;
  const forms = () => [...fields.querySelectorAll("form.read")];

  const light = (key, page) => {
    let lit = null;
    for (const box of pages.querySelectorAll("rect")) {
      const own = box.dataset.field === key;
      box.setAttribute("class", own ? "lit" : "dim");
      if (own) lit = box;
    }
    const target = lit || (page && document.getElementById("page-" + page));
    if (!target) return;
    const box = target.getBoundingClientRect(), frame = pages.getBoundingClientRect();
    pages.scrollBy({ top: box.top - frame.top - frame.height / 3, left: box.left - frame.left - frame.width / 4, behavior: "auto" });
  };
  const focus = (form) => { const input = form && form.querySelector("[name=value]"); if (input) input.focus(); };
  const step = (form, by) => { const all = forms(), at = all.indexOf(form); if (at >= 0) focus(all[at + by]); };

  fields.addEventListener("focusin", (event) => {
    const form = event.target.closest("form.read");
    if (form) light(form.dataset.field, form.dataset.page);
  });
  fields.addEventListener("click", (event) => {
    const show = event.target.closest("[data-show]");
    if (!show) return;
    event.preventDefault();
    focus(show.closest("form.read"));
  });
  fields.addEventListener("keydown", (event) => {
    const form = event.target.closest("form.read");
    if (!form || !event.altKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); step(form, event.key === "ArrowDown" ? 1 : -1); }
    if (event.key.toLowerCase() === "r") { const button = form.querySelector("[value=unreadable]"); if (button) { event.preventDefault(); button.click(); } }
  });
  pages.addEventListener("click", (event) => {
    const box = event.target.closest("rect");
    if (box) focus(forms().find((form) => form.dataset.field === box.dataset.field));
  });
  let size = 1, turned = 0;
  const zoom = (to) => { size = Math.min(3, Math.max(1, to)); pages.classList.remove("zoom-1", "zoom-2", "zoom-3"); pages.classList.add("zoom-" + size); };
  // A page turned by a quarter is as wide as it was high: its frame keeps the turned shape, picture and boxes turn together.
  const turn = () => { turned = (turned + 1) % 4; pages.classList.remove("turn-1", "turn-2", "turn-3"); if (turned) pages.classList.add("turn-" + turned); };
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.hidden = false;
    button.addEventListener("click", () => zoom(Number(button.dataset.zoom)));
  }
  for (const button of document.querySelectorAll("[data-turn]")) {
    button.hidden = false;
    button.addEventListener("click", turn);
  }
  const needed = (form) => form.classList.contains("read--open") || form.classList.contains("read--unsure");
  const nextUnsure = (from) => { const all = forms(), at = all.indexOf(from); focus([...all.slice(at + 1), ...all.slice(0, at + 1)].find(needed)); };
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    const act = { n: () => nextUnsure(document.activeElement && document.activeElement.closest("form.read")), t: turn, "+": () => zoom(size + 1), "=": () => zoom(size + 1), "-": () => zoom(size - 1) }[key];
    if (act) { event.preventDefault(); act(); }
  });
  const goOn = () => { const next = forms().find((form) => form.classList.contains("read--open")); if (next) focus(next); };
  document.body.addEventListener("htmx:afterSwap", (event) => { if (event.target === fields) goOn(); });
  const asked = new URLSearchParams(location.search).get("at");
  if (asked) focus(forms().find((form) => form.dataset.field === asked)); else goOn();
})();
