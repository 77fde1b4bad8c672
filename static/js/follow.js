// Follows work that goes on elsewhere: the part of the page marked data-follow is fetched again until it is done.
"use strict";

const followWork = async () => {
  const part = document.querySelector("[data-follow]");
  if (!part) return;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
    if (!fresh || !fresh.hasAttribute("data-follow")) {
      location.reload();
      return;
    }
    part.replaceChildren(...fresh.childNodes);
  } catch {
    // no network for a moment: the next round tries again
  }
  setTimeout(followWork, 2000);
};
setTimeout(followWork, 2000);
