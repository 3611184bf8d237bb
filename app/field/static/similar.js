// @ts-check
// Whether a new enterprise may be one that the pack holds already, as app/enterprises/rules/similar.py
// judges names: order of words and generic words don't count.

/** @typedef {{near: number, generic: string[]}} Rules */

/** Without accents, case and marks. @param {string} text */
export const searchText = (text) =>
  text
    .replace(/['’‘`]/g, "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .toLowerCase()
    .trim();

/** @param {string} name @param {Rules} rules */
function telling(name, { generic }) {
  const words = name.split(" ").filter((word) => !generic.includes(word));
  return (words.length ? words : name.split(" ")).sort().join(" ");
}

/** The length of the longest common subsequence. @param {string} one @param {string} other */
function common(one, other) {
  let row = new Array(other.length + 1).fill(0);
  for (const letter of one) {
    const next = [0];
    for (let at = 0; at < other.length; at += 1) {
      next.push(letter === other[at] ? row[at] + 1 : Math.max(row[at + 1], next[at]));
    }
    row = next;
  }
  return row[other.length];
}

/** How alike two names are, 0 to 100. @param {string} one @param {string} other @param {Rules} rules */
export function nearness(one, other, rules) {
  const [left, right] = [telling(searchText(one), rules), telling(searchText(other), rules)];
  if (!left || !right) return 0;
  return (200 * common(left, right)) / (left.length + right.length);
}

/** The digits of a phone number after the country's or the first nought. @param {string | null | undefined} phone */
export const phoneDigits = (phone) => (phone ?? "").replace(/\D/g, "").replace(/^(62|0)+/, "");

/**
 * Cards that may be the same enterprise or owner, nearest first, with why.
 * @param {{name: string, owner: string, phone: string | null, village_code: string | null}} told
 * @param {Record<string, any>[]} cards
 * @param {Rules} rules
 */
export function duplicates(told, cards, rules) {
  const phone = phoneDigits(told.phone);
  const found = [];
  for (const card of cards) {
    const sameVillage = !told.village_code || card.village_code === told.village_code;
    const why = [];
    if (phone.length > 5 && phoneDigits(card.owner?.phone) === phone) why.push("nomor HP sama");
    const ofName = told.name ? nearness(told.name, card.name, rules) : 0;
    const ofOwner = told.owner ? nearness(told.owner, card.owner?.name ?? "", rules) : 0;
    if (sameVillage && ofName >= rules.near) why.push("nama usaha mirip");
    if (sameVillage && ofOwner >= rules.near) why.push("nama pemilik mirip");
    if (why.length) found.push({ card, why, rank: 100 * why.length + Math.max(ofName, ofOwner) });
  }
  return found.sort((a, b) => b.rank - a.rank).slice(0, 5);
}
