// @ts-check
// Numbers as people type them: dots between thousands, a comma before the fraction.

/** Text, or null for nothing. @param {any} value @returns {string | null} */
export const textOf = (value) => (typeof value === "string" && value.trim() ? value.trim() : null);

/** A whole number, or null. @param {any} value @returns {number | null} */
export function wholeOf(value) {
  const digits = String(value ?? "").replace(/[.\s]/g, "");
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

/** Whole rupiah, or null. @param {any} value @returns {number | null} */
export const rupiahOf = (value) => wholeOf(String(value ?? "").replace(/^\s*rp\.?/i, ""));

/** A point of the map, or nulls. @param {Record<string, any>} said */
export const pointOf = ({ lat, lng }) => ({ lat: lat ? Number(lat) : null, lng: lng ? Number(lng) : null });

/** A decimal as text with a point, null for nothing, undefined for no number. @param {any} value */
export function decimalOf(value) {
  const text = String(value ?? "").trim();
  if (!text) return null;
  return /^\d{1,6}([.,]\d{1,4})?$/.test(text) ? text.replace(",", ".") : undefined;
}
