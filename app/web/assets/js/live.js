// @ts-check
import { address } from "./pure.js";
import { getPiece } from "./requests.js";

/** How long one must have stopped typing before is asked. */
const CALM = 400;

/**
 * Shows what a form of questions would answer while it is filled in. The form's `data-live` names
 * the place on the page, which is taken from the page that the form itself would lead to: the
 * server calculates, so that both always say the same.
 * @param {HTMLFormElement} form
 */
export function answerLive(form) {
  const id = form.dataset.live ?? "";
  const place = document.getElementById(id);
  if (!place) return;
  let timer = 0;
  let asking = new AbortController();
  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    /** @type {Record<string, string>} */
    const typed = {};
    new FormData(form).forEach((value, name) => (typed[name] = String(value)));
    place.setAttribute("aria-busy", "true");
    const piece = await getPiece(address(form.action.split("#")[0], typed), signal);
    if (signal.aborted) return;
    place.removeAttribute("aria-busy");
    const answer = new DOMParser().parseFromString(piece ?? "", "text/html").getElementById(id);
    if (answer) place.replaceChildren(...answer.childNodes);
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, CALM);
  });
}
