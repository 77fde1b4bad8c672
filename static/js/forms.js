// Forms: a second click does nothing, and a long text survives a lost connection.
"use strict";

// The server refuses a double deed as well; this keeps the second click from looking like an error.
const sending = "data-sending";
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method.toLowerCase() !== "post") return;
  if (form.hasAttribute(sending)) event.preventDefault();
  form.setAttribute(sending, "");
});
// Back in the browser's history shows the page as it was left: then sending is possible again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll(`[${sending}]`)) form.removeAttribute(sending);
});

// <textarea data-draft="key"> keeps what is typed on this device for a day. A sent text goes at the next page, unless that
// page shows errors or the reader came back: a connection lost while sending must not lose the text.
const keep = 24 * 60 * 60 * 1000;
const prefix = "draft:";

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
    if (key.startsWith(prefix) && test(key)) localStorage.removeItem(key);
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
  const key = `${prefix}${location.pathname}:${field.dataset.draft}`;
  const draft = read(key);
  const save = (sent) => {
    const at = Date.now();
    localStorage.setItem(key, JSON.stringify({ text: field.value, at, sent }));
    return at;
  };
  if (draft && !field.value) {
    field.value = draft.text;
    tell(field, draft.at);
  }
  field.addEventListener("input", () => tell(field, save(false)));
  field.form.addEventListener("submit", () => save(true));
}

try {
  const returned = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const failed = document.querySelector(".errors") !== null;
  forget((key) => !read(key) || (read(key).sent && !returned && !failed));
  for (const field of document.querySelectorAll("textarea[data-draft]")) follow(field);
  for (const button of document.querySelectorAll("[data-forget-drafts]")) {
    button.addEventListener("click", () => forget(() => true));
  }
} catch {
  // The device keeps nothing (private window, full storage): the form works as before.
}
