// Follows work that goes on elsewhere: the part of the page marked data-follow is fetched again until it is done.
"use strict";

const follow = async () => {
  const part = document.querySelector("[data-follow]");
  if (!part) return;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
    if (!fresh || !fresh.hasAttribute("data-follow")) return location.reload();
    part.replaceChildren(...fresh.childNodes);
  } catch {
    // no network for a moment: the next round tries again
  }
  setTimeout(follow, 2000);
};
setTimeout(follow, 2000);
