// @ts-check
import { inRupiah, sumOf } from "./sums.js";

/**
 * A paper month by the keyboard alone: Enter goes on like Tab, a new row comes behind the last one.
 * @param {HTMLFormElement} form
 */
export function typePaper(form) {
  const rows = /** @type {HTMLElement} */ (form.querySelector("[data-paper-rows]"));
  const most = 150;
  const note = /** @type {HTMLElement | null} */ (form.querySelector("[data-paper-note]"));
  if (note) note.hidden = false;

  const boxes = () => /** @type {HTMLInputElement[]} */ ([...rows.querySelectorAll("input.pulih-paper__box")]);
  const total = () => {
    const sums = /** @type {HTMLInputElement[]} */ ([...rows.querySelectorAll("[name^='jumlah_']")]).map((box) => sumOf(box.value)).filter((sum) => sum);
    const place = /** @type {HTMLElement} */ (form.querySelector("[data-paper-sum]"));
    place.textContent = sums.length ? `${sums.length} baris, jumlah ${inRupiah(sums.reduce((a, b) => (a ?? 0) + (b ?? 0), 0) ?? 0)}` : "";
  };
  const addRow = () => {
    const last = /** @type {HTMLElement} */ (rows.lastElementChild);
    const number = rows.children.length + 1;
    if (number > most) return;
    const row = /** @type {HTMLElement} */ (last.cloneNode(true));
    row.querySelectorAll(".pulih-paper__problem").forEach((words) => words.remove());
    row.querySelectorAll("input").forEach((box) => {
      const name = box.name.replace(/\d+$/, String(number));
      Object.assign(box, { name, id: name, checked: false });
      if (box.type !== "checkbox") box.value = "";
      box.classList.remove("govuk-input--error");
      box.removeAttribute("aria-invalid");
      box.removeAttribute("aria-describedby");
      box.setAttribute("aria-label", (box.getAttribute("aria-label") ?? "").replace(/\d+$/, String(number)));
    });
    /** @type {HTMLElement} */ (row.firstElementChild).textContent = String(number);
    rows.append(row);
  };

  form.addEventListener("keydown", (event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    if (event.key !== "Enter" || !rows.contains(box)) return;
    event.preventDefault();
    if (event.ctrlKey) {
      form.requestSubmit();
      return;
    }
    const row = /** @type {HTMLElement} */ (box.closest("tr"));
    if (box.type === "checkbox" || box.name.startsWith("catatan_")) {
      if (row === rows.lastElementChild) addRow();
      const next = row.nextElementSibling?.querySelector("input");
      if (next) next.focus();
      return;
    }
    const all = boxes();
    all[all.indexOf(box) + 1]?.focus();
  });
  // Not on arriving there: who walks by Tab to the button below must get past the last row.
  rows.addEventListener("input", (event) => {
    if (/** @type {HTMLElement} */ (event.target).closest("tr") === rows.lastElementChild) addRow();
    total();
  });
  total();
  // The list of problems comes first where there is one.
  const month = form.querySelector("select");
  if (month && !document.querySelector("[data-focus-first]") && matchMedia("(hover: hover)").matches) month.focus();
}
