// @ts-check
import { inRupiah, sumOf } from "./sums.js";

/**
 * Large keys for a sum, and the sum said back while it is typed.
 * @param {HTMLFormElement} form
 */
export function tapAmount(form) {
  const box = /** @type {HTMLInputElement} */ (form.elements.namedItem("amount"));
  const pad = /** @type {HTMLElement} */ (form.querySelector("[data-taps-pad]"));
  const echo = /** @type {HTMLElement} */ (form.querySelector("[data-taps-echo]"));
  const say = () => {
    const sum = sumOf(box.value);
    echo.textContent = sum ? inRupiah(sum) : "";
  };
  pad.hidden = false;
  pad.addEventListener("click", (event) => {
    const key = /** @type {HTMLElement} */ (event.target).closest("[data-digit]")?.getAttribute("data-digit");
    if (!key) return;
    const digits = box.value.replaceAll(".", "");
    const typed = key === "hapus" ? digits.slice(0, -1) : digits + key;
    box.value = /^\d+$/.test(typed) ? typed.replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, ".") : typed;
    say();
  });
  box.addEventListener("input", say);
  // With keys of a keyboard one begins at once; on a phone this would only open its own keys.
  if (matchMedia("(hover: hover)").matches) box.focus();
  say();
}
