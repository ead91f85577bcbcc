// Evidence that is opened: the next closed one takes the key, sound stays off, and how long it stood open is told once
// it is closed, for the person's own count.

export function watchMedia(root) {
  const token = root.querySelector("[name=csrfmiddlewaretoken]")?.value;
  for (const box of root.querySelectorAll("details[data-seen]")) watch(box, token);
}

function watch(box, token) {
  const summary = box.querySelector("summary");
  const film = box.querySelector("video");
  let since = null;

  const begin = () => {
    if (box.open && since === null && box.ownerDocument.visibilityState === "visible") since = performance.now();
  };
  const end = () => {
    if (since === null) return;
    const seconds = Math.round((performance.now() - since) / 1000);
    since = null;
    if (seconds < 1 || !token) return;
    const form = new FormData();
    form.set("csrfmiddlewaretoken", token);
    form.set("seconds", String(Math.min(seconds, 600)));
    navigator.sendBeacon(box.dataset.seen, form);
  };

  box.addEventListener("toggle", () => {
    if (box.open) {
      delete summary.dataset.key;
      begin();
      box.querySelector(".c-sharpen input")?.focus();
    } else {
      summary.dataset.key = "v";
      film?.pause();
      end();
    }
  });
  if (film) film.muted = true;
  box.ownerDocument.addEventListener("visibilitychange", () => {
    if (box.ownerDocument.visibilityState === "visible") begin();
    else end();
  });
  window.addEventListener("pagehide", end);
}
