// @ts-check
import { address } from "./pure.js";
import { getPiece } from "./requests.js";

/**
 * Warns of enterprises and owners that may be the same, while a form is filled in. The form's
 * element names where to ask (`data-duplicates`) and which boxes count (`data-duplicate-fields`);
 * the answer is a page whose `[data-duplicate-hint]` replaces ours.
 * @param {HTMLFormElement} form
 */
export function watchDuplicates(form) {
  const hint = /** @type {HTMLElement | null} */ (form.querySelector("[data-duplicate-hint]"));
  const names = (form.dataset.duplicateFields ?? "").split(" ").filter(Boolean);
  if (!hint || names.length === 0) return;
  let timer = 0;
  let asking = new AbortController();
  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const typed = new FormData(form);
    const query = Object.fromEntries(names.map((name) => [name, String(typed.get(name) ?? "")]));
    const piece = await getPiece(address(form.dataset.duplicates ?? "", query), signal);
    if (piece === null || signal.aborted) return;
    const found = new DOMParser().parseFromString(piece, "text/html").querySelector("[data-duplicate-hint]");
    hint.replaceChildren(...(found ? found.childNodes : []));
  };
  form.addEventListener("change", (event) => {
    const name = /** @type {HTMLInputElement} */ (event.target).name;
    if (!names.includes(name) && !names.includes(`${name}-kode`)) return;
    clearTimeout(timer);
    timer = window.setTimeout(ask, 300);
  });
}
