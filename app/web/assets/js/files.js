// @ts-check
/**
 * Tell a file box that it is empty, so that the browser's "no file chosen" can be hidden.
 * @param {HTMLInputElement} input
 */
export function tellEmpty(input) {
  const tell = () => input.toggleAttribute("data-empty", !input.files?.length);
  input.addEventListener("change", tell);
  tell();
}
