// @ts-check
/** What needs no browser: tested by `node --test`. */

/**
 * @typedef {{code: string, label: string}} Place
 * @typedef {{name: string, value: string, checked?: boolean}} Entry
 */

/** Suggestions are asked for from this many letters on. */
export const FEWEST_LETTERS = 3;

/**
 * @param {string} base
 * @param {Record<string, string>} query
 * @returns {string} the address with the query, empty values left out
 */
export function address(base, query) {
  const parts = Object.entries(query)
    .filter(([, value]) => value.trim() !== "")
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.trim())}`);
  if (parts.length === 0) return base;
  return base + (base.includes("?") ? "&" : "?") + parts.join("&");
}

/**
 * @param {number} now index of the marked suggestion, -1 for none
 * @param {number} count
 * @param {string} key
 * @returns {number} index after the key was pressed; the ends are joined
 */
export function moved(now, count, key) {
  if (count === 0) return -1;
  if (key === "ArrowDown") return (now + 1) % count;
  if (key === "ArrowUp") return now <= 0 ? count - 1 : now - 1;
  return now;
}

/**
 * @param {any} answer
 * @returns {Place[]} the places in the server's answer, whatever else it holds left out
 */
export function placesOf(answer) {
  const list = Array.isArray(answer) ? answer : answer?.matches;
  if (!Array.isArray(list)) return [];
  return list
    .filter((hit) => typeof hit?.code === "string" && typeof hit?.label === "string")
    .map((hit) => ({ code: hit.code, label: hit.label }));
}

/**
 * @param {number} lat
 * @param {number} lng
 * @returns {string} as the box for a point reads it
 */
export function pointText(lat, lng) {
  return `${lat.toFixed(6)}, ${lng.toFixed(6)}`;
}

/**
 * @param {number} tries how often was asked already
 * @returns {number} milliseconds until the next question: quick at first, then calmer
 */
export function pause(tries) {
  return Math.min(1000 + tries * 500, 5000);
}

/**
 * Whether a saved draft is of use: it is of this form, not older than a week, and says something
 * that the form does not.
 *
 * @param {any} draft
 * @param {Entry[]} present
 * @param {number} now milliseconds
 */
export function isUseful(draft, present, now) {
  if (!draft || !Array.isArray(draft.entries) || typeof draft.at !== "number") return false;
  if (now - draft.at > 7 * 24 * 3600 * 1000) return false;
  return JSON.stringify(draft.entries) !== JSON.stringify(present);
}

/**
 * @param {string} path an outline as the server draws it: for each ring a point, then steps from each point to the next
 * @returns {[number, number][][]} the rings as points
 */
export function ringsOf(path) {
  return path.split("z").filter((part) => part.startsWith("m")).map((part) => {
    const numbers = part.slice(1).trim().split(/\s+/).map(Number);
    let x = 0, y = 0;
    /** @type {[number, number][]} */
    const ring = [];
    for (let index = 0; index + 1 < numbers.length; index += 2) {
      x += numbers[index];
      y += numbers[index + 1];
      ring.push([x, y]);
    }
    return ring;
  });
}

/**
 * @param {{west: number, north: number, scale: number}} picture
 * @param {number} x
 * @param {number} y
 * @returns {[number, number]} latitude and longitude of a point of the picture
 */
export function placeIn(picture, x, y) {
  return [picture.north - y / picture.scale, picture.west + x / picture.scale];
}
