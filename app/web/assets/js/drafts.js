// @ts-check
import { isUseful } from "./pure.js";

const PREFIX = "pulih-draf:";
/** Never kept on the device: secrets, and numbers that name a person. */
const NEVER = /token|sandi|password|nik|npwp|kk$|phone|telepon/i;

/**
 * @param {HTMLFormElement} form
 * @returns {import("./pure.js").Entry[]}
 */
function entriesOf(form) {
  return [...form.elements]
    .filter((one) => one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement)
    .filter((one) => one.name && !NEVER.test(one.name) && !["hidden", "file", "password", "submit"].includes(one.type))
    .map((one) => one instanceof HTMLInputElement && (one.type === "radio" || one.type === "checkbox")
      ? { name: one.name, value: one.value, checked: one.checked }
      : { name: one.name, value: one.value });
}

/**
 * @param {HTMLFormElement} form
 * @param {import("./pure.js").Entry[]} entries
 */
function fill(form, entries) {
  for (const entry of entries) {
    for (const one of form.querySelectorAll(`[name="${CSS.escape(entry.name)}"]`)) {
      if (one instanceof HTMLInputElement && entry.checked !== undefined) {
        if (one.value === entry.value) one.checked = entry.checked;
      } else if (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement) {
        one.value = entry.value;
      }
    }
  }
}

/**
 * Keeps what is typed into a long form (`data-draft="name"`) for the day the browser is closed or
 * the signal gone, and offers it back. Sending marks it; the page that says it was saved drops it.
 * @param {HTMLFormElement} form
 */
export function keepDraft(form) {
  const key = PREFIX + form.dataset.draft;
  const offer = /** @type {HTMLElement | null} */ (form.querySelector("[data-draft-offer]"));
  try {
    const saved = JSON.parse(localStorage.getItem(key) ?? "null");
    const useful = isUseful(saved, entriesOf(form), Date.now());
    if (useful && offer) {
      offer.hidden = false;
      offer.querySelector("button")?.addEventListener("click", () => { fill(form, saved.entries); offer.hidden = true; });
    } else if (!useful) localStorage.removeItem(key);
    let timer = 0;
    /** @param {boolean} isSent */
    const save = (isSent) => localStorage.setItem(key, JSON.stringify({ at: Date.now(), entries: entriesOf(form), isSent }));
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(save, 400, false);
    });
    form.addEventListener("submit", () => { clearTimeout(timer); save(true); });
  } catch {
    // A browser that keeps nothing still sends the form.
  }
}

/**
 * Drops drafts: those that were sent, once the server says so; all of them when somebody logs out,
 * so that the next person finds nothing.
 * @param {boolean} all
 */
export function dropDrafts(all) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(PREFIX)) continue;
      if (all || JSON.parse(localStorage.getItem(key) ?? "null")?.isSent) localStorage.removeItem(key);
    }
  } catch {
    // Nothing was kept.
  }
}
