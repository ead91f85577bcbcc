// Begins the facts of a decision with what the chosen ground says, as long as nobody has typed any of their own.
// The fact about this very page stays empty: only a person who has looked can know it.

export function suggestFacts(root) {
  for (const facts of root.querySelectorAll("textarea[data-suggest-other]")) {
    const form = facts.form;
    let suggested = facts.value === sentence(form, facts) ? facts.value : "";
    form.addEventListener("change", (event) => {
      if (!["measure", "ground"].includes(event.target.name)) return;
      if (facts.value.trim() && facts.value !== suggested) return;
      suggested = sentence(form, facts);
      facts.value = suggested;
      facts.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}

function sentence(form, facts) {
  const measure = form.querySelector("[name=measure]:checked")?.value;
  const ground = form.querySelector("[name=ground]:checked")?.closest("[data-entry]")?.querySelector("[data-says]");
  if (!measure || !ground) return "";
  const [against, kept] = ground.hasAttribute("data-own-rule")
    ? [facts.dataset.suggestRule, facts.dataset.suggestRuleKept]
    : [facts.dataset.suggestOther, facts.dataset.suggestNoAction];
  const pattern = measure === "no_action" ? kept : against;
  return pattern.replace("{}", ground.textContent.trim().replace(/\.$/, ""));
}
