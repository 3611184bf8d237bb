// @ts-check
/** The place of a form where photos are taken, seen and thrown away. */
import { shrink, thumbnail } from "../photos.js";
import { part, piece, say } from "./pieces.js";

/**
 * @param {HTMLFormElement} form
 * @param {Blob[]} photos those taken so far; it is changed
 * @param {{most: number, changed: () => void}} how
 * @returns {() => Promise<void>} waits for photos that are still being made smaller
 */
export function photosIn(form, photos, { most, changed }) {
  const file = /** @type {HTMLInputElement} */ (part(form, "photos"));
  const group = /** @type {HTMLElement} */ (form.querySelector("[data-field=photos]"));
  let taking = Promise.resolve();
  const show = () => {
    part(form, "taken").replaceChildren(...photos.map((photo, at) => {
      const row = piece("lap-visit-photo");
      const picture = part(row, "picture");
      thumbnail(photo).then((canvas) => picture.append(canvas), () => { picture.textContent = `Foto ${at + 1}`; });
      const button = part(row, "drop");
      button.setAttribute("aria-label", `Hapus foto ${at + 1}`);
      button.addEventListener("click", () => { photos.splice(at, 1); show(); changed(); });
      return row;
    }));
  };
  const take = async (/** @type {File[]} */ chosen) => {
    const wrong = photos.length + chosen.length > most ? [`Paling banyak ${most} foto.`] : [];
    for (const one of chosen.slice(0, most - photos.length)) {
      try {
        photos.push(await shrink(one));
      } catch (error) {
        wrong.push(error instanceof Error ? error.message : "Foto ini tidak dapat dipakai.");
      }
    }
    say(part(group, "error"), wrong.join(" "));
    group.classList.toggle("govuk-form-group--error", wrong.length > 0);
    show();
    changed();
  };
  file.addEventListener("change", () => {
    const chosen = [...(file.files ?? [])];
    file.value = "";
    taking = taking.then(() => take(chosen));
  });
  show();
  return () => taking;
}
