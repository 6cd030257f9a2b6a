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
  // a camera gives one picture at a time: they are gathered until the paper is whole
  const shots = [];
  const list = document.getElementById("anh-chup");
  function gather(input) {
    const all = new DataTransfer();
    for (const shot of shots) all.items.add(shot);
    input.files = all.files;
    for (const other of inputs) other.disabled = shots.length > 0 && other !== input;
    document.querySelector("label[for=chup]").textContent = shots.length ? list.dataset.more : list.dataset.first;
    list.replaceChildren(
      ...shots.map((shot, n) => {
        const line = document.createElement("li");
        const away = document.createElement("button");
        away.type = "button";
        away.className = "plain";
        away.textContent = list.dataset.drop;
        away.setAttribute("aria-label", `${list.dataset.drop} ${n + 1}`);
        away.addEventListener("click", () => {
          shots.splice(n, 1);
          gather(input);
        });
        line.append(`${list.dataset.page} ${n + 1} `, away);
        return line;
      }),
    );
  }
  for (const input of inputs) {
    input.addEventListener("change", () => {
      if (input.id === "chup") {
        shots.push(...input.files);
        gather(input);
      } else {
        tell(input);
        if (input.files.length) form.requestSubmit();
      }
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

  const progress = document.getElementById("tien-do");
  if (progress?.dataset.events) {
    const events = new EventSource(progress.dataset.events);
    events.addEventListener("message", (event) => (progress.innerHTML = event.data));
    events.addEventListener("het", () => events.close());
  }
})();
