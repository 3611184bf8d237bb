// @ts-check
// Why an assessment came out as it did, in the same words as the server's pages: all texts come with
// the instrument.
import { compare, percent, shifted, withComma } from "./decimals.js";
import {
  BEST_POINTS,
  LESS_HEALTHY,
  SICK,
  indicatorOf,
  indicatorsOf,
  isFoodPermitMissing,
  isHalalMissing,
  pointsOf,
  reaches,
  rounded,
  sheetOf,
} from "./scoring.js";
import { optionsOf } from "./way_up.js";

/**
 * @typedef {import("./scoring.js").Instrument} Instrument
 * @typedef {import("./scoring.js").Indicator} Indicator
 * @typedef {import("./scoring.js").Case} Case
 * @typedef {import("./scoring.js").Score} Score
 */

const PULLS_SHOWN = 5;
const CLAIMED = "pengakuan";

/** A sentence with its blanks filled. @param {string} text @param {Record<string, unknown>} values */
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** "57,3" of tenths. @param {number} tenths */
export const tenthsText = (tenths) => withComma(shifted(tenths, -1));

/** @param {Instrument} instrument @param {Indicator} item @param {Case} one @param {number} points */
function wording(instrument, item, one, points) {
  const found = optionsOf(item, one.sector).find(([value]) => value === points);
  // Exchange files may hold points that are no option; they are shown as they are.
  return found ? found[1] : filled(instrument.words.points, { points });
}

/** The answers that pulled the total down most, the heaviest first. @param {Instrument} instrument @param {Case} one @param {Score} result */
export function pulls(instrument, one, result) {
  const kept = result.dimensions.filter((part) => part.tenths !== null);
  const weights = kept.reduce((sum, part) => sum + part.weight, 0);
  const found = [];
  for (const { code, items } of sheetOf(instrument, one).dimensions) {
    const part = kept.find((dimension) => dimension.code === code);
    if (!part) continue;
    for (const item of items) {
      const points = pointsOf(one, item.code);
      if (points === null || points >= BEST_POINTS) continue;
      const lost = part.weight * item.weight * (BEST_POINTS - points) * 1000;
      found.push({
        code: item.code,
        name: item.name,
        answer: wording(instrument, item, one, points),
        lost_tenths: rounded(lost, BEST_POINTS * part.answered * weights),
      });
    }
  }
  return found.sort((a, b) => b.lost_tenths - a.lost_tenths).slice(0, PULLS_SHOWN);
}

/** The rules that fired. @param {Instrument} instrument @param {Case} one @param {Score} result */
export function caps(instrument, one, result) {
  const { knockouts, words } = instrument;
  return result.knockouts.map(({ code, cap }) => ({
    code,
    name: knockouts[code].name,
    fact: FACTS[code](instrument, one, result),
    effect: cap === SICK ? words.classes[SICK] : filled(words.cap, { kelas: words.classes[cap] }),
    way_out: knockouts[code].way_out,
    is_decisive: cap === result.final_class && result.final_class !== result.score_class,
  }));
}

/** @param {Instrument} instrument @param {Case} one @param {import("./way_up.js").Step[]} steps */
export function stepsInWords(instrument, one, steps) {
  return steps.map((step) => {
    const item = indicatorOf(instrument, step.indicator);
    return {
      code: item.code,
      name: item.name,
      before: wording(instrument, item, one, step.from),
      after: wording(instrument, item, one, step.to),
    };
  });
}

/** What has to end before any answer can lift the class. @param {Instrument} instrument @param {import("./way_up.js").WayUp} way */
export function blocksInWords(instrument, way) {
  const { knockouts, limits, words } = instrument;
  return way.blocked_by.map((code) => {
    const upper = way.target === LESS_HEALTHY && words.upper_ways_out[code];
    return upper ? filled(upper, { days: limits.arrears_sick_days }) : knockouts[code].way_out;
  });
}

/** What has no answer yet: required questions first, then the weightiest. @param {Instrument} instrument @param {Case} one @param {Score} result */
export function toAsk(instrument, one, result) {
  const { codes } = sheetOf(instrument, one);
  /** @param {Indicator} item */
  const isRequired = (item) => result.missing_required.includes(item.code);
  const asked = indicatorsOf(instrument)
    .filter((item) => codes.has(item.code) && pointsOf(one, item.code) === null)
    .sort((a, b) => Number(isRequired(b)) - Number(isRequired(a)) || b.weight - a.weight)
    .map((item) => ({ code: item.code, name: item.name, text: questionOf(item, one.sector) }));
  const screening = instrument.screening
    .filter(isRequired)
    .map((/** @type {any} */ item) => ({ code: item.code, name: instrument.words.food_safety, text: item.question }));
  return [...screening, ...asked];
}

/** @param {Indicator} item @param {string} sector @returns {string} */
export const questionOf = (item, sector) => item.questions_by_sector?.[sector] ?? item.question;

/** Names of the knock-out rules whose fact is not known. @param {Instrument} instrument @param {Case} one */
export function uncheckedRules(instrument, one) {
  const { context: facts, sector } = one;
  /** @param {string} name */
  const isKnown = (name) => (facts[name] ?? null) !== null;
  const known = {
    "KO-1": isKnown("days_since_last_sale"),
    "KO-2": isKnown("loss_months") && isKnown("book_coverage"),
    "KO-3": isKnown("arrears_days"),
    "KO-4": isKnown("debt_service_ratio") || Boolean(facts.installments_without_surplus),
    "KO-6": isKnown("incident_open") || !["A", "B"].includes(sector),
    "KO-7": isKnown("quick_ratio"),
  };
  return Object.entries(known)
    .filter(([, isSaid]) => !isSaid)
    .map(([code]) => instrument.knockouts[code].name);
}

/** "antara kurang sehat dan sehat", or empty when the class is sure. @param {Instrument} instrument @param {Score} result */
export function rangeWords(instrument, result) {
  const { classes, between } = instrument.words;
  if (result.status !== "sementara" || !result.low_class || !result.high_class) return "";
  if (result.low_class === result.high_class) return "";
  return filled(between, { low: classes[result.low_class], high: classes[result.high_class] });
}

/** "kuat", "sedang" or "lemah". @param {Instrument} instrument @param {Case} one @param {Record<string, string | null>} evidence */
export function evidenceStrength(instrument, one, evidence) {
  let answered = 0;
  let founded = 0;
  for (const item of sheetOf(instrument, one).dimensions.flatMap((part) => part.items)) {
    if (pointsOf(one, item.code) === null) continue;
    answered += item.weight;
    if (![undefined, null, CLAIMED].includes(evidence[item.code])) founded += item.weight;
  }
  const share = answered ? [founded, answered] : [0, 1];
  if (reaches(share, instrument.strong_evidence)) return "kuat";
  return reaches(share, instrument.medium_evidence) ? "sedang" : "lemah";
}

/** The points that a raw number stands for. @param {any} scale @param {string | number} value @returns {number} */
export function pointsFor(scale, value) {
  for (const [points, bound] of scale.at_most) if (compare(value, bound) <= 0) return points;
  for (const [points, bound] of scale.at_least) if (compare(value, bound) >= 0) return points;
  return 0;
}

/** Whether a knock-out may hang on the exact number behind these points. @param {Instrument} instrument @param {Indicator} item @param {number} points */
export function needsNumber(instrument, item, points) {
  if (!item.raw) return false;
  const { limits } = instrument;
  /** @type {Record<string, string | number>} */
  const bounds = {
    days_since_last_sale: limits.no_sale_days,
    arrears_days: limits.arrears_cap_days,
    debt_service_ratio: limits.debt_service_cap,
    quick_ratio: limits.quick_ratio,
  };
  const bound = bounds[item.raw.name];
  /** @param {[number, string][]} pairs */
  const at = (pairs) => pairs.find(([value]) => value === points)?.[1];
  if (item.raw.at_least.length) return compare(at(item.raw.at_least) ?? 0, bound) < 0;
  const most = at(item.raw.at_most);
  return most === undefined || compare(most, bound) > 0;
}

/** @type {Record<string, (instrument: Instrument, one: Case, result: Score) => string>} */
const FACTS = {
  "KO-1": ({ words }, { context }) => filled(words.no_sale, { days: context.days_since_last_sale }),
  "KO-2": ({ words }, { context }) =>
    filled(words.loss, { months: context.loss_months, share: percent(context.book_coverage ?? 0) }),
  "KO-3": ({ words, limits }, { context }) =>
    filled(words.arrears, {
      days: context.arrears_days,
      cap: limits.arrears_cap_days,
      sick: limits.arrears_sick_days,
    }),
  "KO-4": ({ words }, { context }) =>
    (context.debt_service_ratio ?? null) === null
      ? words.no_surplus
      : filled(words.debt_service, { share: percent(context.debt_service_ratio) }),
  "KO-5": (instrument, one) =>
    [
      ...(isFoodPermitMissing(one) ? [instrument.words.food_permit] : []),
      ...(isHalalMissing(instrument, one) ? [instrument.words.halal] : []),
    ].join(" "),
  "KO-6": ({ words }) => words.incident,
  "KO-7": ({ words }, { context }) => filled(words.liquidity, { times: withComma(context.quick_ratio, 2) }),
  "KO-8": ({ words }) => words.no_records,
  "KO-9": ({ dimensions, limits }, _, result) => {
    const low = result.dimensions.filter(
      ({ code, tenths }) => limits.floor_dimensions.includes(code) && tenths !== null && tenths < limits.floor_tenths,
    );
    const names = Object.fromEntries(dimensions.map((/** @type {any} */ part) => [part.code, part.name]));
    return `${low.map(({ code, tenths }) => `${names[code]} ${tenthsText(tenths ?? 0)}`).join(", ")}.`;
  },
};
