// @ts-check
/** What one piece costs, counted in whole numbers exactly as the server does. */

/**
 * A number as Indonesians write it, times ten to the power of `digits`.
 * @param {string} text
 * @param {number} digits
 * @returns {bigint | null | undefined} null for an empty box, undefined for what can't be read here
 */
export function number(text, digits) {
  const words = text.trim();
  if (words === "") return null;
  const found = /^(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d+))?$/.exec(words);
  const fraction = found?.[2] ?? "";
  if (!found || words.length > 15 || fraction.length > digits) return undefined;
  return BigInt(found[1].replaceAll(".", "") + fraction.padEnd(digits, "0"));
}

/** @param {bigint} value */
export function rupiah(value) {
  const digits = String(value < 0n ? -value : value).replace(/\B(?=(\d{3})+$)/g, ".");
  return `${value < 0n ? "-" : ""}Rp ${digits}`;
}

/** @param {bigint} permille */
export function tenths(permille) {
  const whole = permille < 0n ? -permille : permille;
  return `${permille < 0n ? "-" : ""}${whole / 10n},${whole % 10n}`;
}

/** @param {bigint} a @param {bigint} b above zero */
const up = (a, b) => (a + b - 1n) / b;

/** @param {bigint} a @param {bigint} b above zero */
const down = (a, b) => (a >= 0n || a % b === 0n ? a / b : a / b - 1n);

/**
 * @typedef {bigint | null | undefined} Typed
 * @param {{pieces: Typed, lines: {amount: Typed, price: Typed}[], others: Typed[], price: Typed}} batch amounts in thousandths
 * @returns what it comes to, or null while something can't be read
 */
export function costOf({ pieces, lines, others, price }) {
  const all = [pieces, price, ...others, ...lines.flatMap((line) => [line.amount, line.price])];
  if (!pieces || all.includes(undefined)) return null;
  let materials = 0n;
  for (const line of lines) materials += ((line.amount ?? 0n) * (line.price ?? 0n) + 500n) / 1000n;
  const total = others.reduce((/** @type {bigint} */ sum, one) => sum + (one ?? 0n), materials);
  const piece = up(total, pieces);
  const cost = { materials, total, per_piece: piece, fifth: up(piece * 5n, 4n), third: up(piece * 3n, 2n) };
  if (price === null || price === undefined) return { ...cost, margin: undefined, permille: undefined, verdict: "" };
  const margin = price - piece;
  const permille = price > 0n ? down(margin * 1000n, price) : undefined;
  let verdict = "";
  if (margin < 0n) verdict = "Rugi: tiap kemasan dijual di bawah biayanya.";
  else if (price > 0n && margin * 5n < price) verdict = "Tipis: kurang dari seperlima harga. Titip jual di toko bisa merugi.";
  return { ...cost, margin, permille, verdict };
}
