// @ts-check
/** A whole assessment, a page for each part; class, reasons and way up are reckoned here. */
import { complain, fill, keepDraft, valuesOf } from "../forms.js";
import { questionOf } from "../explain.js";
import { isOther, knownOf, prefilled, REASON, toldBy, unexplained } from "../known.js";
import { dayHere } from "../outbox.js";
import { NOT_ASKED, NOT_KNOWN, SUFFIX, answeredOf, isFood, pageProblems, pagesOf } from "../questionnaire.js";
import { optionsOf } from "../way_up.js";
import { judged, queued, shown } from "./assessment_result.js";
import { draw, onClick, part, piece } from "./pieces.js";
import { backTo, cardOrSay, goSaying, listIn, savedWords, untilToday } from "./screens.js";
import { day } from "../words.js";

/** @typedef {Record<string, any>} Card */
/**
 * @typedef {object} Sheet what is being filled in
 * @property {import("../main.js").Context} ctx
 * @property {HTMLFormElement} form
 * @property {Card} card
 * @property {import("../scoring.js").Instrument} instrument
 * @property {Map<string, import("../known.js").Known>} known
 * @property {Card} said
 * @property {number} page
 */

/** @param {import("../main.js").Context} ctx */
export async function view(ctx) {
  const [id] = ctx.params;
  const [card, reference] = await Promise.all([cardOrSay(ctx, id), ctx.store.reference()]);
  if (!card || !reference) return undefined;
  draw(ctx.root, "lap-assessment");
  backTo(ctx.root, id);
  const form = /** @type {HTMLFormElement} */ (part(ctx.root, "form"));
  const known = knownOf(card, dayHere());
  /** @type {Sheet} */
  const sheet = { ctx, form, card, instrument: reference.instrument, known, said: { ...begun(card), ...toldBy(card, dayHere()), ...prefilled(known) }, page: 0 };
  const draft = await keepDraft(ctx, form, {
    name: `penilaian:${id}`,
    read: () => ({ ...sheet.said, ...valuesOf(form), page: sheet.page }),
    open: ({ value: { page, ...said } }) => Object.assign(sheet, { page, said: { ...sheet.said, ...said } }),
  });
  form.addEventListener("change", () => { keepSaid(sheet); fold(sheet); });
  onClick(ctx.root, "before", () => turn(sheet, -1, draft));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void next(sheet, draft);
  });
  show(sheet);
  return draft.stop;
}

/** What is known of the enterprise already. @param {Card} card */
const begun = (card) => ({
  assessed_on: dayHere(),
  sector: card.sector ?? "",
  has_equipment: card.has_equipment ?? false,
  declared_non_halal: card.declared_non_halal ?? false,
  sold_outside_home: card.sold_outside_home ?? false,
  started_on: card.started_on ?? "",
  incident: NOT_ASKED,
});

/** @param {Sheet} sheet */
const keepSaid = (sheet) => Object.assign(sheet.said, valuesOf(sheet.form));

/** Start, the parts that apply, the result. @param {Sheet} sheet */
function pages({ instrument, said }) {
  return said.sector ? pagesOf(instrument, said.sector, said) : [];
}

/** @param {Sheet} sheet @param {number} by @param {{touch: () => void, flush: () => unknown}} draft */
function turn(sheet, by, draft) {
  keepSaid(sheet);
  sheet.page = Math.max(0, Math.min(pages(sheet).length + 1, sheet.page + by));
  complain(sheet.form, []);
  show(sheet);
  draft.touch();
  void draft.flush();
  scrollTo(0, 0);
  const title = part(sheet.ctx.root, "title");
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}

/** @param {Sheet} sheet @param {Awaited<ReturnType<typeof keepDraft>>} draft */
async function next(sheet, draft) {
  keepSaid(sheet);
  const problems = problemsOf(sheet);
  complain(sheet.form, problems);
  if (problems.length) return;
  if (sheet.page <= pages(sheet).length) {
    turn(sheet, 1, draft);
    return;
  }
  const button = /** @type {HTMLButtonElement} */ (part(sheet.form, "save"));
  if (button.disabled) return;
  button.disabled = true;
  try {
    const op = await draft.saved((name) => sheet.ctx.store.queue(queued(sheet), [], name));
    goSaying(sheet.ctx, `#/usaha/${sheet.card.id}`, savedWords(op));
  } catch (error) {
    button.disabled = false;
    complain(sheet.form, [{ field: null, message: error instanceof Error ? error.message : "Belum tersimpan. Coba lagi." }]);
  }
}

/** @param {Sheet} sheet @returns {import("../forms.js").Problem[]} */
function problemsOf(sheet) {
  const { instrument, said, page } = sheet;
  if (page === 0) {
    if (!said.sector) return [{ field: "sector", message: "Pilih sektor usaha." }];
    if (!said.assessed_on) return [{ field: "assessed_on", message: "Wajib diisi." }];
    if (said.assessed_on > dayHere()) return [{ field: "assessed_on", message: "Tanggal penilaian tidak boleh setelah hari ini." }];
    if (said.started_on > dayHere()) return [{ field: "started_on", message: "Tanggal mulai usaha tidak boleh setelah hari ini." }];
    return [];
  }
  const found = pages(sheet);
  if (page <= found.length) {
    const { asked } = found[page - 1];
    return [...pageProblems(instrument, asked, said.sector, said), ...unexplained(sheet.known, asked, said)];
  }
  // What the office knows may have changed while the draft lay.
  const changed = unexplained(sheet.known, found.flatMap((/** @type {Card} */ one) => one.asked), said);
  if (changed.length) return changed.map(({ message }) => ({ field: null, message: `${message} Kembali ke halamannya.` }));
  return found.some((/** @type {Card} */ { asked }) => answeredOf(said, asked)) ? [] : [{ field: null, message: "Belum ada jawaban. Jawab dahulu pertanyaannya." }];
}

/** Draw the page that it is at. @param {Sheet} sheet */
function show(sheet) {
  const { ctx, form, card, said, page } = sheet;
  // Another screen was opened meanwhile.
  if (!form.isConnected) return;
  const found = pages(sheet);
  const box = part(form, "page");
  const isResult = said.sector && page > found.length;
  const here = found[page - 1];
  part(ctx.root, "title").textContent = page === 0 ? `Nilai ${card.name}` : isResult ? "Hasil di ponsel" : here.name;
  if (page === 0) start(sheet, box);
  else if (isResult) shown(sheet, box, judged(sheet));
  else box.replaceChildren(...here.asked.map((/** @type {Card} */ item) => question(sheet, item)), ...extras(here.code));
  fill(form, said);
  fold(sheet);
  part(ctx.root, "before").hidden = page === 0;
  part(form, "save").textContent = isResult ? "Simpan penilaian" : "Berikutnya";
}

/** @param {Sheet} sheet @param {HTMLElement} box */
function start({ card, form }, box) {
  box.replaceChildren(...(card.sector ? [] : [piece("lap-assessment-sector")]), piece("lap-assessment-start"));
  part(box, "start-day").hidden = Boolean(card.started_on);
  untilToday(form, ["assessed_on", "started_on"]);
}

/** What the program itself asks beside the questions of a part. @param {string} code */
const extras = (code) => (["KEU", "MDL"].includes(code) ? [piece(`lap-assessment-${code.toLowerCase()}`)] : []);

/** Show what follows from what is said: food, packed food, evidence of what is answered. @param {Sheet} sheet */
function fold(sheet) {
  const { ctx, form, said, page } = sheet;
  const found = pages(sheet);
  const here = found[page - 1];
  const answered = here ? ` · ${answeredOf(said, here.asked)} dari ${here.asked.length} terjawab` : "";
  part(ctx.root, "progress").textContent = found.length ? `Halaman ${page + 1} dari ${found.length + 2}${answered}` : "";
  const sector = said.sector ?? "";
  for (const [name, isShown] of /** @type {[string, boolean][]} */ ([["food", isFood(sector)], ["packed", sector === "A"]])) {
    const box = /** @type {HTMLElement | null} */ (form.querySelector(`[data-${name}]`));
    if (box) box.hidden = !isShown;
  }
  for (const one of form.querySelectorAll(".lap-question")) {
    const answer = said[/** @type {HTMLElement} */ (one).dataset.field ?? ""];
    part(one, "evidence").hidden = !/^[0-4]$/.test(answer ?? "");
    const known = sheet.known.get(/** @type {HTMLElement} */ (one).dataset.field ?? "");
    part(one, "correction").hidden = !known || !isOther(said, known);
  }
}

/** @param {Sheet} sheet @param {Card} item */
function question({ instrument, known, said, card }, item) {
  const copy = piece("lap-question");
  const set = /** @type {HTMLElement} */ (copy.querySelector("fieldset"));
  const { code, raw } = item;
  set.dataset.field = code;
  part(copy, "words").textContent = questionOf(item, said.sector);
  part(copy, "help").textContent = item.help ?? "";
  part(copy, "help").hidden = !item.help;
  const items = item.items_by_sector?.[said.sector] ?? item.items ?? [];
  listIn(copy, "items", items);
  part(copy, "items").hidden = !items.length;
  const options = optionsOf(item, said.sector);
  const before = options.find(([points]) => points === card.health?.points?.[code]);
  part(copy, "last-time").textContent = before ? `Terakhir: ${before[1]}` : "";
  part(copy, "last-time").hidden = !before;
  part(copy, "options").append(
    ...options.map(([points, words]) => tile(code, String(points), words)),
    tile(code, NOT_KNOWN, "Pemilik tidak tahu"),
    tile(code, NOT_ASKED, "Belum ditanya", !said[code]),
  );
  if (raw) number(copy, code, raw);
  correction(copy, code, known.get(code), options);
  const evidence = part(copy, "evidence");
  const choose = /** @type {HTMLSelectElement} */ (evidence.querySelector("select"));
  choose.name = choose.id = `${code}_bukti`;
  /** @type {HTMLLabelElement} */ (evidence.querySelector("label")).htmlFor = choose.id;
  choose.append(...Object.entries(instrument.evidence_kinds).reverse().map(([value, words]) => new Option(String(words), value)));
  return copy;
}

/** What the office knows, and where to say why it is not so. @param {DocumentFragment} copy @param {string} code @param {import("../known.js").Known | undefined} known @param {[number, string][]} options */
function correction(copy, code, known, options) {
  const group = part(copy, "correction");
  const box = /** @type {HTMLInputElement} */ (group.querySelector("input"));
  const error = part(group, "error");
  group.dataset.field = box.name = box.id = code + REASON;
  error.id = `${box.id}-galat`;
  box.setAttribute("aria-describedby", error.id);
  /** @type {HTMLLabelElement} */ (group.querySelector("label")).htmlFor = box.id;
  if (!known) return;
  const words = options.find(([points]) => points === known.points)?.[1] ?? "";
  part(copy, "known").textContent = `Dari data: ${words}. ${known.source} (${day(known.on)}).`;
  part(copy, "known").hidden = false;
}

/** @param {string} name @param {string} value @param {string} words @param {boolean} [isChosen] */
function tile(name, value, words, isChosen = false) {
  const copy = piece("lap-tile");
  const box = /** @type {HTMLInputElement} */ (copy.querySelector("input"));
  Object.assign(box, { name, value, checked: isChosen });
  /** @type {HTMLElement} */ (copy.querySelector("span")).textContent = words;
  return copy;
}

/** @param {DocumentFragment} copy @param {string} code @param {Card} raw */
function number(copy, code, raw) {
  const group = part(copy, "number");
  const box = /** @type {HTMLInputElement} */ (group.querySelector("input"));
  const error = part(group, "error");
  group.hidden = false;
  group.dataset.field = box.name = box.id = `${code}_angka`;
  error.id = `${box.id}-galat`;
  box.setAttribute("aria-describedby", error.id);
  const label = /** @type {HTMLLabelElement} */ (part(group, "number-label"));
  label.textContent = raw.question;
  label.htmlFor = box.id;
  part(group, "suffix").textContent = SUFFIX[raw.name];
}
