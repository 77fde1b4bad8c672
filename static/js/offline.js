// <form data-keep="who it is about"> is never lost: without a connection the device keeps it and sends it later. It has a
// form_key, so that what arrives twice is one. Pages of today's talks open without a connection too (sw.js).
"use strict";

const owner = document.body.dataset.draftOwner;
const box = `kept:${owner}:`;
const words = document.getElementById("bewaard").dataset;
const patience = 10000; // milliseconds for an answer, then it counts as no connection
const pause = 5000; // milliseconds before trying again: "online" is said before it is so, or never
let again;

function keptForms() {
  const found = [];
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(box)) found.push({ key, ...JSON.parse(localStorage.getItem(key)) });
  }
  return found.sort((one, other) => one.at - other.at);
}

function tellKept(...told) {
  const place = document.getElementById("bewaard");
  const waiting = keptForms();
  const lines = waiting.map(({ who, refused, url }) => [refused ? words.refused : words.waits, who, refused && url]);
  place.replaceChildren(
    ...[...told.map((who) => [words.sent, who]), ...lines].map(([text, who, url]) => {
      const line = document.createElement("div");
      const said = document.createElement(url ? "a" : "p");
      line.className = url ? "message message-late" : "message";
      said.textContent = `${who}: ${text}`;
      if (url) said.href = url;
      line.append(said);
      return line;
    }),
  );
}

// What the server said: kept, refused (there is something to mend), away (logged out, no connection).
async function send(url, pairs, when) {
  const { "X-CSRFToken": token } = JSON.parse(document.body.getAttribute("hx-headers"));
  const headers = { "X-Sent": when, "X-CSRFToken": token };
  const answer = await fetch(url, {
    method: "POST",
    body: new URLSearchParams(pairs),
    headers,
    redirect: "manual",
    signal: AbortSignal.timeout(patience),
  });
  if (answer.status === 201) return ["kept", await answer.json()];
  return [answer.status === 422 || answer.status === 404 ? "refused" : "away", null];
}

function tryLater() {
  clearTimeout(again);
  again = setTimeout(sendKept, pause);
}

async function sendKept() {
  const sent = [];
  for (const { key, ...form } of keptForms().filter(({ refused }) => !refused)) {
    try {
      const [said] = await send(form.url, form.pairs, "later");
      if (said === "kept") {
        localStorage.removeItem(key);
        sent.push(form.who);
      } else if (said === "refused") {
        localStorage.setItem(key, JSON.stringify({ ...form, refused: true }));
      }
    } catch {
      tryLater(); // still no connection
      break;
    }
  }
  tellKept(...sent);
}

function keepForm(form, pairs) {
  const { value } = form.elements.form_key;
  const kept = { url: form.getAttribute("action") || location.href, who: form.dataset.keep, pairs, at: Date.now() };
  localStorage.setItem(box + value, JSON.stringify(kept));
  tellKept();
  tryLater();
  scrollTo(0, 0);
  form.inert = true;
}

async function submitted(event) {
  const form = event.target;
  event.preventDefault();
  const pairs = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  try {
    const [said, answer] = await send(location.href, pairs, "now");
    if (said === "kept") location.assign(answer.next);
    else form.submit(); // the page itself says what is wrong
  } catch {
    keepForm(form, pairs);
  }
}

for (const form of document.querySelectorAll("form[data-keep]")) {
  // What was refused later is mended here: its fields come back.
  const old = keptForms().find(({ refused, url }) => refused && url === location.href);
  if (old) {
    localStorage.removeItem(old.key);
    for (const [name, value] of old.pairs) {
      const field = form.elements.namedItem(name);
      if (field && field.type !== "checkbox") field.value = value;
    }
  }
  form.addEventListener("submit", submitted);
}
addEventListener("online", sendKept);
if (keptForms().length) sendKept();

// The forms of the talks on this page are fetched now, for a place without a connection.
if ("serviceWorker" in navigator && isSecureContext) {
  navigator.serviceWorker.register("/sw.js").then(async () => {
    const { active } = await navigator.serviceWorker.ready;
    const forms = [...document.querySelectorAll('a[href*="/contact/?gesprek="]')].slice(0, 12).map(({ href }) => href);
    const assets = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.includes("/static/"));
    active.postMessage({ owner, forms, assets });
  }, () => {});
  for (const button of document.querySelectorAll("[data-forget-drafts]")) {
    button.addEventListener("click", () => caches.delete("forms"));
  }
}
