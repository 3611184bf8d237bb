// @ts-check
import { costOf, number, rupiah, tenths } from "./unit_cost.js";

/**
 * What a batch comes to, while it is typed. The server counts the same.
 * @param {HTMLFormElement} form
 */
export function countAlong(form) {
  const result = form.querySelector("[data-cost-result]");
  if (!result) return;
  /** @param {string} name */
  const typed = (name) => /** @type {HTMLInputElement | null} */ (form.elements.namedItem(name))?.value ?? "";
  const lines = form.querySelectorAll("[data-cost-line]").length;
  /** @param {string} part @param {string} words */
  const show = (part, words) => {
    const place = result.querySelector(`[data-cost="${part}"]`);
    if (place) place.textContent = words;
  };
  const count = () => {
    const cost = costOf({
      pieces: number(typed("pieces"), 0),
      lines: Array.from({ length: lines }, (_, n) => ({ amount: number(typed(`amount_${n}`), 3), price: number(typed(`price_${n}`), 0) })),
      others: ["labour", "energy", "pack", "other"].map((name) => number(typed(name), 0)),
      price: number(typed("price"), 0),
    });
    for (const part of ["materials", "total", "per_piece", "margin", "fifth", "third"]) {
      const value = cost && cost[/** @type {keyof typeof cost} */ (part)];
      show(part, typeof value === "bigint" ? rupiah(value) : "–");
    }
    show("share", cost?.permille === undefined ? "" : `(${tenths(cost.permille)}% dari harga)`);
    show("verdict", cost?.verdict ?? "");
  };
  form.addEventListener("input", count);
  count();
}
