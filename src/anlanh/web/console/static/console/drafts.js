// Keeps what is typed into a form with data-draft="name" until it has been accepted, in this tab only.

export function keepDrafts(root, storage) {
  for (const name of (root.querySelector("[data-drafts-done]")?.dataset.draftsDone ?? "").split(" ")) {
    storage.removeItem(key(name));
  }
  for (const form of root.querySelectorAll("form[data-draft]")) {
    restore(form, storage);
    form.addEventListener("input", () => save(form, storage));
    form.addEventListener("change", () => save(form, storage));
  }
}

const key = (name) => `anlanh-draft:${name}`;

function fields(form) {
  return [...form.elements].filter((field) => field.name && !["hidden", "file", "submit"].includes(field.type));
}

function save(form, storage) {
  const values = {};
  for (const field of fields(form)) {
    if (["radio", "checkbox"].includes(field.type)) {
      if (field.checked) values[field.name] = field.value;
    } else if (field.value) {
      values[field.name] = field.value;
    }
  }
  storage.setItem(key(form.dataset.draft), JSON.stringify(values));
}

function restore(form, storage) {
  // What the server sent back after an error is newer than the draft.
  if (form.dataset.draftFilled !== undefined) return;
  let values;
  try {
    values = JSON.parse(storage.getItem(key(form.dataset.draft)) ?? "{}");
  } catch {
    return;
  }
  for (const field of fields(form)) {
    const value = values[field.name];
    if (value === undefined) continue;
    if (["radio", "checkbox"].includes(field.type)) field.checked = field.value === value;
    else field.value = value;
  }
}
