// Writing a policy: a finding leads to its line, and the browser asks before unsaved words are left.
(() => {
  "use strict";
  const form = document.getElementById("writing"), text = document.getElementById("id_body");
  if (!form || !text) return;
  let kept = true;
  form.addEventListener("input", () => { kept = false; });
  form.addEventListener("submit", () => { kept = true; });
  window.addEventListener("beforeunload", (event) => { if (!kept) event.preventDefault(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-line]");
    if (!link) return;
    event.preventDefault();
    const lines = text.value.split("\n"), line = Math.min(Number(link.dataset.line), lines.length) - 1;
    const start = lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);
    text.focus();
    text.setSelectionRange(start, start + lines[line].length);
    text.scrollTop = Math.max(0, (text.scrollHeight / lines.length) * (line - 4));
  });
})();
