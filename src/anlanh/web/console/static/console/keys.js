// Keyboard shortcuts. A key is written on the element it works: data-key="n" clicks it, data-key-focus="d" moves there.
// "g l" is one key after the other. Single keys can be switched off in the account (WCAG 2.1.4), Ctrl-K and
// Ctrl-Enter always work. Nothing fires while someone types, or while an input method composes Vietnamese letters.

const SEQUENCE_PAUSE = 1200; // milliseconds in which the second key of "g l" counts

const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";
const USABLE = "a[href], summary, button:not(:disabled), select, textarea, input:not([type=hidden], :disabled)";

export function listenForKeys(root, { singleKeys }) {
  let first = null;
  let firstAt = 0;

  root.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      withModifier(root, event);
      return;
    }
    if (!singleKeys || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.closest(TYPING) || root.querySelector("dialog[open]")) return;

    const sequence = first && event.timeStamp - firstAt < SEQUENCE_PAUSE ? `${first} ${event.key}` : event.key;
    first = null;
    if (run(root, sequence) || (sequence !== event.key && run(root, event.key))) {
      event.preventDefault();
    } else if (beginsSequence(root, event.key)) {
      first = event.key;
      firstAt = event.timeStamp;
    }
  });

  for (const opener of root.querySelectorAll("[data-opens-dialog]")) {
    opener.addEventListener("click", () => root.getElementById(opener.dataset.opensDialog)?.showModal());
  }
}

function withModifier(root, event) {
  if (event.key === "Enter") {
    const form = event.target.closest("form");
    const button = form?.querySelector("[data-ctrl-enter]:not(:disabled)");
    if (button) {
      event.preventDefault();
      form.requestSubmit(button);
    }
  } else if (event.key.toLowerCase() === "k" && !event.shiftKey) {
    const palette = root.getElementById("palette");
    if (palette && !root.querySelector("dialog[open]")) {
      event.preventDefault();
      palette.showModal();
    }
  }
}

function run(root, key) {
  if (key === "j" || key === "k") return moveRow(root, key === "j" ? 1 : -1);
  if (key === "x") return pickRow(root);
  const clicked = visible(root.querySelectorAll(`[data-key="${CSS.escape(key)}"]:not(:disabled)`));
  if (clicked) {
    clicked.click();
    return true;
  }
  const focused = visible(root.querySelectorAll(`[data-key-focus="${CSS.escape(key)}"]`));
  if (!focused) return false;
  focused.scrollIntoView({ block: "nearest" });
  const target = focused.matches("input, textarea, button, a, [tabindex]")
    ? focused
    : focused.querySelector("input:checked:not([type=hidden]), input:not([type=hidden]), textarea, select, button");
  target?.focus();
  return Boolean(target);
}

function visible(elements) {
  return [...elements].find((element) => element.checkVisibility());
}

function beginsSequence(root, key) {
  return Boolean(root.querySelector(`[data-key^="${CSS.escape(key)} "]`));
}

// Marks the line that is moved to, for what is done with several.
function pickRow(root) {
  const pick = root.activeElement?.closest("tr")?.querySelector("[data-pick]");
  pick?.click();
  return Boolean(pick);
}

// Rows are moved through by focusing their link, so Enter opens the one that is shown as chosen, as it would anyway.
function moveRow(root, step) {
  const stops = rowStops(root);
  if (stops.length === 0) return false;
  const at = stops.indexOf(root.activeElement);
  const next = at === -1 ? (step > 0 ? 0 : stops.length - 1) : Math.min(Math.max(at + step, 0), stops.length - 1);
  stops[next].focus();
  stops[next].scrollIntoView({ block: "nearest" });
  return true;
}

// Where each row of the page's lists takes the focus: its marked link, else the first thing in it that can be used.
function rowStops(root) {
  const marked = "[data-row-link]";
  const rows = [...root.querySelectorAll("main tbody tr, main [data-row]")].filter((row) => !row.querySelector(marked));
  const first = rows.map((row) => visible(row.querySelectorAll(USABLE))).filter(Boolean);
  const stops = [...root.querySelectorAll(marked), ...first].filter((stop) => stop.checkVisibility());
  return stops.sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
}
