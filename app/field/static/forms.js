// @ts-check
/** What every form does: values, drafts that are kept while typing, and errors beside their fields. */
import { part, say } from "./views/pieces.js";
import { when } from "./words.js";

const PAUSE_MS = 700;

/**
 * @typedef {Record<string, any>} Values text by name; true or false of a single box; lists of several
 * @typedef {{field: string | null, message: string}} Problem
 * @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Box
 */

/** @param {HTMLFormElement} form @returns {Box[]} */
export const boxesOf = (form) =>
  /** @type {Box[]} */ ([...form.elements].filter((one) => "name" in one && one.name && "value" in one && one.tagName !== "BUTTON"));

/** @param {HTMLFormElement} form @returns {Values} */
export function valuesOf(form) {
  /** @type {Values} */
  const found = {};
  for (const box of boxesOf(form)) {
    const { name } = box;
    if (box.type === "radio") found[name] = isOn(box) ? box.value : (found[name] ?? "");
    else if (box.dataset.many !== undefined) found[name] = [...(found[name] ?? []), ...(isOn(box) ? [box.value] : [])];
    else found[name] = box.type === "checkbox" ? isOn(box) : box.value.trim();
  }
  return found;
}

/** @param {Box} box */
const isOn = (box) => "checked" in box && box.checked;

/** @param {HTMLFormElement} form @param {Values} values */
export function fill(form, values) {
  for (const box of boxesOf(form)) {
    const value = values[box.name];
    if (value === undefined) continue;
    if (box.type === "radio") check(box, String(value ?? "") === box.value);
    else if (box.dataset.many !== undefined) check(box, (value ?? []).map(String).includes(box.value));
    else if (box.type === "checkbox") check(box, Boolean(value));
    else box.value = String(value ?? "");
  }
}

/** @param {Box} box @param {boolean} on */
function check(box, on) {
  /** @type {HTMLInputElement} */ (box).checked = on;
}

/**
 * Show what is wrong: a list at the top, and a sentence beside each field.
 * @param {HTMLFormElement} form
 * @param {Problem[]} problems
 */
export function complain(form, problems) {
  for (const box of form.querySelectorAll("[data-error]")) say(/** @type {HTMLElement} */ (box), "");
  for (const group of form.querySelectorAll(".govuk-form-group--error")) group.classList.remove("govuk-form-group--error");
  const list = part(form, "error-list");
  list.replaceChildren(...problems.map(({ field, message }) => {
    const item = document.createElement("li");
    const group = field ? groupOf(form, field) : null;
    if (!group) {
      item.textContent = message;
      return item;
    }
    group.classList.add("govuk-form-group--error");
    say(part(group, "error"), message);
    const link = document.createElement("a");
    link.href = location.hash;
    link.textContent = message;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      reveal(group);
      /** @type {HTMLElement | null} */ (group.querySelector("input:not([type=hidden]), select, textarea, button, [tabindex]"))?.focus();
    });
    item.append(link);
    return item;
  }));
  const box = part(form, "errors");
  box.hidden = !problems.length;
  if (problems.length) {
    form.querySelectorAll(".govuk-form-group--error").forEach((group) => reveal(/** @type {HTMLElement} */ (group)));
    box.focus();
  }
}

/** @param {HTMLFormElement} form @param {string} field @returns {HTMLElement | null} */
const groupOf = (form, field) => form.querySelector(`[data-field="${CSS.escape(field)}"]`);

/** @param {HTMLElement} group */
function reveal(group) {
  const folded = group.closest("details");
  if (folded) folded.open = true;
}

/**
 * Fill a form from its draft, and keep it while it is filled in.
 * @param {import("./main.js").Context} ctx
 * @param {HTMLFormElement} form
 * @param {{name: string, read?: () => Values, open?: (draft: {value: Values, photos: Blob[]}) => void,
 *   photos?: () => Blob[]}} how `open` puts a draft back; `read` gives what is to be kept
 */
export async function keepDraft({ store }, form, { name, read = () => valuesOf(form), open, photos = () => [] }) {
  const kept = await store.drafts.get(name);
  const note = part(form, "draft");
  if (kept) {
    if (open) open(kept);
    else fill(form, kept.value);
    part(note, "draft-words").textContent = `Isian yang belum disimpan (${when(kept.at, Date.now())}) dibuka lagi.`;
    note.hidden = false;
  }
  let isChanged = false;
  let isSaved = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<unknown>} */
  let writing = Promise.resolve();
  const flush = () => {
    clearTimeout(timer);
    if (isChanged) {
      isChanged = false;
      const [value, pictures] = [read(), photos()];
      writing = writing.then(() => store.drafts.put(name, value, pictures)).catch((error) => console.error(error));
    }
    return writing;
  };
  const touch = () => {
    // What comes late, as a point from the satellites does, must not make the draft of it anew.
    if (isSaved) return;
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(flush, PAUSE_MS);
  };
  const onHide = () => { if (document.hidden) void flush(); };
  form.addEventListener("input", touch);
  form.addEventListener("change", touch);
  document.addEventListener("visibilitychange", onHide);
  /** Forget the draft, once what is being written is written. */
  const drop = async () => {
    clearTimeout(timer);
    isChanged = false;
    await writing;
    await store.drafts.drop(name);
  };
  part(note, "draft-drop").addEventListener("click", async () => {
    await drop();
    dispatchEvent(new HashChangeEvent("hashchange"));
  });
  /**
   * Write what is in the form; its draft goes at the same moment.
   * @template T
   * @param {(name: string) => Promise<T>} write
   * @returns {Promise<T>}
   */
  const saved = async (write) => {
    await flush();
    isSaved = true;
    try {
      return await write(name);
    } catch (error) {
      isSaved = false;
      touch();
      throw error;
    }
  };
  const stop = () => {
    // A box that has the focus changes once more when it is taken off the page.
    for (const kind of ["input", "change"]) form.removeEventListener(kind, touch);
    document.removeEventListener("visibilitychange", onHide);
    void flush();
  };
  return { touch, drop, stop, flush, saved };
}

/**
 * Check and save when the form is sent; a second press while it saves does nothing.
 * @param {HTMLFormElement} form
 * @param {{check: () => Problem[], save: () => Promise<unknown>}} how `save` may throw with words for the person
 */
export function onSave(form, { check, save }) {
  const button = /** @type {HTMLButtonElement} */ (part(form, "save"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    const problems = check();
    complain(form, problems);
    if (problems.length) return;
    button.disabled = true;
    try {
      await save();
    } catch (error) {
      console.error(error);
      complain(form, [{ field: null, message: error instanceof Error && error.message ? error.message : "Belum tersimpan. Coba lagi." }]);
    } finally {
      button.disabled = false;
    }
  });
}
