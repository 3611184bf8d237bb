// @ts-check
// The smallest set of answers whose improvement reaches the next class, found exactly as
// app/health/rules/next_class.py does: fewest indicators, then fewest points raised, then the earlier
// questions. Each dimension is listed by itself as "so many indicators, so many points: so much gained",
// and the dimensions are joined by dynamic programming over those two counts.
import {
  BEST_POINTS,
  HEALTHY,
  LESS_HEALTHY,
  RANK,
  SICK,
  isFoodPermitMissing,
  isHalalMissing,
  leastCommonMultiple,
  pointsOf,
  sheetOf,
} from "./scoring.js";

/**
 * @typedef {import("./scoring.js").Instrument} Instrument
 * @typedef {import("./scoring.js").Indicator} Indicator
 * @typedef {import("./scoring.js").Case} Case
 * @typedef {import("./scoring.js").Score} Score
 * @typedef {{indicator: string, from: number, to: number}} Step
 * @typedef {{target: string | null, steps: Step[], blocked_by: string[]}} WayUp
 * @typedef {{deltas: number[], gain: number, count: number, raised: number}} Way
 * @typedef {{indicators: Indicator[], choices: Way[][], unit: number}} Part
 * @typedef {Map<number, number>} Gains By count, or by `place(count, raised)`: the most to be gained.
 */

// These read facts of the context, so no better answer alone can lift them.
const FACT_KNOCKOUTS = ["KO-1", "KO-2", "KO-3", "KO-4", "KO-6", "KO-7"];
/** @type {Record<string, string>} */
const NEXT_CLASS = { [SICK]: LESS_HEALTHY, [LESS_HEALTHY]: HEALTHY };

/** @param {number} count @param {number} raised */
const place = (count, raised) => count * 1000 + raised;

/** @param {Gains} gains @param {number} key @param {number} gain */
const raise = (gains, key, gain) => gains.set(key, Math.max(gains.get(key) ?? 0, gain));

/** The least whole number of points that rounds up to a bound in tenths. @param {number} best @param {number} tenths */
const leastFor = (best, tenths) => Math.ceil((best * (2 * tenths - 1)) / 2000);

/**
 * How the next class is reached, as if knock-outs that read facts had ended.
 * @param {Instrument} instrument
 * @param {Case} one
 * @param {Score} result
 * @returns {WayUp}
 */
export function wayUp(instrument, one, result) {
  const target = NEXT_CLASS[result.final_class ?? ""] ?? null;
  if (target === null) return { target: null, steps: [], blocked_by: [] };
  const blocked = result.knockouts
    .filter(({ code, cap }) => FACT_KNOCKOUTS.includes(code) && RANK[cap] < RANK[target])
    .map((rule) => rule.code);
  return { target, steps: smallest(instrument, one, result, target), blocked_by: blocked };
}

/** @param {Instrument} instrument @param {Case} one @param {Score} result @param {string} target */
function smallest(instrument, one, result, target) {
  const answered = result.dimensions.filter((part) => part.answered);
  const kept = answered.filter((part) => part.tenths !== null);
  const common = leastCommonMultiple(kept.map((part) => part.answered));
  // A dimension that is left out adds nothing, yet a knock-out may read an answer of it.
  const units = answered.map((part) => (part.tenths === null ? 0 : part.weight * (common / part.answered)));
  const best = BEST_POINTS * common * kept.reduce((sum, part) => sum + part.weight, 0);
  const reached = answered.reduce((sum, part, at) => sum + units[at] * part.earned, 0);
  const bound = target === HEALTHY ? instrument.healthy_tenths : instrument.less_healthy_tenths;
  const floors = target === HEALTHY ? floorsOf(instrument, one) : [];
  const parts = answered.map((part, at) => partOf(instrument, one, part, units[at], target, floors));
  return stepsOf(one, bestWays(parts, leastFor(best, bound) - reached), parts);
}

/** Questions that need at least one point for the best class. @param {Instrument} instrument @param {Case} one */
function floorsOf(instrument, one) {
  return [
    ...(isFoodPermitMissing(one) ? ["LGL2"] : []),
    ...(isHalalMissing(instrument, one) ? ["LGL3"] : []),
    "MNJ1",
  ];
}

/**
 * @param {Instrument} instrument
 * @param {Case} one
 * @param {import("./scoring.js").DimensionScore} dimension
 * @param {number} unit
 * @param {string} target
 * @param {string[]} floors
 * @returns {Part}
 */
function partOf(instrument, one, dimension, unit, target, floors) {
  const { limits } = instrument;
  const [sheetPart] = sheetOf(instrument, one).dimensions.filter((part) => part.code === dimension.code);
  const indicators = sheetPart.items.filter((item) => pointsOf(one, item.code) !== null);
  const isFloored = target === HEALTHY && unit > 0 && limits.floor_dimensions.includes(dimension.code);
  const needed = isFloored
    ? leastFor(BEST_POINTS * dimension.answered, limits.floor_tenths) - dimension.earned
    : 0;
  const raises = indicators.map((item) => raisesOf(item, one, floors.includes(item.code) ? 1 : 0));
  return { indicators, unit, choices: choicesOf(indicators.map((item) => item.weight), raises, Math.max(needed, 0)) };
}

/** By how many points an answer may rise, the most first. @param {Indicator} item @param {Case} one @param {number} floor */
function raisesOf(item, one, floor) {
  const given = pointsOf(one, item.code) ?? 0;
  return [given, ...optionsOf(item, one.sector).map(([points]) => points).filter((points) => points > given)]
    .filter((points) => points >= floor)
    .map((points) => points - given)
    .sort((a, b) => b - a);
}

/** Points and wording of the answers in a sector. @param {Indicator} item @param {string} sector @returns {[number, string][]} */
export const optionsOf = (item, sector) => item.options_by_sector?.[sector] ?? item.options;

/** @type {Map<string, Way[][]>} */
const remembered = new Map();

/**
 * Every way to raise the answers of one dimension that gains at least `needed`, by count and points,
 * without those that come later in order and gain no more.
 * @param {number[]} weights
 * @param {number[][]} raises
 * @param {number} needed
 */
function choicesOf(weights, raises, needed) {
  const key = JSON.stringify([weights, raises, needed]);
  const known = remembered.get(key);
  if (known) return known;
  /** @type {Way[]} */
  let ways = [{ deltas: [], gain: 0, count: 0, raised: 0 }];
  weights.forEach((weight, at) => {
    ways = ways.flatMap((way) =>
      raises[at].map((delta) => ({
        deltas: [...way.deltas, delta],
        gain: way.gain + weight * delta,
        count: way.count + Number(delta > 0),
        raised: way.raised + delta,
      })),
    );
  });
  /** @type {Map<number, Way[]>} */
  const found = new Map();
  for (const way of ways) {
    if (way.gain < needed) continue;
    const at = place(way.count, way.raised);
    const kept = found.get(at);
    if (!kept) found.set(at, [way]);
    else if (way.gain > kept[kept.length - 1].gain) kept.push(way);
  }
  const choices = [...found.values()];
  if (remembered.size > 20000) remembered.clear();
  remembered.set(key, choices);
  return choices;
}

/** The most that ways of one count and sum can gain. @param {Way[]} ways @param {number} unit */
const mostOf = (ways, unit) => ways[ways.length - 1].gain * unit;

/** @param {Part} part */
function byCount(part) {
  /** @type {Gains} */
  const best = new Map();
  for (const ways of part.choices) raise(best, ways[0].count, mostOf(ways, part.unit));
  return best;
}

/** @param {Gains} left @param {Gains} right */
function joined(left, right) {
  /** @type {Gains} */
  const both = new Map();
  for (const [one, gain] of left) for (const [other, more] of right) raise(both, one + other, gain + more);
  return both;
}

/**
 * For each place in the row of parts: what those from there on can gain, by count and points. Ways that
 * could not reach `wanted` with the best of the earlier parts are dropped.
 * @param {Part[]} parts
 * @param {number} wanted
 * @param {number} count
 */
function tailsOf(parts, wanted, count) {
  /** @type {Gains[]} */
  const heads = [new Map([[0, 0]])];
  for (const part of parts.slice(0, -1)) heads.push(joined(heads[heads.length - 1], byCount(part)));
  /** @type {Gains[]} */
  const tails = [new Map([[0, 0]])];
  for (let at = parts.length - 1; at >= 0; at -= 1) {
    /** @type {Gains} */
    const longer = new Map();
    for (const ways of parts[at].choices) {
      const { count: used, raised } = ways[0];
      for (const [tail, tailGain] of tails[0]) {
        const tailUsed = Math.floor(tail / 1000);
        const before = heads[at].get(count - used - tailUsed);
        const gain = mostOf(ways, parts[at].unit) + tailGain;
        if (before !== undefined && before + gain >= wanted) raise(longer, tail + place(used, raised), gain);
      }
    }
    tails.unshift(longer);
  }
  return tails;
}

/** Of two ways of one part the one that raises the earlier questions more. @param {Way} one @param {Way} other */
function isEarlier(one, other) {
  const at = one.deltas.findIndex((delta, place_) => delta !== other.deltas[place_]);
  return at >= 0 && one.deltas[at] > other.deltas[at];
}

/** For each part the best way; none when even all best answers fall short. @param {Part[]} parts @param {number} wanted */
function bestWays(parts, wanted) {
  const all = parts.map(byCount).reduce(joined, new Map([[0, 0]]));
  const counts = [...all].filter(([, gain]) => gain >= wanted).map(([count]) => count);
  if (!counts.length) return [];
  let count = Math.min(...counts);
  const tails = tailsOf(parts, wanted, count);
  let raised = Math.min(
    ...[...tails[0]].filter(([at, gain]) => Math.floor(at / 1000) === count && gain >= wanted).map(([at]) => at % 1000),
  );
  return parts.map((part, at) => {
    /** @type {Way | undefined} */
    let best;
    for (const way of part.choices.flat()) {
      const rest = way.count > count || way.raised > raised ? undefined : tails[at + 1].get(place(count - way.count, raised - way.raised));
      if (rest === undefined || way.gain * part.unit + rest < wanted) continue;
      if (!best || isEarlier(way, best)) best = way;
    }
    const chosen = /** @type {Way} */ (best);
    wanted -= chosen.gain * part.unit;
    count -= chosen.count;
    raised -= chosen.raised;
    return chosen;
  });
}

/** @param {Case} one @param {Way[]} chosen @param {Part[]} parts @returns {Step[]} */
function stepsOf(one, chosen, parts) {
  return chosen.flatMap((way, at) =>
    way.deltas.flatMap((delta, place_) => {
      if (!delta) return [];
      const { code } = parts[at].indicators[place_];
      const given = pointsOf(one, code) ?? 0;
      return [{ indicator: code, from: given, to: given + delta }];
    }),
  );
}
