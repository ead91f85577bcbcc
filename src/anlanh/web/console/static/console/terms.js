// Of the fields for a measure's terms (place, age, length, words) shows those that the chosen measure takes.

export function prepareTerms(root) {
  for (const box of root.querySelectorAll("[data-terms-of]")) {
    const form = box.closest("form");
    const show = () => {
      const chosen = form.querySelector(`input[name="${box.dataset.termsOf}"]:checked`);
      const taken = (chosen?.dataset.terms ?? "").split(" ");
      for (const field of box.querySelectorAll("[data-term]")) field.hidden = !taken.includes(field.dataset.term);
    };
    form.addEventListener("change", show);
    show();
  }
}
