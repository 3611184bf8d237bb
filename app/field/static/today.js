// @ts-check
// Why an enterprise stands on the list of the day, and in what order the list is walked:
// app/mentoring/rules/today.py on the phone. tests/cases/today_cases.json holds both to the same.
import { daysBetween } from "./days.js";
import { permitReasons } from "./permits.js";
import { isFirstVisitWhenSick } from "./protocol.js";

export const VISIT = "kunjungan";
export const ASSESS = "penilaian";
export const THERAPY = "terapi";
/** From so many days on a payment that waits wants a visit. */
const ARREARS_DAYS = 8;
export const WITHOUT_HAMLET = "Dusun belum diisi";

/**
 * @typedef {Record<string, any>} Card
 * @typedef {{text: string, calls_for: string, rank: number, is_late: boolean}} Reason
 * @typedef {{card: Card, reasons: Reason[], is_late: boolean}} Line
 * @typedef {{village_label: string, hamlet: string, lines: Line[]}} Group
 */

/** The reasons to go there today, the most pressing first. @param {Card} card @param {string} today @param {any} [reference] @returns {Reason[]} */
export function whyToday(card, today, reference) {
  return [
    ...visitReasons(card, today),
    ...dueReasons("janji", card.promises, today, { calls_for: VISIT, rank: 3 }),
    ...arrearsReasons(card, today),
    ...assessmentReasons(card, today),
    ...dueReasons("terapi", card.therapies, today, { calls_for: THERAPY, rank: 5 }),
    ...permitReasons(card, today, reference),
  ].sort((a, b) => a.rank - b.rank);
}

/** @param {Card} card @param {string} today @returns {Reason[]} */
function visitReasons(card, today) {
  const due = card.next_visit_due_on ?? null;
  const reasons = [];
  if (isFirstVisitWhenSick(card)) {
    reasons.push({ text: "sakit, kunjungan pertama", calls_for: VISIT, rank: 1, is_late: false });
  }
  if (due !== null && due < today) {
    const text = `kunjungan terlambat ${daysBetween(due, today)} hari`;
    reasons.push({ text, calls_for: VISIT, rank: 0, is_late: true });
  } else if (due === today) {
    reasons.push({ text: "jadwal kunjungan hari ini", calls_for: VISIT, rank: 2, is_late: false });
  }
  return reasons;
}

/** @param {string} what @param {Card[] | undefined} items @param {string} today @param {{calls_for: string, rank: number}} kind @returns {Reason[]} */
function dueReasons(what, items, today, kind) {
  const due = (items ?? []).map((item) => item.due_on).filter((day) => day && day <= today).sort();
  if (!due.length) return [];
  const late = daysBetween(due[0], today);
  const text = late === 0 ? `${what} jatuh tempo hari ini` : `${what} lewat ${late} hari`;
  return [{ text: due.length > 1 ? `${due.length} ${text}` : text, ...kind, is_late: late > 0 }];
}

/** A visit, not a threat: the mentor asks why. @param {Card} card @param {string} today @returns {Reason[]} */
function arrearsReasons(card, today) {
  const days = card.unpaid_since ? daysBetween(card.unpaid_since, today) : 0;
  if (days < ARREARS_DAYS) return [];
  return [{ text: `angsuran lewat ${days} hari, tanya sebabnya`, calls_for: VISIT, rank: 3, is_late: false }];
}

/** @param {Card} card @param {string} today @returns {Reason[]} */
function assessmentReasons({ health }, today) {
  const reason = { calls_for: ASSESS, rank: 4 };
  if (!health?.assessed_on) return [{ ...reason, text: "belum dinilai", is_late: false }];
  if (health.asked_again) return [{ ...reason, text: "kantor meminta nilai ulang", is_late: false }];
  if (health.valid_until && health.valid_until < today) {
    return [{ ...reason, text: "penilaian kedaluwarsa", is_late: true }];
  }
  return [];
}

/** Village and district: a mentor knows the regency. @param {string | null | undefined} label */
export const shortPlace = (label) => (label ?? "").split(", ").slice(0, 2).join(", ");

/**
 * What there is to do today. @param {Card[]} cards @param {string} today @param {string[]} notVisited
 * @param {any} [reference]
 * @returns {Line[]}
 */
export function todayLines(cards, today, notVisited, reference) {
  return cards
    .filter((card) => !notVisited.includes(card.life_cycle))
    .map((card) => {
      const reasons = whyToday(card, today, reference);
      return { card, reasons, is_late: reasons.some((reason) => reason.is_late) };
    })
    .filter((line) => line.reasons.length);
}

/** @param {Line} line @returns {[number, string, string, string, string]} */
const keyOf = ({ card, reasons }) => [
  Math.min(9, ...reasons.map((reason) => reason.rank)),
  shortPlace(card.village_label),
  card.hamlet || WITHOUT_HAMLET,
  card.name,
  card.id,
];

/** By rank, then plainly by text, as the server does. @param {Line} one @param {Line} other */
function inOrder(one, other) {
  const right = keyOf(other);
  const left = keyOf(one);
  const at = left.findIndex((value, place) => value !== right[place]);
  if (at < 0) return 0;
  return left[at] < right[at] ? -1 : 1;
}

/** The lines by village and hamlet, so that one walk does them. @param {Line[]} lines @returns {Group[]} */
export function groupByHamlet(lines) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const line of [...lines].sort(inOrder)) {
    const [, village, hamlet] = keyOf(line);
    const key = JSON.stringify([village, hamlet]);
    const group = groups.get(key) ?? { village_label: village, hamlet, lines: [] };
    groups.set(key, group);
    group.lines.push(line);
  }
  return [...groups.values()];
}

/** In enterprises: what is open. @param {Line[]} lines */
export function countsOf(lines) {
  /** @param {string} kind */
  const wanting = (kind) => lines.filter((line) => line.reasons.some((reason) => reason.calls_for === kind)).length;
  return {
    total: lines.length,
    late: lines.filter((line) => line.is_late).length,
    visits: wanting(VISIT),
    assessments: wanting(ASSESS),
    therapies: wanting(THERAPY),
  };
}
