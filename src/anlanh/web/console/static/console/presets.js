// A preset fills in the decision and leaves the cursor where the one fact about this very page is typed.

export function fillInPresets(root) {
  for (const link of root.querySelectorAll("[data-preset]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const form = link.closest("form");
      for (const [name, value] of Object.entries(JSON.parse(link.dataset.preset))) fill(form, name, value);
      const fact = form.elements.namedItem("subject_fact");
      fact.scrollIntoView({ block: "center" });
      fact.focus();
    });
  }
}

function fill(form, name, value) {
  const radio = form.querySelector(`input[type=radio][name="${name}"][value="${CSS.escape(value)}"]`);
  const field = radio ?? form.elements.namedItem(name);
  if (radio) radio.checked = true;
  else field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}
