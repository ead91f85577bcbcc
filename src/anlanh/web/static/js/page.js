// Small comforts for every page. Nothing depends on them: each page works with scripts switched off.

import { keepTimesLive } from "./live.js";

const SENDING_TAKES = 3_000;

// The error summary takes the focus, so that a screen reader starts with what went wrong.
document.querySelector("[data-focus]")?.focus();

// A second click while the first is on its way sends nothing; the server guards against it as well.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  if (form.method === "post" && !form.hasAttribute("hx-post")) {
    form.dataset.sending = "yes";
    // An answer that is a download, or the back button, leaves the page standing: it can then be sent again.
    setTimeout(() => delete form.dataset.sending, SENDING_TAKES);
  }
});

// Copy buttons: <button data-copy="#id-of-the-text" data-copied="Copied" hidden>; shown only where copying works.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
    (button.querySelector("span") ?? button).textContent = button.dataset.copied;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// An open menu closes with Escape and with a click elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

keepTimesLive();
