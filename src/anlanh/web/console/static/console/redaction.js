// Black places drawn on a page. The lines of numbers beside it are the form; what is drawn is written there, and what is
// typed there is drawn here, so the page works the same without scripts.

const SIDES = ["left", "top", "width", "height"];
const SMALLEST = 0.4; // percent; a mere click draws nothing
const STEP = 0.5;

export function prepareRedaction(root) {
  const form = root.querySelector("[data-redact]");
  if (!form) return;
  const sheet = form.querySelector("[data-redact-sheet]:not([data-shown])");
  if (sheet) new Drawing(form, sheet);
  offerSelection(form);
}

class Drawing {
  constructor(form, sheet) {
    this.sheet = sheet;
    this.list = form.querySelector("[data-redact-rows]");
    this.page = sheet.dataset.page;
    this.blank = this.list.lastElementChild.cloneNode(true);
    form.querySelector("[data-redact-help]").hidden = false;
    this.prepareToggle(form.querySelector("[data-redact-draw]"));
    sheet.addEventListener("pointerdown", (event) => this.begin(event));
    this.list.addEventListener("input", () => this.show());
    this.show();
  }

  prepareToggle(toggle) {
    toggle.hidden = false;
    this.sheet.toggleAttribute("data-drawing", true);
    toggle.addEventListener("click", () => {
      const drawing = this.sheet.toggleAttribute("data-drawing");
      toggle.setAttribute("aria-pressed", String(drawing));
    });
  }

  begin(event) {
    if (!this.sheet.hasAttribute("data-drawing") || event.button !== 0 || event.target.closest(".c-redact-place")) return;
    event.preventDefault();
    const from = this.point(event);
    const box = document.createElement("div");
    box.className = "c-redact-place";
    this.sheet.append(box);
    this.sheet.setPointerCapture(event.pointerId);
    let drawn = null;
    const move = (moved) => {
      drawn = between(from, this.point(moved));
      lay(box, drawn);
    };
    const end = (ended) => {
      this.sheet.removeEventListener("pointermove", move);
      this.sheet.removeEventListener("pointerup", end);
      this.sheet.removeEventListener("pointercancel", end);
      box.remove();
      if (ended.type === "pointerup" && drawn && drawn.width >= SMALLEST && drawn.height >= SMALLEST) this.add(drawn);
    };
    this.sheet.addEventListener("pointermove", move);
    this.sheet.addEventListener("pointerup", end);
    this.sheet.addEventListener("pointercancel", end);
  }

  // Where on the page, in percent.
  point(event) {
    const room = this.sheet.querySelector("img").getBoundingClientRect();
    const share = (at, start, length) => Math.min(100, Math.max(0, ((at - start) / length) * 100));
    return { x: share(event.clientX, room.left, room.width), y: share(event.clientY, room.top, room.height) };
  }

  add(place) {
    let row = [...this.list.children].find((each) => SIDES.every((side) => !field(each, side).value.trim()));
    if (!row) {
      row = this.blank.cloneNode(true);
      this.list.append(row);
    }
    field(row, "page").value = this.page;
    write(row, place);
    this.show();
  }

  show(focused = null) {
    for (const old of this.sheet.querySelectorAll(".c-redact-place")) old.remove();
    [...this.list.children].forEach((row, at) => {
      const place = read(row);
      if (!place || field(row, "page").value.trim() !== this.page) return;
      const box = document.createElement("button");
      box.type = "button";
      box.className = "c-redact-place";
      box.setAttribute("aria-label", `${this.sheet.dataset.placeLabel} ${at + 1}`);
      lay(box, place);
      box.addEventListener("keydown", (event) => this.key(event, row));
      this.sheet.append(box);
      if (row === focused) box.focus();
    });
  }

  key(event, row) {
    const place = read(row);
    const [dx, dy] = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key] ?? [0, 0];
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      for (const side of SIDES) field(row, side).value = "";
      this.show();
    } else if (dx || dy) {
      event.preventDefault();
      if (event.shiftKey) {
        place.width = Math.min(100 - place.left, Math.max(STEP, place.width + dx));
        place.height = Math.min(100 - place.top, Math.max(STEP, place.height + dy));
      } else {
        place.left = Math.min(100 - place.width, Math.max(0, place.left + dx));
        place.top = Math.min(100 - place.height, Math.max(0, place.top + dy));
      }
      write(row, place);
      this.show(row);
    }
  }
}

const field = (row, name) => row.querySelector(`[name="${name}"]`);

function read(row) {
  const numbers = SIDES.map((side) => Number.parseFloat(field(row, side).value.replace(",", ".")));
  if (numbers.some(Number.isNaN)) return null;
  return Object.fromEntries(SIDES.map((side, at) => [side, numbers[at]]));
}

function write(row, place) {
  for (const side of SIDES) field(row, side).value = String(Math.round(place[side] * 100) / 100).replace(".", ",");
}

function between(a, b) {
  return { left: Math.min(a.x, b.x), top: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

function lay(box, place) {
  for (const side of SIDES) box.style[side] = `${place[side]}%`;
}

// In a text: what is selected joins the words that go.
function offerSelection(form) {
  const offer = form.querySelector("[data-redact-selection]");
  if (!offer) return;
  const words = form.querySelector("[data-redact-words]");
  const text = form.querySelector(".c-redact-text");
  let selected = "";
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (selection.isCollapsed || !text.contains(selection.anchorNode)) return;
    selected = selection.toString();
  });
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", () => {
    const lines = selected.split("\n").map((line) => line.trim()).filter(Boolean);
    if (!lines.length) return;
    words.value = [...words.value.split("\n").filter((line) => line.trim()), ...lines].join("\n");
    selected = "";
  });
}
