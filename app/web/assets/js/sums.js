// @ts-check
/** Sums as people type them, for saying them back. The server reads them itself, and more kinds. */

const SCALES = /** @type {Record<string, number>} */ ({ "": 1, rb: 1e3, ribu: 1e3, k: 1e3, jt: 1e6, juta: 1e6 });

/**
 * @param {string} text
 * @returns {number | null} whole rupiah; null for what can't be read here
 */
export function sumOf(text) {
  const found = /^(?:rp\.?\s*)?(\d{1,12}|\d{1,3}(?:\.\d{3})+)(?:,(\d{1,2}))?\s*(rb|ribu|k|jt|juta|)$/i.exec(text.trim());
  if (!found) return null;
  const [, whole, fraction, word] = found;
  const scale = SCALES[word.toLowerCase()];
  if (fraction && scale === 1) return null;
  return Number(whole.replaceAll(".", "")) * scale + Math.round((Number(fraction ?? 0) * scale) / 10 ** (fraction ?? "").length);
}

/** @param {number} sum */
export const inRupiah = (sum) => `Rp ${String(sum).replace(/\B(?=(\d{3})+$)/g, ".")}`;
