// @ts-check
// The diagnosis on the phone: the same numbers, classes and rules as app/health/rules, from the
// instrument that the office published. Whole numbers only, as there: every share is kept as numerator
// and denominator until it is rounded half up to tenths. All of them stay below 2^53, because weights
// add up to 100 and so their least common multiple is at most 232,792,560.
import { compare } from "./decimals.js";

export const BEST_POINTS = 4;
export const SICK = "sakit";
export const LESS_HEALTHY = "kurang_sehat";
export const HEALTHY = "sehat";
/** @type {Record<string, number>} */
export const RANK = { [SICK]: 0, [LESS_HEALTHY]: 1, [HEALTHY]: 2 };

/**
 * @typedef {Record<string, any>} Instrument The published instrument (`instrument_as_json`).
 * @typedef {Record<string, any>} Indicator One question of it.
 * @typedef {{sector: string, assessed_on: string, answers: Record<string, number | null>,
 *   context: Record<string, any>}} Case
 * @typedef {{code: string, weight: number, items: Indicator[], applicable: number, unit: number}} Part
 * @typedef {{dimensions: Part[], codes: Set<string>, whole: number}} Sheet
 * @typedef {{code: string, weight: number, tenths: number | null, applicable: number,
 *   answered: number, earned: number}} DimensionScore
 * @typedef {{code: string, cap: string}} Knockout
 * @typedef {{dimensions: DimensionScore[], tenths: number | null, coverage: [number, number],
 *   coverage_thousandths: number, low: number, high: number, score_class: string | null,
 *   final_class: string | null, low_class: string | null, high_class: string | null, status: string,
 *   knockouts: Knockout[], missing_required: string[], valid_days: number | null}} Score
 */

/** The quotient of two whole numbers, the rest dropped. @param {number} a @param {number} b */
const quotient = (a, b) => (a - (a % b)) / b;

/** The quotient, rounded half up. @param {number} numerator @param {number} denominator */
export const rounded = (numerator, denominator) => quotient(2 * numerator + denominator, 2 * denominator);

/** @param {number[]} numbers */
export function leastCommonMultiple(numbers) {
  /** @type {(a: number, b: number) => number} */
  const divisor = (a, b) => (b ? divisor(b, a % b) : a);
  return numbers.reduce((found, number) => (found / divisor(found, number)) * number, 1);
}

/** The points of an answer; null is missing. @param {Case} one @param {string} code */
export const pointsOf = (one, code) => one.answers[code] ?? null;

/** @param {Instrument} instrument @returns {Indicator[]} */
export const indicatorsOf = (instrument) =>
  instrument.dimensions.flatMap((/** @type {any} */ part) => part.indicators);

/** @param {Instrument} instrument @param {string} code @returns {Indicator} */
export const indicatorOf = (instrument, code) =>
  indicatorsOf(instrument).filter((one) => one.code === code)[0];

/** @type {WeakMap<Instrument, Map<string, Sheet>>} */
const sheets = new WeakMap();

/** The questions that apply, by the sector and asset rules alone. @param {Instrument} instrument @param {Case} one */
export function sheetOf(instrument, one) {
  const { has_equipment: equipped, declared_non_halal: nonHalal } = one.context;
  const key = `${one.sector} ${Boolean(equipped)} ${Boolean(nonHalal)}`;
  const known = sheets.get(instrument) ?? new Map();
  sheets.set(instrument, known);
  if (!known.has(key)) known.set(key, newSheet(instrument, one.sector, Boolean(equipped), Boolean(nonHalal)));
  return /** @type {Sheet} */ (known.get(key));
}

/**
 * @param {Instrument} instrument
 * @param {string} sector
 * @param {boolean} equipped
 * @param {boolean} nonHalal
 * @returns {Sheet}
 */
function newSheet(instrument, sector, equipped, nonHalal) {
  const refused = [equipped ? "" : "punya_alat", nonHalal ? "bukan_tidak_halal" : ""];
  /** @type {Part[]} */
  const parts = [];
  for (const { code, weight, indicators } of instrument.dimensions) {
    /** @type {Indicator[]} */
    const items = indicators.filter(
      (/** @type {Indicator} */ item) =>
        (!item.sectors || item.sectors.includes(sector)) && !(item.condition && refused.includes(item.condition)),
    );
    const applicable = items.reduce((sum, item) => sum + item.weight, 0);
    if (items.length) parts.push({ code, weight, items, applicable, unit: 0 });
  }
  const common = leastCommonMultiple(parts.map((part) => part.applicable));
  for (const part of parts) part.unit = quotient(part.weight * common, part.applicable);
  return {
    dimensions: parts,
    codes: new Set(parts.flatMap((part) => part.items.map((item) => item.code))),
    whole: common * parts.reduce((sum, part) => sum + part.weight, 0),
  };
}

/** Whether a share reaches a bound, unrounded. @param {number[]} share @param {number[]} bound */
export const reaches = ([part, whole], [numerator, denominator]) => part * denominator >= numerator * whole;

/** Score one case. @param {Instrument} instrument @param {Case} one @returns {Score} */
export function score(instrument, one) {
  const sheet = sheetOf(instrument, one);
  const dimensions = sheet.dimensions.map((part) => dimensionScore(part, one, instrument.dimension_coverage));
  const knockouts = fired(instrument, one, dimensions);
  const tenths = totalOf(dimensions);
  const { coverage, low, high } = rangeOf(sheet, dimensions);
  const missing = missingRequired(instrument, one);
  const status = statusOf(instrument, dimensions, coverage, missing);
  const isRated = status !== "belum_dapat_dinilai" && tenths !== null;
  const scoreClass = isRated ? classOf(instrument, tenths) : null;
  /** @param {number} value */
  const capped = (value) => (isRated ? worst([classOf(instrument, value), ...knockouts.map((rule) => rule.cap)]) : null);
  const finalClass = capped(tenths ?? 0);
  return {
    dimensions,
    tenths,
    coverage,
    coverage_thousandths: rounded(1000 * coverage[0], coverage[1]),
    low,
    high,
    score_class: scoreClass,
    final_class: finalClass,
    low_class: capped(low),
    high_class: capped(high),
    status,
    knockouts,
    missing_required: missing,
    valid_days: finalClass === null ? null : instrument.valid_days[finalClass],
  };
}

/** @param {string[]} classes */
const worst = (classes) => classes.reduce((found, one) => (RANK[one] < RANK[found] ? one : found));

/** @param {Instrument} instrument @param {number} tenths */
function classOf(instrument, tenths) {
  if (tenths >= instrument.healthy_tenths) return HEALTHY;
  return tenths >= instrument.less_healthy_tenths ? LESS_HEALTHY : SICK;
}

/** @param {Part} part @param {Case} one @param {number[]} least @returns {DimensionScore} */
function dimensionScore(part, one, least) {
  let answered = 0;
  let earned = 0;
  for (const { code, weight } of part.items) {
    const points = pointsOf(one, code);
    if (points === null) continue;
    answered += weight;
    earned += weight * points;
  }
  const { code, weight, applicable } = part;
  const isKept = reaches([answered, applicable], least);
  const tenths = isKept ? rounded(1000 * earned, BEST_POINTS * answered) : null;
  return { code, weight, tenths, applicable, answered, earned };
}

/** @param {DimensionScore[]} dimensions */
function totalOf(dimensions) {
  const kept = dimensions.filter((part) => part.tenths !== null);
  if (!kept.length) return null;
  const common = leastCommonMultiple(kept.map((part) => part.answered));
  const earned = kept.reduce((sum, part) => sum + part.weight * part.earned * (common / part.answered), 0);
  return rounded(1000 * earned, BEST_POINTS * common * kept.reduce((sum, part) => sum + part.weight, 0));
}

/**
 * Coverage, and the range: all missing answers as 0, and all as the best.
 * @param {Sheet} sheet
 * @param {DimensionScore[]} dimensions
 * @returns {{coverage: [number, number], low: number, high: number}}
 */
function rangeOf(sheet, dimensions) {
  let answered = 0;
  let earned = 0;
  let missing = 0;
  sheet.dimensions.forEach(({ unit, applicable }, place) => {
    answered += unit * dimensions[place].answered;
    earned += unit * dimensions[place].earned;
    missing += unit * (applicable - dimensions[place].answered);
  });
  const best = BEST_POINTS * sheet.whole;
  return {
    coverage: [answered, sheet.whole],
    low: rounded(1000 * earned, best),
    high: rounded(1000 * (earned + BEST_POINTS * missing), best),
  };
}

/** @param {Instrument} instrument @param {DimensionScore[]} dimensions @param {number[]} coverage @param {string[]} missing */
function statusOf(instrument, dimensions, coverage, missing) {
  if (!reaches(coverage, instrument.provisional_coverage)) return "belum_dapat_dinilai";
  const isWhole = dimensions.every((part) => part.tenths !== null) && !missing.length;
  return isWhole && reaches(coverage, instrument.final_coverage) ? "final" : "sementara";
}

/** The required questions that have no answer. @param {Instrument} instrument @param {Case} one @returns {string[]} */
function missingRequired(instrument, one) {
  return instrument.required.filter((/** @type {string} */ code) => {
    const asked = instrument.screening.find((/** @type {any} */ question) => question.code === code);
    if (!asked) return pointsOf(one, code) === null;
    return asked.sectors.includes(one.sector) && (one.context.incident_open ?? null) === null;
  });
}

/** The same day so many months later; the last day of a month that is too short. @param {string} day @param {number} months */
export function addMonths(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

/** Packed food that leaves the house without a permit (KO-5). @param {Case} one */
export const isFoodPermitMissing = (one) =>
  one.sector === "A" && Boolean(one.context.sold_outside_home) && pointsOf(one, "LGL2") === 0;

/** Food that must be halal by now and is not in process (KO-5). @param {Instrument} instrument @param {Case} one */
export const isHalalMissing = (instrument, one) =>
  ["A", "B"].includes(one.sector) &&
  !one.context.declared_non_halal &&
  one.assessed_on >= instrument.halal_required_from &&
  pointsOf(one, "LGL3") === 0;

/** @type {Record<string, (instrument: Instrument, one: Case, rule: any) => string | null>} */
const RULES = {
  "KO-1": ({ limits }, { context }, rule) => {
    const days = context.days_since_last_sale ?? null;
    if (days === null || days <= limits.no_sale_days) return null;
    return context.off_season && days <= limits.off_season_days ? null : rule.effect;
  },
  "KO-2": ({ limits, startup_months: startup }, { context, assessed_on: day }, rule) => {
    const { loss_months: months = null, book_coverage: share = null, started_on: start = null } = context;
    if (months === null || share === null || months < limits.loss_months) return null;
    if (compare(share, limits.book_coverage) < 0) return null;
    return start && addMonths(start, startup) > day ? rule.startup_effect : rule.effect;
  },
  "KO-3": ({ limits }, { context }) => {
    const days = context.arrears_days ?? null;
    if (days === null || days <= limits.arrears_cap_days) return null;
    return days > limits.arrears_sick_days ? SICK : LESS_HEALTHY;
  },
  "KO-4": ({ limits }, { context }) => {
    const ratio = context.debt_service_ratio ?? null;
    if (context.installments_without_surplus) return SICK;
    if (ratio === null || compare(ratio, limits.debt_service_cap) <= 0) return null;
    return compare(ratio, limits.debt_service_sick) > 0 ? SICK : LESS_HEALTHY;
  },
  "KO-5": (instrument, one, rule) =>
    isFoodPermitMissing(one) || isHalalMissing(instrument, one) ? rule.effect : null,
  "KO-6": (_, { context }, rule) => (context.incident_open ? rule.effect : null),
  "KO-7": ({ limits }, { context }, rule) => {
    const ratio = context.quick_ratio ?? null;
    return ratio === null || compare(ratio, limits.quick_ratio) >= 0 ? null : rule.effect;
  },
  "KO-8": (_, one, rule) => (pointsOf(one, "MNJ1") === 0 ? rule.effect : null),
};

/**
 * Every rule that fires, in the order of the rules.
 * @param {Instrument} instrument
 * @param {Case} one
 * @param {DimensionScore[]} dimensions
 * @returns {Knockout[]}
 */
function fired(instrument, one, dimensions) {
  const { knockouts, limits } = instrument;
  const found = Object.entries(RULES).map(([code, rule]) => ({ code, cap: rule(instrument, one, knockouts[code]) }));
  const isLow = dimensions.some(
    ({ code, tenths }) => limits.floor_dimensions.includes(code) && tenths !== null && tenths < limits.floor_tenths,
  );
  found.push({ code: "KO-9", cap: isLow ? knockouts["KO-9"].effect : null });
  return /** @type {Knockout[]} */ (found.filter((rule) => rule.cap !== null));
}
