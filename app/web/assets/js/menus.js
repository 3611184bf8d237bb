// @ts-check

/**
 * An open group of the menu closes when one goes elsewhere, or presses Escape.
 * @param {HTMLDetailsElement} group
 */
export function closeElsewhere(group) {
  document.addEventListener("click", (event) => {
    if (!group.contains(/** @type {Node} */ (event.target))) group.open = false;
  });
  group.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !group.open) return;
    group.open = false;
    group.querySelector("summary")?.focus();
  });
}
