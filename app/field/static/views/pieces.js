// @ts-check
/** Small steps that every view takes. */

/** A copy of a template of the shell. @param {string} id @returns {DocumentFragment} */
export function piece(id) {
  const found = document.getElementById(id);
  if (!(found instanceof HTMLTemplateElement)) throw new Error(`no template ${id}`);
  return /** @type {DocumentFragment} */ (found.content.cloneNode(true));
}

/** One part of a view. @template {HTMLElement} [T=HTMLElement] @param {ParentNode} root @param {string} name @returns {T} */
export function part(root, name) {
  const found = root.querySelector(`[data-${name}]`);
  if (!found) throw new Error(`no part ${name}`);
  return /** @type {T} */ (found);
}

/** Put a template into the place of a view. @param {HTMLElement} root @param {string} id */
export function draw(root, id) {
  root.replaceChildren(piece(id));
}

/** Show words, or hide their box when there are none. @param {HTMLElement} box @param {string} words */
export function say(box, words) {
  box.textContent = words;
  box.hidden = !words;
}

/** @param {ParentNode} root @param {string} name @param {() => unknown} act */
export function onClick(root, name, act) {
  part(root, name).addEventListener("click", (event) => { event.preventDefault(); act(); });
}
