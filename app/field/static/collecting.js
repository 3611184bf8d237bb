// @ts-check
// Instalments and savings taken in on the phone: what was taken, what is asked back, operations. Pure.
import { LEAST, amountOf, dayOf, oddWords, rupiah } from "./cash.js";
import { textOf } from "./numbers.js";
import { ACKNOWLEDGED, QUARANTINE, UNDECIDED } from "./outbox.js";
import { day } from "./words.js";

/** @typedef {Record<string, any>} Card */
/** @typedef {import("./outbox.js").Item} Item */

export const [REPAY, SAVE] = ["loan.repay", "saving.save"];
/** For what it is, and on what day, by the operation. @type {Record<string, {of: string, on: string}>} */
const FIELDS = { [REPAY]: { of: "loan_id", on: "paid_on" }, [SAVE]: { of: "member_id", on: "happened_on" } };

/** @param {{type: string}} one */
export const isCollected = ({ type }) => type in FIELDS;

/** @param {Item} item */
function stateWords({ state, status, pesan }) {
  if (state === QUARANTINE) return `perlu dilihat: ${pesan ?? ""}`;
  if (state !== ACKNOWLEDGED) return "menunggu sinyal, belum ada kuitansi";
  // The office's own sentence carries the number of the receipt.
  return pesan || (UNDECIDED.has(status ?? "") ? "sedang diperiksa kantor" : "terkirim");
}

/** One sum as it was told. @param {Item} item */
export function takenOf(item) {
  const { op } = item;
  const { of, on } = FIELDS[op.type];
  return {
    id: op.record_id, item, type: op.type, of: op.data[of], day: op.data[on], amount: op.data.amount, kind: op.data.kind ?? "", note: op.data.note ?? "",
    isRefused: item.state === QUARANTINE, isDenied: item.status === "rejected", state: stateWords(item),
  };
}

/** @typedef {ReturnType<typeof takenOf>} Taken */

/** What was taken in for one loan or membership, the newest first. @param {Item[]} items @param {string} id @returns {Taken[]} */
export const takenFor = (items, id) =>
  items.filter(({ op }) => isCollected(op)).map(takenOf).filter(({ of }) => of === id)
    .sort((a, b) => b.day.localeCompare(a.day) || b.item.seq - a.item.seq);

/** The smallest sum that can be meant: the rest of a loan may be less than anything else. @param {Card | undefined} due */
export const leastOf = (due) => Math.min(LEAST, due?.amount || LEAST);

/**
 * The question back, "" for none: a sum hardly anybody pays, or the same for the same day once more.
 * @param {Card} said @param {Taken[]} taken @param {string} today
 */
export function doubtOf(said, taken, today) {
  const [amount, on] = [amountOf(said.amount), dayOf(said, today)];
  const isAgain = taken.some((one) => one.amount === amount && one.day === on && one.kind === (said.kind ?? "") && !one.isDenied);
  return isAgain ? `${rupiah(amount ?? 0)} untuk ${day(on)} sudah dicatat di ponsel ini. Bila memang diterima lagi, tekan Simpan sekali lagi.` : oddWords(said);
}

/** What is told of a sum. @param {string} type @param {string} id of the loan or membership @param {Card} said @param {string} today */
export const collectedTold = (type, id, said, today) => ({
  [FIELDS[type].of]: id,
  ...(type === SAVE ? { kind: said.kind } : {}),
  amount: amountOf(said.amount),
  [FIELDS[type].on]: dayOf(said, today),
  note: textOf(said.note),
});

/** What is due next. @param {Card} due @param {string} today */
export const dueWords = ({ amount, due_on: on }, today) =>
  on ? `${rupiah(amount)}, ${on < today ? "lewat jatuh tempo sejak" : "jatuh tempo"} ${day(on)}` : rupiah(amount);
