// Keys to go through the lines of a list.
"use strict";
(() => {
  const rows = [...document.querySelectorAll("table.lines tbody tr[data-id]")];
  const picked = [];
  let at = -1;

  function go(to) {
    rows[at]?.classList.remove("here");
    at = Math.min(rows.length - 1, Math.max(0, to));
    rows[at].classList.add("here");
    rows[at].querySelector("a")?.focus();
  }
  document.addEventListener("keydown", (event) => {
    if (!rows.length || event.target.closest("input, textarea, select, dialog") || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "j" || event.key === "ArrowDown") go(at + 1);
    else if (event.key === "k" || event.key === "ArrowUp") go(at - 1);
    else if (event.key === "x" && at >= 0) {
      picked.push(rows[at].dataset.id);
      rows[at].classList.add("picked");
      if (picked.length === 2) location.href = `/so-sanh?a=${picked[0]}&b=${picked[1]}`;
    } else return;
    event.preventDefault();
  });
})();
