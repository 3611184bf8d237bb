// @ts-check
import { address } from "./pure.js";
import { getPiece, postPiece } from "./requests.js";

/** How long one must have stopped typing before is asked. */
const CALM = 500;

/**
 * Warns of enterprises and owners that may be the same, while a form is filled in. The form's
 * element names where to ask (`data-duplicates`) and which boxes count (`data-duplicate-fields`);
 * those of `data-duplicate-private` are asked about by POST, because they have no place in an
 * address. The answers are pages whose `[data-duplicate-hint]` replaces ours.
 * @param {HTMLFormElement} form
 */
export function watchDuplicates(form) {
  const hint = /** @type {HTMLElement | null} */ (form.querySelector("[data-duplicate-hint]"));
  const names = (form.dataset.duplicateFields ?? "").split(" ").filter(Boolean);
  const secrets = (form.dataset.duplicatePrivate ?? "").split(" ").filter(Boolean);
  if (!hint || names.length === 0) return;
  let timer = 0;
  let asking = new AbortController();
  let asked = "";
  const ask = async () => {
    const typed = new FormData(form);
    /** @param {string[]} fields */
    const valuesOf = (fields) => Object.fromEntries(fields.map((name) => [name, String(typed.get(name) ?? "").trim()]));
    const query = valuesOf(names);
    const hidden = valuesOf(secrets);
    const question = JSON.stringify([query, hidden]);
    if (question === asked) return;
    asked = question;
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const url = form.dataset.duplicates ?? "";
    const pieces = await Promise.all([
      getPiece(address(url, query), signal),
      Object.values(hidden).some(Boolean) ? postPiece(url, { ...hidden, csrf_token: String(typed.get("csrf_token") ?? "") }, signal) : null,
    ]);
    if (signal.aborted || pieces.every((piece) => piece === null)) return;
    hint.replaceChildren(...pieces.flatMap(hintsIn));
  };
  /** @param {Event} event */
  const notice = (event) => {
    const name = /** @type {HTMLInputElement} */ (event.target).name;
    if (!secrets.includes(name) && !names.includes(name) && !names.includes(`${name}-kode`)) return;
    clearTimeout(timer);
    timer = window.setTimeout(ask, event.type === "input" ? CALM : 0);
  };
  // While typing; `change` too, because a village is chosen from a list without typing.
  form.addEventListener("input", notice);
  form.addEventListener("change", notice);
}

/**
 * @param {string | null} piece
 * @returns {ChildNode[]}
 */
function hintsIn(piece) {
  const page = new DOMParser().parseFromString(piece ?? "", "text/html");
  return [...(page.querySelector("[data-duplicate-hint]")?.childNodes ?? [])];
}
