// @ts-check
// Decimal numbers as they are written, compared and shown exactly: 0.1 + 0.2 has no say in a class.

/** @typedef {string | number} Decimal Not negative: "0.35", 0.35, "1E+2". */

/**
 * Whole units and how many of their digits stand behind the point.
 * @param {Decimal} value
 * @returns {[bigint, number]}
 */
function parts(value) {
  const [mantissa, exponent = "0"] = String(value).toLowerCase().split("e");
  const [whole, fraction = ""] = mantissa.split(".");
  const scale = fraction.length - Number(exponent);
  const units = BigInt(whole + fraction);
  return scale >= 0 ? [units, scale] : [units * 10n ** BigInt(-scale), 0];
}

/**
 * Below, at or above nought when the first is less than, equal to or more than the second.
 * @param {Decimal} one
 * @param {Decimal} other
 */
export function compare(one, other) {
  const [left, leftScale] = parts(one);
  const [right, rightScale] = parts(other);
  const difference = left * 10n ** BigInt(rightScale) - right * 10n ** BigInt(leftScale);
  return difference < 0n ? -1 : Number(difference > 0n);
}

/**
 * The value times a hundred (`places` 2) or divided by it (-2), as decimal text.
 * @param {Decimal} value
 * @param {number} places
 */
export function shifted(value, places) {
  const [units, scale] = parts(value);
  const left = scale - places;
  if (left <= 0) return String(units * 10n ** BigInt(-left));
  const digits = String(units).padStart(left + 1, "0");
  return `${digits.slice(0, -left)}.${digits.slice(-left)}`;
}

/**
 * "57,3": rounded half to even, without noughts at the end.
 * @param {Decimal} value
 * @param {number} [decimals]
 */
export function withComma(value, decimals = 1) {
  const [units, scale] = parts(value);
  let shown = units * 10n ** BigInt(Math.max(0, decimals - scale));
  if (scale > decimals) {
    const unit = 10n ** BigInt(scale - decimals);
    const rest = units % unit;
    shown = units / unit;
    if (2n * rest > unit || (2n * rest === unit && shown % 2n === 1n)) shown += 1n;
  }
  const digits = String(shown).padStart(decimals + 1, "0");
  const fraction = digits.slice(-decimals).replace(/0+$/, "");
  return digits.slice(0, -decimals) + (fraction && `,${fraction}`);
}

/** A share as percent: 0.35 is "35%". @param {Decimal} share */
export const percent = (share) => `${withComma(shifted(share, 2))}%`;
