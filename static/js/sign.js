// Signing: what must be read first keeps its button closed until the end of the last page was in sight.
// Without this script the reader ticks that all pages were read; the server asks for that in both cases.
"use strict";

// <form data-after="id of the end"> with [data-held] buttons, [data-why] (why not yet), and maybe the tick [name=read].
function hold(form) {
  const end = document.getElementById(form.dataset.after);
  if (!end || !("IntersectionObserver" in window)) return;
  const buttons = form.querySelectorAll("[data-held]");
  const why = form.querySelector("[data-why]");
  const tick = form.querySelector('[name="read"]');
  const show = (free) => {
    for (const button of buttons) button.disabled = !free;
    if (why) why.hidden = free;
    if (tick) tick.checked = free;
  };
  if (tick) tick.closest("[data-tick]").hidden = !tick.closest("[data-tick]").querySelector(".field-error");
  show(false);
  const reached = () => {
    watch.disconnect();
    show(true);
    if (form.dataset.tell) tell(form);
  };
  const watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && reached());
  watch.observe(end);
  // Who comes by keyboard or screen reader may pass the end without the page showing it.
  form.addEventListener("focusin", () => end.getBoundingClientRect().bottom < innerHeight && reached(), { once: true });
}

// Tells the server that it was read, so that a reader who comes back later in this session need not read again.
function tell(form) {
  const body = new URLSearchParams();
  for (const name of ["csrfmiddlewaretoken", "sha256"]) body.set(name, form.elements[name].value);
  fetch(form.dataset.tell, { method: "POST", body, headers: { "X-Requested-With": "fetch" } }).catch(() => {});
}

for (const form of document.querySelectorAll("form[data-after]")) hold(form);

// "Onderteken 5 POK's": the button counts what is ticked.
function count(button) {
  const boxes = [...document.querySelectorAll(`[name="sel"][form="${button.form.id}"], #${button.form.id} [name="sel"]`)];
  const number = boxes.filter((box) => box.checked).length;
  const { none, one, many } = button.dataset;
  const words = number === 0 ? none : number === 1 ? one : many;
  button.querySelector("[data-words]").textContent = words.replace("{n}", number);
  button.disabled = number === 0;
}

for (const button of document.querySelectorAll("[data-many]")) {
  document.addEventListener("change", () => count(button));
  count(button);
}
