// @ts-check
import { pause } from "./pure.js";
import { getJson } from "./requests.js";

/**
 * Follows long work until it is over, then loads the page that shows its result.
 * The server answers {done, total, message, is_over}.
 * @param {HTMLElement} box
 */
export function followProgress(box) {
  const bar = box.querySelector("progress");
  const counted = /** @type {HTMLElement | null} */ (box.querySelector("[data-progress-counted]"));
  let tries = 0;
  /** @param {string} name @param {unknown} value */
  const write = (name, value) => {
    const place = box.querySelector(`[data-progress-${name}]`);
    if (place) place.textContent = typeof value === "number" ? value.toLocaleString("id-ID") : String(value ?? "");
  };
  const ask = async () => {
    const state = await getJson(box.dataset.progress ?? "");
    if (state?.is_over) { location.reload(); return; }
    if (state && bar) {
      bar.max = state.total || 1;
      bar.value = state.done;
      write("done", state.done);
      write("total", state.total);
      write("message", state.message);
      // As long as nobody knows how much there is to do, "0 of 0" says nothing.
      if (counted) counted.hidden = !state.total;
    }
    tries += 1;
    setTimeout(ask, pause(tries));
  };
  setTimeout(ask, pause(0));
}
