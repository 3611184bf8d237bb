// @ts-check
// What permits ask for today: app/market/rules/reminders.py on the phone.
import { daysBetween } from "./days.js";

/**
 * @typedef {Record<string, any>} Card
 * @typedef {import("./today.js").Reason} Reason
 */
export const PERMIT = "izin";
/** A reminder stands this long in the day; the last one until its day has come. */
const SHOWN_DAYS = 7;

/** Whether so many days before its end a permit belongs into the day. @param {number} left @param {number[]} steps */
export function isForToday(left, steps) {
  const due = steps.filter((step) => step >= left);
  if (!due.length) return false;
  const step = Math.min(...due);
  return step === Math.min(...steps) || left > step - SHOWN_DAYS;
}

/** Why a card's permits stand in the day. @param {Card} card @param {string} today @param {any} reference @returns {Reason[]} */
export function permitReasons({ certificates = [] }, today, reference) {
  const steps = reference?.rules?.reminders ?? [];
  return certificates.flatMap((/** @type {Card} */ one) => {
    // What was done without signal is no longer asked for.
    if (one.reported) return [];
    const name = reference?.tracks?.[one.track]?.name ?? "Izin";
    const left = one.expires_on ? daysBetween(today, one.expires_on) : null;
    const found = [];
    if (left !== null && isForToday(left, steps)) {
      const words = left < 0 ? `habis ${-left} hari lalu` : left ? `habis ${left} hari lagi` : "habis hari ini";
      found.push({ text: `${name} ${words}`, calls_for: PERMIT, rank: 6, is_late: left < 0 });
    }
    const stuck = one.due_on ? daysBetween(one.due_on, today) : 0;
    if (stuck > 0) found.push({ text: `${name} macet ${stuck} hari`, calls_for: PERMIT, rank: 7, is_late: false });
    return found;
  });
}
