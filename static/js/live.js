// What goes with htmx: a failure is told, the focus is kept, a swapped part is said aloud. Loaded for who is logged in.
"use strict";

// A request that fails says so in the place of the messages; the next one that succeeds takes it away again.
function tellFailure(name) {
  const place = document.getElementById("meldingen");
  place.replaceChildren(document.getElementById(name).content.cloneNode(true));
}
document.addEventListener("htmx:responseError", () => tellFailure("mislukt"));
document.addEventListener("htmx:sendError", () => tellFailure("geen-verbinding"));
document.addEventListener("htmx:timeout", () => tellFailure("geen-verbinding"));

// htmx gives the focus back to an element with the same id. Where there is none (the button went with its row), the errors,
// or else the part itself, take it: nobody starts again at the top of the page.
let lost = "";
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  lost = detail.target.contains(document.activeElement) ? detail.target.id : "";
});
document.addEventListener("htmx:afterSettle", ({ target }) => {
  const part = lost && document.getElementById(lost);
  lost = "";
  if (part) {
    const errors = part.querySelector(".errors");
    const gone = document.activeElement === document.body || document.activeElement === null;
    const next = errors || (gone && part);
    if (next) {
      if (!next.hasAttribute("tabindex")) next.tabIndex = -1;
      next.focus({ preventScroll: !errors });
    }
  }
  // <p data-say>12 plaatsingen</p> in a swapped part: its text goes to the live region that was there all the time.
  const said = target.matches("[data-say]") ? target : target.querySelector("[data-say]");
  const region = document.getElementById("gezegd");
  if (said && region.textContent !== said.textContent) region.textContent = said.textContent;
});

// Who has chosen does not want what is still being searched to take the choice away.
document.addEventListener("change", ({ target }) => {
  const found = target.closest(".picker-found");
  if (found) htmx.trigger(document.getElementById(found.id.replace(/_found$/, "")), "htmx:abort");
});
