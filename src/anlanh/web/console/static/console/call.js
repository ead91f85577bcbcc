// On the screen for a call shows the questions of the chosen kind only; without scripts all of them stand there.

export function showAsked(root) {
  const form = root.querySelector("form[data-call]");
  if (!form) return;
  const show = () => {
    for (const part of form.querySelectorAll(".c-call-asked")) part.hidden = part.dataset.of !== form.elements.category.value;
  };
  form.elements.category.addEventListener("change", show);
  show();
  form.elements.text.focus();
}
