// @ts-check
// The cash book on the phone: sums as people type them, lines that were entered here, operations. Pure.
import { addDays } from "./days.js";
import { textOf, wholeOf } from "./numbers.js";
import { ACKNOWLEDGED, QUARANTINE, UNDECIDED } from "./outbox.js";

/** @typedef {Record<string, any>} Card */
/** @typedef {import("./outbox.js").Item} Item */
/** @typedef {import("./forms.js").Problem} Problem */

export const [ENTRY, TAKE_BACK, COUNT, DIARY] = ["cash.entry", "cash.take_back", "cash.count", "diary.month"];
export const SALES = "penjualan";
/** The bounds that the office has, too. */
export const [LEAST, MOST] = [100, 1_000_000_000];
/** What a tiny enterprise hardly moves at once: asked back before it is kept. */
export const ODD = 20_000_000;
/** The office kept the line and not its slip. */
const SLIP_NOT_KEPT = "slip_not_kept";
const REPEATS = 3;
const LONGEST = 12;
const UNITS = { rb: 1000, jt: 1_000_000 };
const UNIT = / (rb|jt)$/;
const BACK = "hapus";

/** @param {number} amount */
export const rupiah = (amount) => `Rp\u00a0${String(amount).replace(/\B(?=(\d{3})+$)/g, ".")}`;

/**
 * What stands in the box after a key: digits, "000", ",", "rb", "jt", "hapus".
 * @param {string} text @param {string} key
 */
export function pressed(text, key) {
  if (key === BACK) return UNIT.test(text) ? text.replace(UNIT, "") : text.slice(0, -1);
  const isClosed = UNIT.test(text);
  if (isClosed) return text;
  if (key in UNITS) return /\d$/.test(text) ? `${text} ${key}` : text;
  if (key === ",") return text.includes(",") ? text : `${text || "0"},`;
  if (key === "000" && !/[1-9]/.test(text)) return text;
  const next = text === "0" ? key : text + key;
  return next.length > LONGEST ? text : next;
}

/** Whole rupiah of "150.000", "Rp 25rb", "2,5 jt"; null for anything else. @param {any} text @returns {number | null} */
export function amountOf(text) {
  const match = /^(?:rp\.?)?(\d[\d.]*)(?:,(\d{1,3}))?(rb|ribu|k|jt|juta)?$/.exec(String(text ?? "").toLowerCase().replace(/\s/g, ""));
  if (!match) return null;
  const [, said, comma = "", unit = ""] = match;
  const scale = unit ? (/^(jt|juta)$/.test(unit) ? UNITS.jt : UNITS.rb) : 1;
  const isGrouped = /^\d{1,3}(\.\d{3})+$/.test(said);
  // "2.5 jt" is how calculators write it.
  const isPointed = Boolean(unit) && !comma && /^\d+\.\d{1,2}$/.test(said);
  if (said.includes(".") && !isGrouped && !isPointed) return null;
  const [whole, fraction] = isPointed ? said.split(".") : [said.replaceAll(".", ""), comma];
  if (whole.length > LONGEST) return null;
  const value = Number(whole) * scale + (fraction ? (Number(fraction) * scale) / 10 ** fraction.length : 0);
  return Number.isInteger(value) && value <= Number.MAX_SAFE_INTEGER ? value : null;
}

/** @param {Item} item */
function stateWords(item) {
  if (item.state === QUARANTINE) return `perlu dilihat: ${item.pesan ?? ""}`;
  if (item.state !== ACKNOWLEDGED) return "menunggu sinyal";
  if (UNDECIDED.has(item.status ?? "")) return item.pesan || "sedang diperiksa kantor";
  if (item.code === SLIP_NOT_KEPT) return item.pesan || "terkirim, tanpa foto nota";
  return item.status === "rejected" ? item.pesan || "tidak diterima kantor" : "terkirim";
}

/**
 * The lines that were entered on this phone, the newest first. One that was taken back or stands
 * corrected goes on standing there, marked.
 * @param {Item[]} items of one enterprise
 */
export function linesOf(items) {
  const gone = new Map();
  for (const { op, state } of items) {
    const key = op.type === TAKE_BACK ? op.data.entry_id : op.data.corrects_id;
    // What was refused took nothing back.
    if (key && state !== QUARANTINE) gone.set(key, op.type === TAKE_BACK ? "dibatalkan" : "dibetulkan");
  }
  return items
    .filter(({ op }) => op.type === ENTRY)
    .map((item) => ({
      ...item.op.data,
      id: item.op.record_id,
      item,
      photos: item.code === SLIP_NOT_KEPT ? 0 : item.op.attachments.length,
      gone: gone.get(item.op.record_id) ?? "",
      isRefused: item.state === QUARANTINE,
      state: stateWords(item),
    }))
    .sort((a, b) => b.happened_on.localeCompare(a.happened_on) || b.item.seq - a.item.seq);
}

/** @typedef {ReturnType<typeof linesOf>[number]} Line */

/** @param {Line[]} lines those that stand */
const standing = (lines) => lines.filter((line) => !line.gone && !line.isRefused);

/** The last lines that differ, to be said again with one tap. @param {Line[]} lines @returns {Line[]} */
export function repeatable(lines) {
  /** @type {Map<string, Line>} */
  const found = new Map();
  for (const line of standing(lines)) {
    const key = [line.category, line.amount, line.channel_id].join();
    if (!line.is_owed && !found.has(key)) found.set(key, line);
  }
  return [...found.values()].slice(0, REPEATS);
}

/** Yesterday's lines, as long as today has none. @param {Line[]} lines @param {string} today @returns {Line[]} */
export function yesterdays(lines, today) {
  const stand = standing(lines);
  if (stand.some((line) => line.happened_on === today)) return [];
  return stand.filter((line) => line.happened_on === addDays(today, -1)).reverse();
}

/** The same line on another day. @param {Line} line @param {string} today */
export const again = ({ category, amount, channel_id, is_owed, note }, today) =>
  ({ happened_on: today, category, amount, channel_id, is_owed, due_on: null, note });

/** @param {any} text @param {number} least @returns {Problem[]} */
export function amountProblems(text, least) {
  const amount = amountOf(text);
  const problem = (/** @type {string} */ message) => [{ field: "amount", message }];
  if (amount === null) return problem("Isi jumlah uangnya, misalnya 25 rb atau 150.000.");
  if (amount < least) return problem(amount ? `Hanya ${rupiah(amount)}? Tulis lengkap, misalnya 25 rb.` : "Isi jumlah uangnya.");
  return amount > MOST ? problem(`${rupiah(amount)} terlalu besar. Periksa angka nolnya.`) : [];
}

/** The question back about a sum that is hardly moved at once; "" for any other. @param {Card} said */
export function oddWords(said) {
  const amount = amountOf(said.amount) ?? 0;
  return amount > ODD ? `Benar ${rupiah(amount)}? Bila benar, tekan Simpan sekali lagi.` : "";
}

/** The day that is meant. @param {Card} said @param {string} today @returns {string} */
export const dayOf = ({ when, on }, today) => (when === "lain" ? on : addDays(today, when === "kemarin" ? -1 : 0));

/** @param {Card} said @param {string} today @param {{least?: number}} [how] @returns {Problem[]} */
export function lineProblems(said, today, { least = LEAST } = {}) {
  const found = amountProblems(said.amount, least);
  const day = dayOf(said, today);
  if (!day) found.push({ field: "on", message: "Isi tanggalnya." });
  if (day > today) found.push({ field: "on", message: "Tanggal tidak boleh setelah hari ini." });
  return found;
}

/** What is told of a line. @param {Card} said @param {string} category @param {string} today */
export const lineTold = (said, category, today) => ({
  happened_on: dayOf(said, today),
  category,
  amount: amountOf(said.amount),
  channel_id: category === SALES ? said.channel_id || null : null,
  is_owed: Boolean(said.is_owed),
  due_on: null,
  note: textOf(said.note),
});

/** First days of the months that are over, the newest first. @param {string} today @param {number} count */
export const monthsOver = (today, count) =>
  Array.from({ length: count }, (_, back) => {
    const month = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 2 - back;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01`;
  });

/** What this phone told last of a month. @param {Item[]} items @param {string} month @returns {Item | undefined} */
export const toldOf = (items, month) =>
  items.filter(({ op, state }) => op.type === DIARY && op.data.month === month && state !== QUARANTINE).sort((a, b) => b.seq - a.seq)[0];

const [SALES_FIELD, COSTS_FIELD, MADE, WORKERS] = ["sales", "costs", "produced", "workers"];

/** @param {Card} said @returns {Problem[]} */
export function monthProblems(said) {
  const found = [];
  for (const field of [SALES_FIELD, COSTS_FIELD]) {
    if (said[field] && amountOf(said[field]) === null) found.push({ field, message: "Tulis jumlah uang, misalnya 2,5 jt." });
  }
  for (const field of [MADE, WORKERS]) {
    if (said[field] && wholeOf(said[field]) === null) found.push({ field, message: "Tulis angka bulat, contoh: 12." });
  }
  const isEmpty = ![SALES_FIELD, COSTS_FIELD, MADE, WORKERS, "keeps_record"].some((field) => said[field]);
  return isEmpty ? [{ field: SALES_FIELD, message: "Isi paling sedikit satu angka." }] : found;
}

/** What is told of a month; what stays empty is not told. @param {Card} said @param {Item | undefined} before */
export const monthTold = (said, before) => ({
  month: said.month,
  sales: amountOf(said.sales),
  costs: amountOf(said.costs),
  produced: wholeOf(said.produced),
  workers: wholeOf(said.workers),
  keeps_record: said.keeps_record ? said.keeps_record === "ya" : null,
  corrects_id: before?.op.record_id ?? null,
});
