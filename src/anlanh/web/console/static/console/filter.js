// Narrows a list by typed words, with Vietnamese marks left aside: "lua dao" finds "lừa đảo".

const fold = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[đĐð]/gu, "d").toLowerCase();

export function prepareFilters(root) {
  for (const input of root.querySelectorAll("[data-filters]:not([data-ready])")) {
    const list = document.getElementById(input.dataset.filters);
    if (!list) continue;
    input.dataset.ready = "";
    input.closest("[hidden]")?.removeAttribute("hidden");
    const entries = [...list.querySelectorAll("[data-entry]")].map((element) => [element, fold(element.textContent)]);
    input.addEventListener("input", () => narrow(list, entries, fold(input.value).split(/\s+/)));
    // Enter in the filter must not send the form; it chooses what is found first.
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const found = entries.find(([element]) => !element.hidden)?.[0].querySelector("input");
      found?.click();
      (firstEmpty(input.dataset.then) ?? found)?.focus();
    });
  }
}

// Where one goes on writing after the choice: ids, of which the first that is still empty takes the focus.
function firstEmpty(ids = "") {
  return ids.split(" ").map((id) => id && document.getElementById(id)).find((field) => field && !field.value);
}

function narrow(list, entries, words) {
  let found = 0;
  for (const [element, text] of entries) {
    const chosen = element.querySelector("input:checked");
    element.hidden = !chosen && !words.every((word) => text.includes(word));
    found += element.hidden ? 0 : 1;
  }
  for (const group of list.querySelectorAll("[data-group]")) {
    group.hidden = !group.querySelector("[data-entry]:not([hidden])");
  }
  const none = list.querySelector("[data-none]");
  if (none) none.hidden = found > 0;
}
