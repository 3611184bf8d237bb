// @ts-check
import { pointText } from "./pure.js";

/**
 * The button that asks the phone where it is.
 * @param {HTMLElement} box
 */
export function askPoint(box) {
  const button = /** @type {HTMLButtonElement | null} */ (box.querySelector("[data-point-ask]"));
  const input = box.querySelector("input");
  const note = box.querySelector("[data-point-note]");
  if (!button || !input || !note || !navigator.geolocation) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    note.textContent = "Mencari lokasi …";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        input.value = pointText(coords.latitude, coords.longitude);
        note.textContent = `Lokasi diambil, ketelitian ${Math.round(coords.accuracy)} meter.`;
      },
      () => { note.textContent = "Lokasi tidak dapat diambil. Izinkan akses lokasi, atau kosongkan."; },
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 },
    );
  });
}
