// Field and place on the page picture, each from the other; words of the picture into the field; keys to go through a document.
"use strict";
(() => {
  const paper = document.querySelector(".paper");
  const form = document.getElementById("duyet");
  const boxes = [...document.querySelectorAll("rect.value")];
  const fills = () => (form ? [...form.querySelectorAll(".fill")].filter((one) => one.offsetParent && !one.disabled) : []);
  const unsure = () => fills().filter((one) => one.closest(".look") && one === one.closest(".field, li").querySelector(".fill"));
  const visited = new Set();
  let field = null;

  function light(key, scroll) {
    let first = null;
    for (const box of boxes) {
      const on = box.dataset.field === key || box.dataset.field.startsWith(`${key}.`);
      box.classList.toggle("on", on);
      if (on && !first) first = box;
    }
    for (const spot of document.querySelectorAll("[data-show]")) spot.setAttribute("aria-pressed", String(spot.dataset.show === key));
    if (first && scroll) first.scrollIntoView({ block: "center", inline: "nearest" });
  }

  function go(target) {
    if (!target) return;
    target.focus();
    target.select?.();
  }

  function step(by) {
    const all = fills();
    const at = all.indexOf(field);
    go(all[at < 0 ? 0 : (at + by + all.length) % all.length]);
  }

  function put(target, text, append) {
    if (append && target.value) target.value += (target.dataset.kind === "list" ? "\n" : " ") + text;
    else target.value = text;
    target.classList.add("changed");
    target.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // where the value was pointed at goes with it: the form tells it beside the value
  function mark(target, page, boxes, append) {
    const name = `p.${target.dataset.field}`;
    let note = form.elements[name];
    if (!note) {
      note = document.createElement("input");
      note.type = "hidden";
      note.name = name;
      target.after(note);
    }
    const [before, edges] = note.value.split(":");
    const all = append && before === page ? [...boxes, edges.split(",").map(Number)] : boxes;
    const reach = (side, which) => which(...all.map((box) => box[side]));
    note.value = `${page}:${[reach(0, Math.min), reach(1, Math.min), reach(2, Math.max), reach(3, Math.max)].join(",")}`;
  }

  async function read(sheet, area, append) {
    const target = field;
    const asked = new URLSearchParams({ trang: sheet.dataset.page, khung: area.map(Math.round).join(","), truong: target.dataset.field });
    sheet.classList.add("busy");
    try {
      const answer = await fetch(`/van-ban/${paper.dataset.id}/chu?${asked}`);
      const found = answer.ok ? await answer.json() : { text: "" };
      if (found.text) {
        put(target, found.text, append);
        mark(target, sheet.dataset.page, found.boxes.length ? found.boxes : [drawnBox(area)], append);
      }
      go(target);
    } finally {
      sheet.classList.remove("busy");
    }
  }

  const drawnBox = ([x, y, u, v]) => [Math.min(x, u), Math.min(y, v), Math.max(x, u), Math.max(y, v)].map(Math.round);

  // pointing and drawing on the picture
  function pointing(sheet) {
    const svg = sheet.querySelector("svg");
    const drawn = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    drawn.setAttribute("class", "drawn");
    let from = null;
    const at = (event) => {
      const place = svg.getBoundingClientRect();
      return [((event.clientX - place.left) * sheet.dataset.width) / place.width, ((event.clientY - place.top) * sheet.dataset.height) / place.height];
    };
    svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || (event.pointerType === "touch" && !field)) return;
      from = at(event);
      if (field) event.preventDefault();
      if (field) svg.setPointerCapture(event.pointerId);
    });
    svg.addEventListener("mousedown", (event) => field && event.preventDefault());
    svg.addEventListener("pointermove", (event) => {
      if (!from || !field) return;
      const to = at(event);
      drawn.setAttribute("x", Math.min(from[0], to[0]));
      drawn.setAttribute("y", Math.min(from[1], to[1]));
      drawn.setAttribute("width", Math.abs(to[0] - from[0]));
      drawn.setAttribute("height", Math.abs(to[1] - from[1]));
      if (!drawn.parentNode) svg.append(drawn);
    });
    svg.addEventListener("pointerup", (event) => {
      if (!from) return;
      const start = from;
      const end = at(event);
      from = null;
      drawn.remove();
      if (field) read(sheet, [...start, ...end], event.shiftKey);
      else {
        const box = document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.matches("rect.value"));
        if (box) choose(box.dataset.field);
      }
    });
  }

  function choose(key) {
    light(key, false);
    const owner = document.getElementById(key) || document.getElementById(key.split(".")[0]);
    const target = owner?.querySelector(".fill, .spot");
    owner?.scrollIntoView({ block: "nearest" });
    go(target);
  }

  document.querySelectorAll(".sheet").forEach(pointing);
  document.addEventListener("focusin", (event) => {
    const fill = event.target.closest(".fill");
    if (fill) {
      field = fill;
      visited.add(fill);
      light(fill.dataset.place || fill.dataset.field, true);
    } else if (event.target.matches("[data-show]")) light(event.target.dataset.show, true);
  });
  document.addEventListener("focusout", (event) => event.target.closest(".fill") && (field = null));
  document.addEventListener("input", (event) => event.target.closest(".fill")?.classList.add("changed"));
  document.addEventListener("click", (event) => {
    const filler = event.target.closest("[data-fill]");
    if (filler) {
      const target = document.getElementById(filler.dataset.fill);
      put(target, filler.dataset.value, false);
      go(target);
      if (target.value.startsWith("/")) target.setSelectionRange(0, 0); // the number before the symbol is still to be typed
    }
    const spot = event.target.closest("[data-show]");
    if (spot) light(spot.dataset.show, true);
  });
  document.body.addEventListener("htmx:afterSwap", (event) => go(event.target.closest("li")?.querySelector(".fill")));
  // read again: the page is shown anew by itself where nothing would be lost
  document.body.addEventListener("htmx:afterSettle", () => {
    if (document.querySelector("[data-read]") && !form?.querySelector(".fill.changed")) location.replace(location.pathname);
  });
  document.querySelector("details.add")?.addEventListener("toggle", (event) => event.target.open && go(event.target.querySelector(".fill")));

  // keys
  function accept() {
    const blank = unsure().filter((one) => !one.value.trim());
    const warning = document.getElementById("con-trong");
    if (blank.length && warning.hidden) {
      warning.hidden = false;
      go(blank[0]);
    } else form.requestSubmit(form.querySelector("[value=nhan]"));
  }
  const zoom = (by) => (paper.dataset.zoom = Math.min(3, Math.max(0, Number(paper.dataset.zoom || 0) + by)));
  function turn(by) {
    const pages = [...paper.querySelectorAll(".page")];
    const top = paper.getBoundingClientRect().top;
    const here = pages.findLastIndex((one) => one.getBoundingClientRect().top <= top + 40);
    pages[Math.min(pages.length - 1, Math.max(0, here + by))]?.scrollIntoView();
  }
  const KEYS = {
    j: () => step(1), k: () => step(-1), n: () => go(unsure().find((one) => !visited.has(one)) || unsure()[0]),
    "[": () => turn(-1), "]": () => turn(1), "+": () => zoom(1), "=": () => zoom(1), "-": () => zoom(-1), Enter: accept,
  };
  document.addEventListener("keydown", (event) => {
    if (!form?.querySelector("[value=nhan]") || document.querySelector("dialog[open]")) return;
    const fill = event.target.closest(".fill");
    if (fill) return inField(event, fill);
    if (event.target.closest("input, textarea, select, a, summary, button") && event.key === "Enter") return;
    if (event.target.closest("input, textarea, select") || event.ctrlKey || event.altKey || event.metaKey) return;
    const other = /^[1-9]$/.test(event.key) && (field?.closest(".field") || document.querySelector(".field.look"))?.querySelectorAll(".candidate")[event.key - 1];
    if (other) other.click();
    else if (KEYS[event.key]) KEYS[event.key]();
    else return;
    event.preventDefault();
  });
  function inField(event, fill) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) accept();
    else if (event.key === "Enter" && !event.shiftKey && fill.dataset.kind !== "list") {
      const left = fill.classList.contains("changed") && unsure().find((one) => !visited.has(one));
      if (left) go(left);
      else accept();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && fill.tagName === "INPUT") step(event.key === "ArrowDown" ? 1 : -1);
    else return;
    event.preventDefault();
  }

  if (form && !document.querySelector("[aria-invalid]")) go(unsure()[0]);
  else go(document.querySelector(".fill[aria-invalid]"));
  if (form?.dataset.next) window.addEventListener("load", () => (new Image().src = form.dataset.next));
})();
