// Dropping files on the tray puts them into the ordinary form, which works just as well without this.
(() => {
  "use strict";
  const drop = document.getElementById("drop"), input = document.getElementById("id_papers"), said = document.getElementById("chosen");
  if (!drop || !input) return;
  const say = () => { const n = input.files.length; said.textContent = n ? [...input.files].map((file) => file.name).slice(0, 5).join(", ") + (n > 5 ? ` and ${n - 5} more` : "") : ""; };
  input.addEventListener("change", say);
  for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("drop--over"); });
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("drop--over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); input.files = event.dataTransfer.files; say(); });
})();
