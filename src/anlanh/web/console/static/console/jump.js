// On narrow screens the way to the decision stays at the bottom edge, until the decision itself is on the screen.

export function stickJumps(root) {
  for (const bar of root.querySelectorAll("[data-jump]")) {
    const target = root.getElementById(bar.dataset.jump);
    if (!target) continue;
    bar.dataset.sticks = "";
    const seenAbove = { rootMargin: "0px 0px -25% 0px" }; // a first line at the bottom edge is not yet the decision
    new IntersectionObserver(([seen]) => {
      bar.hidden = seen.isIntersecting;
    }, seenAbove).observe(target);
  }
}
