// Counts the seconds down in which a decision can be taken back; then the bar goes, since the button would do nothing.

export function countDown(root) {
  for (const bar of root.querySelectorAll("[data-undo-until]")) {
    const until = Date.parse(bar.dataset.undoUntil);
    const left = bar.querySelector("[data-undo-left]");
    const tick = () => {
      const seconds = Math.ceil((until - Date.now()) / 1000);
      if (seconds > 0) {
        left.textContent = seconds;
        return;
      }
      clearInterval(timer);
      bar.remove();
    };
    const timer = setInterval(tick, 1000);
    tick();
  }
}
