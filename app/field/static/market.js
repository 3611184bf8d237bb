// @ts-check
// What the forms about channels, labels and certificates mean: values, problems, operations. Pure.
import { textOf, wholeOf } from "./numbers.js";

/** @typedef {Record<string, any>} Card */
/** @typedef {import("./forms.js").Problem} Problem */

/** The field with the day, by what is noted. @type {Record<string, string>} */
const DAYS = { delivery: "delivered_on", count: "counted_on", payment: "paid_on", return: "returned_on" };
const FUTURE = "Tanggal tidak boleh setelah hari ini.";

/** The track of a certificate, as the reference tells it. @param {any} reference @param {Card} certificate @returns {Card} */
export const trackOf = (reference, { track }) => reference?.tracks?.[track] ?? { name: track, states: {} };

/** What the enterprise gets for so many pieces: the price less the channel's share. @param {Card | undefined} product @param {Card} channel @param {any} pieces @returns {number | null} */
export function worth(product, { margin_permille: margin }, pieces) {
  const count = wholeOf(pieces);
  if (count === null || !product?.price) return null;
  return Math.round((count * product.price * (1000 - (margin ?? 0))) / 1000);
}

/** @param {Card} said @param {string} today @returns {Problem[]} */
export function movementProblems(said, today) {
  const found = [];
  if (!said.on) found.push({ field: "on", message: "Wajib diisi." });
  if (said.on > today) found.push({ field: "on", message: FUTURE });
  if (said.movement === "payment") {
    if (!wholeOf(said.amount)) found.push({ field: "amount", message: "Isi uang yang diterima." });
    return found;
  }
  const value = wholeOf(said.value);
  // Nothing sold is a count too.
  if (value === null || (value === 0 && said.movement !== "count")) found.push({ field: "value", message: "Isi nilainya." });
  if (said.pieces && wholeOf(said.pieces) === null) found.push({ field: "pieces", message: "Tulis angka bulat, contoh: 12." });
  return found;
}

/** The operation. @param {Card} said @param {Card} channel */
export function movementTold(said, channel) {
  const isReturn = said.movement === "return";
  const goods = {
    product_id: said.product_id || null,
    pieces: wholeOf(said.pieces) || null,
    value: wholeOf(said.value),
    ...(isReturn ? { reason: said.reason || "tidak_laku", is_paid: Boolean(said.is_paid) } : {}),
  };
  return {
    type: `channel.${said.movement}`,
    data: {
      channel_id: channel.id,
      [DAYS[said.movement]]: said.on,
      ...(said.movement === "payment" ? { amount: wholeOf(said.amount) } : goods),
      note: textOf(said.note),
    },
  };
}

/** What the last check found, as ticks: what was on the pack. @param {Card} product @returns {string[]} */
export const present = ({ label }) => (label?.needs ?? []).filter((/** @type {string} */ code) => label.last?.[code] === "ada");

/** Elements by code: needed ones are there or not, the others aren't needed. @param {Card} product @param {string[]} codes all elements @param {string[]} ticked */
export const elementsOf = ({ label }, codes, ticked) =>
  Object.fromEntries(codes.map((code) => {
    const isNeeded = label?.needs?.includes(code);
    return [code, isNeeded ? (ticked.includes(code) ? "ada" : "tidak") : "tidak_perlu"];
  }));

/** @param {Card} said @param {Card | undefined} way the state chosen: what it needs and may be told @param {string} today @returns {Problem[]} */
export function stepProblems(said, way, today) {
  if (!way) return [{ field: "to_state", message: "Pilih langkahnya." }];
  const found = [];
  if (!said.on) found.push({ field: "on", message: "Wajib diisi." });
  for (const name of ["on", "issued_on"]) if (said[name] > today) found.push({ field: name, message: FUTURE });
  if (way.needs.includes("nomor") && !textOf(said.number)) found.push({ field: "number", message: "Isi nomor di suratnya." });
  if (way.needs.includes("terbit") && !said.issued_on) found.push({ field: "issued_on", message: "Isi tanggal terbit di suratnya." });
  return found;
}

/** What is told of a step; only what the new state may be told. @param {Card} said @param {Card} way @param {Card} certificate */
export const stepTold = (said, way, certificate) => ({
  certificate_id: certificate.id,
  to_state: said.to_state,
  on: said.on,
  number: way.may.includes("nomor") ? textOf(said.number) : null,
  issued_on: way.may.includes("terbit") ? said.issued_on || null : null,
  expires_on: way.may.includes("habis") ? said.expires_on || null : null,
  note: textOf(said.note),
});
