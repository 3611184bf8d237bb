// @ts-check

/**
 * One key for what the buttons of the card in focus do: `data-key="t"`. Arrows go from card to card.
 * @param {HTMLElement} box
 */
export function listenToKeys(box) {
  const cards = /** @type {HTMLElement[]} */ ([...box.querySelectorAll("[data-keys-item]")]);
  const note = /** @type {HTMLElement | null} */ (document.querySelector("[data-keys-note]"));
  if (!cards.length) return;
  if (note) note.hidden = false;
  cards[0].focus({ preventScroll: true });
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.altKey || event.metaKey || target.closest("input, select, textarea")) return;
    const here = Math.max(0, cards.findIndex((card) => card.contains(document.activeElement)));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      cards[Math.min(cards.length - 1, Math.max(0, here + step))].focus();
      return;
    }
    if (event.key.length !== 1 || event.repeat) return;
    const button = /** @type {HTMLElement | null} */ (cards[here].querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`));
    button?.click();
  });
}

/**
 * Writes the phone's own time into a form when it is sent.
 * @param {HTMLInputElement} box
 */
export function tellClock(box) {
  box.form?.addEventListener("submit", () => { box.value = new Date().toISOString(); });
}
