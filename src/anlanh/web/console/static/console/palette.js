// The palette (Ctrl-K): htmx brings the results, this moves through them.

export function preparePalette(root) {
  const palette = root.getElementById("palette");
  if (!palette) return;
  const input = palette.querySelector("input");
  const results = palette.querySelector("[data-palette-results]");

  palette.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const links = [...results.querySelectorAll("a")];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const at = links.indexOf(root.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      (at < 0 ? input : links[Math.min(at, links.length - 1)] ?? input).focus();
    } else if (event.key === "Enter" && event.target === input && links.length > 0) {
      event.preventDefault();
      links[0].click();
    }
  });

  // The commands are there before a word is typed.
  palette.addEventListener("toggle", () => {
    if (palette.open) input.select();
  });
}
