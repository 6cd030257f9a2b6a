// Files dropped on the page, what was chosen, and how far their reading has come.
"use strict";
(() => {
  const form = document.getElementById("tha");
  if (!form) return; // whose role takes nothing in
  const chosen = document.getElementById("da-chon");
  const inputs = [...form.querySelectorAll("input[type=file]")];

  function tell(input) {
    chosen.textContent = [...input.files].map((file) => file.name).join(", ");
    for (const other of inputs) other.disabled = other !== input;
  }
  for (const input of inputs) {
    input.addEventListener("change", () => {
      tell(input);
      if (input.id === "tep" && input.files.length) form.requestSubmit();
    });
  }
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => event.relatedTarget || form.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    const input = document.getElementById("tep");
    input.files = event.dataTransfer.files;
    tell(input);
    form.requestSubmit();
  });

  const list = document.getElementById("tien-do");
  if (list?.dataset.events) {
    const events = new EventSource(list.dataset.events);
    events.addEventListener("message", (event) => (list.innerHTML = event.data));
    events.addEventListener("het", () => events.close());
  }
})();
