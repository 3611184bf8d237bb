// @ts-check
// What the office knew of the answers when the card was fetched: it stands in the form beforehand,
// and who says otherwise says why. The server's form does the same.

/**
 * @typedef {Record<string, any>} Card
 * @typedef {Record<string, any>} Draft
 * @typedef {{code: string, points: number, source: string, on: string, evidence: string, until: string | null, number: string | null}} Known
 */

export const REASON = "_alasan";
const EXPLAIN = "{name}: isi alasan jawaban ini berbeda dari data.";

/** What still holds on a day. @param {Card} card @param {string} today @returns {Map<string, Known>} */
export const knownOf = (card, today) =>
  new Map((card.known ?? []).filter((/** @type {Known} */ one) => !one.until || one.until >= today).map((/** @type {Known} */ one) => [one.code, one]));

/** How a draft begins. @param {Map<string, Known>} known @returns {Draft} */
export const prefilled = (known) =>
  Object.fromEntries([...known.values()].flatMap(({ code, points, evidence, number }) => [
    [code, String(points)],
    [`${code}_bukti`, evidence],
    ...(number ? [[`${code}_angka`, number]] : []),
  ]));

/** What the cash book says beside the questions, and the season. @param {Card} card @param {string} today @returns {Draft} */
export function toldBy(card, today) {
  const { until, ...told } = card.book ?? {};
  const months = card.season_months ?? [];
  return {
    off_season: Boolean(card.is_seasonal && months.length && !months.includes(Number(today.slice(5, 7)))),
    ...(until && until >= today ? told : {}),
  };
}

/** Whether the answer says something else. @param {Draft} said @param {Known} one */
export const isOther = (said, { code, points }) => /^[0-4]$/.test(said[code] ?? "") && Number(said[code]) !== points;

/** Answers among `asked` that say something else without a reason. @param {Map<string, Known>} known @param {Card[]} asked @param {Draft} said */
export const unexplained = (known, asked, said) =>
  asked
    .filter(({ code }) => { const one = known.get(code); return one && isOther(said, one) && !said[code + REASON]; })
    .map(({ code, name }) => ({ field: code + REASON, message: EXPLAIN.replace("{name}", name) }));

/** What travels with the assessment. @param {Map<string, Known>} known @param {Card[]} asked @param {Draft} said */
export const correctionsOf = (known, asked, said) =>
  Object.fromEntries(asked.flatMap(({ code }) => {
    const one = known.get(code);
    return one && isOther(said, one) ? [[code, { known_points: one.points, source: one.source, reason: said[code + REASON] }]] : [];
  }));
