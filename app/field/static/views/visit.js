// @ts-check
/** The report of a visit: a usual one takes a few taps, because what is usual stands there already. */
import { addDays } from "../days.js";
import { fill, keepDraft, onSave, valuesOf } from "../forms.js";
import { pointOf, textOf, wholeOf } from "../numbers.js";
import { dayHere, instantHere } from "../outbox.js";
import { MET, NOT_MET, dueAfterVisit, latestAfterVisit } from "../protocol.js";
import { visitProblems } from "../visit_checks.js";
import { clock, day } from "../words.js";
import { photosIn } from "./photo_box.js";
import { draw, onClick, part, piece, say } from "./pieces.js";
import { backTo, cardOrSay, goSaying, placeIn, savedWords, untilToday } from "./screens.js";

/** @typedef {Record<string, any>} Card */
/** @typedef {{ctx: import("../main.js").Context, form: HTMLFormElement, card: Card, rules: any, photos: Blob[]}} Visit */

const PROMISE_DAYS = 14;
const MOST_MINUTES = 600;
const MOST_PHOTOS = 6;

/** @param {import("../main.js").Context} ctx */
export async function view(ctx) {
  const [id] = ctx.params;
  const [card, reference] = await Promise.all([cardOrSay(ctx, id), ctx.store.reference()]);
  if (!card) return undefined;
  draw(ctx.root, "lap-visit");
  backTo(ctx.root, id);
  part(ctx.root, "name").textContent = [card.name, card.owner?.name].filter(Boolean).join(" · ");
  const form = /** @type {HTMLFormElement} */ (part(ctx.root, "form"));
  /** @type {Visit} */
  const visit = { ctx, form, card, rules: reference?.rules, photos: [] };
  questions(visit);
  addPromise(visit);
  fill(form, usual(card));
  const name = `kunjungan:${id}`;
  const draft = await keepDraft(ctx, form, {
    name,
    open: ({ value, photos }) => {
      while (`promise_text_${form.querySelectorAll(".lap-new-promise").length}` in value && addPromise(visit));
      fill(form, value);
      visit.photos.push(...photos);
    },
    photos: () => visit.photos,
  });
  const refresh = () => arrange(visit);
  form.addEventListener("change", refresh);
  refresh();
  onClick(ctx.root, "add-promise", () => {
    if (addPromise(visit)) /** @type {HTMLElement} */ (form.querySelector(".lap-new-promise:last-child input"))?.focus();
  });
  const taken = photosIn(form, visit.photos, { most: MOST_PHOTOS, changed: draft.touch });
  placeIn(form, draft.touch, { atOnce: true });
  untilToday(form, ["visited_on"]);
  onSave(form, {
    check: () => problemsOf(visit),
    save: async () => {
      // A photo that is still being made smaller belongs to it.
      await taken();
      const op = await draft.saved((kept) => ctx.store.queue(told(visit), visit.photos, kept));
      goSaying(ctx, `#/usaha/${id}`, savedWords(op));
    },
  });
  return draft.stop;
}

/** What a visit usually is. @param {Card} card */
const usual = (card) => ({
  visited_on: dayHere(),
  visited_time: clock(Date.now()).replace(".", ":"),
  met_with: card.owner?.name ? `${card.owner.name} (pemilik)` : "",
});

/** Give the names in a copied piece an ending of their own. @param {DocumentFragment} copy @param {string} from @param {string} to */
function renamed(copy, from, to) {
  for (const one of copy.querySelectorAll("*")) {
    for (const { name, value } of [...one.attributes]) {
      if (["name", "id", "for", "data-field", "aria-describedby"].includes(name)) one.setAttribute(name, value.replaceAll(from, to));
    }
  }
  return copy;
}

/** One question for each open promise and each practice that was taught. @param {Visit} visit */
function questions({ form, card }) {
  const ask = (/** @type {string} */ id, /** @type {string} */ from, /** @type {string} */ to, /** @type {string} */ words) => {
    const copy = renamed(piece(id), from, to);
    const legend = copy.querySelector("legend");
    if (legend) legend.textContent = words;
    return copy;
  };
  part(form, "promises").append(...(card.promises ?? []).filter((/** @type {Card} */ one) => !one.is_waiting).map((/** @type {Card} */ one) =>
    ask("lap-visit-promise", "janji", `janji_${one.id}`, `Janji: ${one.text} (sampai ${day(one.due_on)}${one.said_done_on ? `. Kata pemilik: sudah, ${day(one.said_done_on)}` : ""})`)));
  part(form, "practices").append(...(card.practices ?? []).filter((/** @type {Card} */ one) => !one.from_on || one.from_on <= dayHere()).map((/** @type {Card} */ one) =>
    ask("lap-visit-practice", "praktik", `praktik_${one.session_id}`, `Sudah diterapkan? ${one.practice}`)));
}

/** One more line for a promise; false when there are as many as may be. @param {Visit} visit */
function addPromise(visit) {
  const { form, rules } = visit;
  const slot = form.querySelectorAll(".lap-new-promise").length;
  if (slot >= (rules?.visit.max_promises ?? 5)) return false;
  const copy = renamed(renamed(piece("lap-visit-new-promise"), "promise_text", `promise_text_${slot}`), "promise_due", `promise_due_${slot}`);
  const [words, due] = /** @type {HTMLInputElement[]} */ ([...copy.querySelectorAll("input")]);
  const suggestDay = () => {
    if (words.value && !due.value) due.value = addDays(dayHere(), PROMISE_DAYS);
  };
  words.addEventListener("change", suggestDay);
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (copy.querySelectorAll("[data-words]"))) {
    button.addEventListener("click", () => {
      words.value = button.dataset.words ?? "";
      words.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  part(form, "new-promises").append(copy);
  return true;
}

/** Show what this outcome asks for, and when the next visit is due. @param {Visit} visit */
function arrange({ form, card, rules }) {
  const said = valuesOf(form);
  const isMet = said.outcome === MET;
  for (const box of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-when-met]"))) box.hidden = !isMet;
  part(form, "when-not").hidden = isMet;
  const quick = /** @type {HTMLElement} */ (form.querySelector("[data-field=reason_quick]"));
  quick.hidden = said.outcome !== NOT_MET;
  say(part(form, "next-step"), rules?.visit.next_steps[said.outcome] ?? "");
  const due = rules && said.visited_on ? dueAfterVisit(card, rules, { visited_on: said.visited_on, outcome: said.outcome }) : null;
  part(form, "due").textContent = due ? `Bila dikosongkan: ${day(due)}, menurut kelas kesehatannya.` : "";
}

/** When it began, as the phone's clock has it. @param {Record<string, any>} said */
function startOf({ visited_on: on, visited_time: time }) {
  const began = new Date(`${on}T${time}:00`);
  return Number.isNaN(began.getTime()) ? null : instantHere(began);
}

/** @param {Visit} visit */
function reportOf({ form, card }) {
  const said = valuesOf(form);
  const isMet = said.outcome === MET;
  const seen = (/** @type {string} */ prefix) => Object.fromEntries(
    Object.entries(said).filter(([name, value]) => isMet && name.startsWith(prefix) && value).map(([name, value]) => [name.slice(prefix.length), value]));
  const promises = Object.keys(said).filter((name) => name.startsWith("promise_text_") && isMet)
    .map((name) => ({ text: textOf(said[name]), due_on: textOf(said[name.replace("text", "due")]) }));
  return {
    outcome: said.outcome,
    visited_on: said.visited_on,
    started_at: startOf(said),
    duration_minutes: wholeOf(said.minutes),
    place_kind: isMet ? textOf(said.place_kind) : null,
    ...pointOf(said),
    met_with: isMet ? textOf(said.met_with) : null,
    findings: isMet ? textOf([...said.findings_quick, said.findings].join(" ")) : null,
    reason: isMet ? null : textOf([said.outcome === NOT_MET ? said.reason_quick : "", said.reason].filter(Boolean).join(". ")),
    next_visit_on: textOf(said.next_visit_on),
    owner_confirmation: isMet ? textOf(said.owner_confirmation) : null,
    settled: seen("janji_"),
    practices: seen("praktik_"),
    promises,
    is_newest: !card.last_visit_on || said.visited_on >= card.last_visit_on,
  };
}

/** @param {Visit} visit @returns {import("../forms.js").Problem[]} */
function problemsOf(visit) {
  const { card, rules, form } = visit;
  const report = reportOf(visit);
  const said = valuesOf(form);
  const problems = [];
  if (!said.visited_on) return [{ field: "visited_on", message: "Wajib diisi." }];
  if (!report.started_at) problems.push({ field: "visited_time", message: "Tulis jam, contoh: 09.30." });
  if (said.minutes && !(report.duration_minutes && report.duration_minutes <= MOST_MINUTES)) {
    problems.push({ field: "minutes", message: `Angka dari 1 sampai ${MOST_MINUTES}.` });
  }
  report.promises.forEach(({ text, due_on: due }, slot) => {
    if (text && !due) problems.push({ field: `promise_due_${slot}`, message: "Isi batas waktu janji ini." });
    if (!text && due) problems.push({ field: `promise_text_${slot}`, message: "Isi janjinya, atau kosongkan tanggalnya." });
  });
  const latest = report.is_newest ? latestAfterVisit(card, rules, report) : null;
  const whole = { ...report, promises: report.promises.map((one) => (one.text && one.due_on ? one : { due_on: report.visited_on })) };
  return [...visitProblems(whole, { today: dayHere(), now: new Date().toISOString(), latest_on: latest, rules }), ...problems];
}

/** What goes into the outbox. @param {Visit} visit */
function told(visit) {
  const { card, rules } = visit;
  const { is_newest: isNewest, promises, ...data } = reportOf(visit);
  const due = data.next_visit_on ?? dueAfterVisit(card, rules, data);
  return {
    type: "visit.create",
    enterprise_id: card.id,
    record_id: crypto.randomUUID(),
    data: { ...data, promises: promises.filter((one) => one.text) },
    local: isNewest ? { next_visit_due_on: due } : {},
  };
}

