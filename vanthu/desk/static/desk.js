// Keys that work on every page, and dialogs.
"use strict";
(() => {
  const GO = { s: "/", d: "/duyet", v: "/viec", t: "/tiep-nhan", q: "/tong-quan" };
  let going = 0;

  function show(id) {
    const dialog = document.getElementById(id);
    if (dialog && !dialog.open) dialog.showModal();
  }
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) show(opener.dataset.dialog);
    const printer = event.target.closest("[data-print]");
    if (printer) window.print();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (event.key === "Escape" && typing) typing.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (Date.now() - going < 1200 && GO[event.key]) {
      location.href = GO[event.key];
      return;
    }
    going = event.key === "g" ? Date.now() : 0;
    if (event.key === "/") document.getElementById("q")?.focus();
    else if (event.key === "?") show("phim");
    else {
      const target = /^[a-z]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
      if (!target) return;
      target.click();
    }
    event.preventDefault();
  });
})();
