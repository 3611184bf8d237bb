// @ts-check
// Days as ISO text, "2026-11-22": they are compared as text and counted in whole days.

const DAY_MS = 24 * 3600 * 1000;

/** @param {string} day @param {number} count */
export const addDays = (day, count) => new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);

/** How many days lie from the first to the second. @param {string} from @param {string} to */
export const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
