// @ts-check
// When an enterprise is to be visited next, by its class: app/health/rules/protocol.py on the phone.
import { addDays } from "./days.js";

export const MET = "bertemu";
export const NOT_MET = "tidak_bisa_dikunjungi";

/**
 * @typedef {Record<string, any>} Card
 * @typedef {Record<string, any>} Rules `reference.rules`
 */

/** @param {Card} card @param {Rules} rules @returns {number} */
const intervalOf = ({ health }, { protocol }) =>
  protocol.intervals[health?.class ?? ""] ?? protocol.interval_unassessed;

/** @param {Card} card @param {Rules} rules @returns {boolean} */
const isNotVisited = (card, { protocol }) => protocol.not_visited.includes(card.life_cycle);

/** Whether it was found sick and nobody came since to act on it. @param {Card} card */
export function isFirstVisitWhenSick({ health, last_visit_on: last }) {
  if (health?.class !== "sakit" || !health.sick_since_on) return false;
  return !last || last <= health.sick_since_on;
}

/** The last day for the next visit by the rhythm of the class. @param {Card} card @param {Rules} rules @returns {string | null} */
export function nextVisitDue(card, rules) {
  if (isNotVisited(card, rules)) return null;
  const { health, last_visit_on: last } = card;
  if (isFirstVisitWhenSick(card)) return addDays(health.sick_since_on, rules.protocol.first_visit_when_sick);
  const contacts = [last, health?.assessed_on].filter(Boolean).sort();
  return contacts.length ? addDays(contacts[contacts.length - 1], intervalOf(card, rules)) : null;
}

/** The last day for the visit that follows one; `card` is as before it. @param {Card} card @param {Rules} rules @param {{visited_on: string, outcome: string}} visit */
export function latestAfterVisit(card, rules, { visited_on: day, outcome }) {
  if (isNotVisited(card, rules)) return null;
  if (outcome === MET) return nextVisitDue({ ...card, last_visit_on: day }, rules);
  return addDays(day, intervalOf(card, rules));
}

/** The day for the next visit when nothing else is agreed. @param {Card} card @param {Rules} rules @param {{visited_on: string, outcome: string}} visit @returns {string | null} */
export function dueAfterVisit(card, rules, visit) {
  if (isNotVisited(card, rules)) return null;
  const { first_visit_when_sick: soon, rest } = rules.protocol;
  if (visit.outcome in rest) {
    const days = rest[visit.outcome];
    return addDays(visit.visited_on, visit.outcome === "minta_imbalan" ? Math.max(days, intervalOf(card, rules)) : days);
  }
  const latest = latestAfterVisit(card, rules, visit);
  if (latest === null || visit.outcome === MET) return latest;
  const again = addDays(visit.visited_on, soon);
  return again < latest ? again : latest;
}
