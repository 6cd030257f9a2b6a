// Shows where a value stands on the page picture, and which value stands at a place of the picture.
"use strict";
(() => {
  const boxes = [...document.querySelectorAll("rect[data-field]")];
  const spots = [...document.querySelectorAll("[data-show]")];

  function show(key, scroll) {
    let first = null;
    for (const box of boxes) {
      const on = box.dataset.field === key;
      box.classList.toggle("on", on);
      if (on && !first) first = box;
    }
    for (const spot of spots) spot.setAttribute("aria-pressed", String(spot.dataset.show === key));
    if (first && scroll) first.scrollIntoView({ block: "center", inline: "nearest", behavior: "smooth" });
  }

  for (const spot of spots) {
    spot.addEventListener("click", () => show(spot.dataset.show, true));
    spot.addEventListener("focus", () => show(spot.dataset.show, true));
  }
  for (const box of boxes) {
    box.addEventListener("click", () => {
      show(box.dataset.field, false);
      const spot = spots.find((one) => one.dataset.show === box.dataset.field);
      if (spot) spot.focus();
    });
  }
  for (const edit of document.querySelectorAll("details.edit")) {
    edit.addEventListener("toggle", () => {
      const field = edit.open && edit.querySelector("input:not([type=hidden]), textarea");
      if (field) field.focus();
    });
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      document.getElementById("q").focus();
    }
    if (event.key === "Escape" && typing) {
      const edit = typing.closest("details.edit");
      if (edit) edit.open = false;
    }
  });
})();
