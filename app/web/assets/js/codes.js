// @ts-check
/**
 * The code of a link stands behind its `#`, which no server sees: it goes into the form, and out of
 * the address, so that neither the history nor a shared screen keeps it.
 * @param {HTMLFormElement} form
 */
export function takeCode(form) {
  const input = form.querySelector("input[name=code]");
  const code = decodeURIComponent(location.hash.slice(1));
  if (!(input instanceof HTMLInputElement) || !code) return;
  history.replaceState(null, "", location.pathname);
  input.value = code;
  form.requestSubmit();
}

/**
 * Arrows lead from box to box, so that many rows are ticked without walking through their fields.
 * @param {HTMLElement} list
 */
export function moveByArrows(list) {
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const boxes = [...list.querySelectorAll("input[type=checkbox][name$=-chosen]")];
    const place = boxes.indexOf(/** @type {HTMLElement} */ (event.target));
    if (!step || place < 0) return;
    event.preventDefault();
    /** @type {HTMLElement | undefined} */ (boxes[place + step])?.focus();
  });
}
