// @ts-check
import { address } from "./pure.js";
import { getPiece, postPiece } from "./requests.js";

/**
 * Warns of enterprises and owners that may be the same, while a form is filled in. The form's
 * element names where to ask (`data-duplicates`) and which boxes count (`data-duplicate-fields`);
 * the box of `data-duplicate-private` is asked about by POST, because it has no place in an
 * address. The answers are pages whose `[data-duplicate-hint]` replaces ours.
 * @param {HTMLFormElement} form
 */
export function watchDuplicates(form) {
  const hint = /** @type {HTMLElement | null} */ (form.querySelector("[data-duplicate-hint]"));
  const names = (form.dataset.duplicateFields ?? "").split(" ").filter(Boolean);
  const secret = form.dataset.duplicatePrivate ?? "";
  if (!hint || names.length === 0) return;
  let timer = 0;
  let asking = new AbortController();
  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const typed = new FormData(form);
    const query = Object.fromEntries(names.map((name) => [name, String(typed.get(name) ?? "")]));
    const url = form.dataset.duplicates ?? "";
    const hidden = { [secret]: String(typed.get(secret) ?? ""), csrf_token: String(typed.get("csrf_token") ?? "") };
    const pieces = await Promise.all([
      getPiece(address(url, query), signal),
      hidden[secret] ? postPiece(url, hidden, signal) : null,
    ]);
    if (signal.aborted || pieces.every((piece) => piece === null)) return;
    hint.replaceChildren(...pieces.flatMap(hintsIn));
  };
  form.addEventListener("change", (event) => {
    const name = /** @type {HTMLInputElement} */ (event.target).name;
    if (name !== secret && !names.includes(name) && !names.includes(`${name}-kode`)) return;
    clearTimeout(timer);
    timer = window.setTimeout(ask, 300);
  });
}

/**
 * @param {string | null} piece
 * @returns {ChildNode[]}
 */
function hintsIn(piece) {
  const page = new DOMParser().parseFromString(piece ?? "", "text/html");
  return [...(page.querySelector("[data-duplicate-hint]")?.childNodes ?? [])];
}
