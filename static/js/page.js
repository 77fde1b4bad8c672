// Makes pages quicker, never possible: everything here also works without it.
"use strict";

// A menu closes on Escape and on a click beside it.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// The box above a column of boxes chooses all of them; without script it is hidden. Also in a part that htmx brought.
function showChosen() {
  for (const all of document.querySelectorAll("[data-choose-all]")) {
    const boxes = [...all.form.querySelectorAll('[name="sel"]')];
    const chosen = boxes.filter((box) => box.checked).length;
    all.hidden = false;
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    const whole = all.form.querySelector('[name="alles"]:checked'); // the whole list, also its other pages
    for (const count of document.querySelectorAll("[data-chosen]")) count.textContent = whole ? whole.dataset.count : chosen;
  }
}
document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-choose-all]")) {
    for (const box of target.form.querySelectorAll('[name="sel"]')) box.checked = target.checked;
  }
  if (target.matches('[data-choose-all], [name="sel"], [name="alles"]')) showChosen();
});
document.addEventListener("htmx:load", showChosen);
showChosen();
