// Forms: a second click does nothing, and a long text survives a lost connection.
"use strict";

// The server refuses a double deed as well; this keeps the second click from looking like an error. In the capture phase,
// so that a second click does not reach htmx either, which would send it after the first.
const sending = "data-sending";
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method.toLowerCase() !== "post") return;
    if (form.hasAttribute(sending)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    form.setAttribute(sending, "");
  },
  true,
);
// A form that stayed on the page after its answer (errors, no connection) can be sent again.
document.addEventListener("htmx:afterRequest", ({ detail }) => detail.elt.closest("form")?.removeAttribute(sending));
// Back in the browser's history shows the page as it was left: then sending is possible again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll(`[${sending}]`)) form.removeAttribute(sending);
});

// A textarea or an input with data-draft="key" keeps what is typed on this device for a day, for this person only. A sent text
// goes when its answer comes. It stays when the page shows errors, when the reader came back, when another page came (the session
// had ended) or none at all: a connection lost while sending must not lose the text.
const keep = 24 * 60 * 60 * 1000;
const mine = `draft:${document.body.dataset.draftOwner}:`;

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    return draft && Date.now() - draft.at < keep ? draft : null;
  } catch {
    return null;
  }
}

function forget(test) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("draft:") && test(key)) localStorage.removeItem(key);
  }
}

function tell(field, at) {
  let note = document.getElementById(`${field.id}-draft`);
  if (!note) {
    note = document.createElement("p");
    note.id = `${field.id}-draft`;
    note.className = "xsmall muted mt-1 mb-0";
    field.after(note);
  }
  const time = new Date(at).toTimeString().slice(0, 5).replace(":", ".");
  note.textContent = `${document.body.dataset.draftWord} ${time}`;
}

function follow(field) {
  const key = `${mine}${location.pathname}:${field.dataset.draft}:${field.name}`;
  const draft = read(key);
  const save = (sent) => {
    const at = Date.now();
    localStorage.setItem(key, JSON.stringify({ text: field.value, at, sent }));
    return at;
  };
  if (draft && !field.value) {
    field.value = draft.text;
    tell(field, draft.at);
    save(false);
  }
  field.dataset.followed = "";
  field.addEventListener("input", () => tell(field, save(false)));
  field.form.addEventListener("submit", () => save(true));
  field.form.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful || save(false));
}

function followAll(place) {
  for (const field of place.querySelectorAll(":is(textarea, input)[data-draft]:not([data-followed])")) follow(field);
}

try {
  if (document.body.dataset.draftOwner) {
    const returned = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    const failed = document.querySelector(".errors") !== null;
    const answered = document.referrer && !returned && !failed ? `${mine}${new URL(document.referrer).pathname}:` : null;
    forget((key) => !key.startsWith(mine) || !read(key) || (read(key).sent && answered && key.startsWith(answered)));
    followAll(document);
    // A part that htmx brought is an answer too.
    document.addEventListener("htmx:load", ({ detail }) => {
      if (detail.elt === document.body) return;
      if (!document.querySelector(".errors")) forget((key) => read(key)?.sent && key.startsWith(`${mine}${location.pathname}:`));
      followAll(detail.elt);
    });
    for (const button of document.querySelectorAll("[data-forget-drafts]")) {
      button.addEventListener("click", () => forget(() => true));
    }
  }
} catch {
  // The device keeps nothing (private window, full storage): the form works as before.
}
