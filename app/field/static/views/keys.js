// @ts-check
/** A sum of money by large keys, and its day. */
import { amountOf, lineProblems, oddWords, pressed, rupiah } from "../cash.js";
import { dayHere, part, untilToday, valuesOf } from "../shared.js";

/** @typedef {Record<string, any>} Card */

/** Keys that type into the box of the amount, and the day; gives what shows them. @param {HTMLFormElement} form */
export function keysIn(form) {
  const box = /** @type {HTMLInputElement} */ (form.elements.namedItem("amount"));
  const show = () => {
    const amount = amountOf(box.value);
    part(form, "sum").textContent = amount === null ? "Rp\u00a00" : rupiah(amount);
    part(form, "other-day").hidden = valuesOf(form).when !== "lain";
  };
  for (const key of /** @type {NodeListOf<HTMLButtonElement>} */ (form.querySelectorAll("[data-press]"))) {
    key.addEventListener("click", () => typed(box, pressed(box.value, key.dataset.press ?? "")));
  }
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  untilToday(form, ["on"]);
  return show;
}

/** Put text into a box as if it had been typed. @param {HTMLInputElement} box @param {string} text */
export function typed(box, text) {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * A check of the form: what is doubtful is asked back once, and kept when it is said again.
 * @param {HTMLFormElement} form @param {number} least @param {(said: Card) => string} [doubt] the question, "" for none
 */
export function askedBack(form, least, doubt = oddWords) {
  let asked = "";
  return () => {
    const said = valuesOf(form);
    const found = lineProblems(said, dayHere(), { least });
    const question = found.length ? "" : doubt(said);
    if (!question || question === asked) return found;
    asked = question;
    return [{ field: "amount", message: question }];
  };
}
