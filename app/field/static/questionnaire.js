// @ts-check
// What the answers of an assessment mean together, as app/health/rules/questionnaire.py and the
// server's form read them. A draft holds "KEU1": "0" to "4", "belum" or "tidak_tahu"; "KEU1_bukti" its
// evidence; "KEU2_angka" the raw number beside it, as typed.
import { compare, shifted } from "./decimals.js";
import { filled, needsNumber, pointsFor } from "./explain.js";
import { decimalOf, wholeOf } from "./numbers.js";
import { indicatorsOf, sheetOf } from "./scoring.js";
import { optionsOf } from "./way_up.js";

/**
 * @typedef {import("./scoring.js").Instrument} Instrument
 * @typedef {import("./scoring.js").Indicator} Indicator
 * @typedef {Record<string, any>} Draft
 * @typedef {{field: string, message: string}} Problem
 */

export const NOT_ASKED = "belum";
export const NOT_KNOWN = "tidak_tahu";
const CLAIMED = "pengakuan";
const MOST_DAYS = "20000";
const ASK_NUMBER = "{name}: isi angkanya, karena menentukan kelas. Perkiraan boleh.";
const OTHER_POINTS = "{name}: angka ini berarti “{said}”. Perbaiki salah satunya.";
/** @type {Record<string, boolean | null>} */
const INCIDENT = { ya: true, selesai: false, tidak: false };

/** What stands behind a number. @type {Record<string, string>} */
export const SUFFIX = { days_since_last_sale: "hari", arrears_days: "hari", debt_service_ratio: "%", quick_ratio: "kali" };

/** @param {string} sector */
export const isFood = (sector) => ["A", "B"].includes(sector);

/** @param {Draft} said @param {string} code @returns {number | null} */
function pointsIn(said, code) {
  return /^[0-4]$/.test(said[code] ?? "") ? Number(said[code]) : null;
}

/** The pages of questions that apply. @param {Instrument} instrument @param {string} sector @param {Draft} said */
export function pagesOf(instrument, sector, said) {
  const { codes } = sheetOf(instrument, caseOf(instrument, sector, said).one);
  return instrument.dimensions
    .map((/** @type {any} */ part) => ({
      code: part.code,
      name: part.name,
      asked: part.indicators.filter((/** @type {Indicator} */ item) => codes.has(item.code)),
    }))
    .filter((/** @type {any} */ page) => page.asked.length);
}

/** @param {Draft} said @param {Indicator[]} asked */
export const answeredOf = (said, asked) => asked.filter((item) => pointsIn(said, item.code) !== null).length;

/** A typed number as the rules read it: shares instead of percent. @param {Instrument} instrument @param {string} fact @param {any} typed */
function factOf(instrument, fact, typed) {
  const text = decimalOf(typed);
  if (!text) return null;
  return instrument.percent_facts.includes(fact) ? shifted(text, -2) : text;
}

/**
 * What a draft says.
 * @param {Instrument} instrument
 * @param {string} sector
 * @param {Draft} said
 * @returns {{one: import("./scoring.js").Case, evidence: Record<string, string>, not_known: string[]}}
 */
export function caseOf(instrument, sector, said) {
  const all = indicatorsOf(instrument);
  const answers = Object.fromEntries(all.map(({ code }) => [code, pointsIn(said, code)]));
  /** @type {Record<string, string | null>} */
  const numbers = {};
  for (const { code, raw } of all) if (raw) numbers[raw.name] = factOf(instrument, raw.name, said[`${code}_angka`]);
  /** @param {string | null} text */
  const asNumber = (text) => (text === null ? null : Number(text));
  return {
    one: {
      sector,
      assessed_on: said.assessed_on,
      answers,
      context: {
        has_equipment: Boolean(said.has_equipment),
        declared_non_halal: isFood(sector) && Boolean(said.declared_non_halal),
        sold_outside_home: Boolean(said.sold_outside_home),
        off_season: Boolean(said.off_season),
        days_since_last_sale: asNumber(numbers.days_since_last_sale ?? null),
        loss_months: wholeOf(said.loss_months),
        book_coverage: asNumber(factOf(instrument, "book_coverage", said.book_coverage)),
        arrears_days: asNumber(numbers.arrears_days ?? null),
        debt_service_ratio: asNumber(numbers.debt_service_ratio ?? null),
        installments_without_surplus: Boolean(said.installments_without_surplus),
        quick_ratio: asNumber(numbers.quick_ratio ?? null),
        incident_open: isFood(sector) ? (INCIDENT[said.incident] ?? null) : null,
        started_on: said.started_on || null,
      },
    },
    evidence: Object.fromEntries(
      all.filter(({ code }) => answers[code] !== null).map(({ code }) => [code, said[`${code}_bukti`] || CLAIMED]),
    ),
    not_known: all.filter(({ code }) => said[code] === NOT_KNOWN).map(({ code }) => code),
  };
}

/**
 * What is wrong on one page of questions. An answer that follows from a number is written into `said`.
 * @param {Instrument} instrument
 * @param {Indicator[]} asked
 * @param {string} sector
 * @param {Draft} said
 * @returns {Problem[]}
 */
export function pageProblems(instrument, asked, sector, said) {
  const found = asked.flatMap((item) => (item.raw ? numberProblems(instrument, item, sector, said) : []));
  if (asked.some(({ code }) => code === "KEU1")) {
    if (said.loss_months && !((wholeOf(said.loss_months) ?? 9) <= 3)) {
      found.push({ field: "loss_months", message: "Angka paling besar 3." });
    }
    const share = decimalOf(said.book_coverage);
    if (share === undefined || (share && compare(share, 100) > 0)) {
      found.push({ field: "book_coverage", message: "Angka paling besar 100." });
    }
  }
  return found;
}

/** @param {Instrument} instrument @param {Indicator} item @param {string} sector @param {Draft} said @returns {Problem[]} */
function numberProblems(instrument, item, sector, said) {
  const { code, name, raw } = item;
  const points = pointsIn(said, code);
  if (code === "MDL1" && said.installments_without_surplus) {
    if (points) return [{ field: code, message: "Bila tidak ada sisa usaha, pilih jawaban pertama." }];
    said[code] = "0";
    return [];
  }
  const field = `${code}_angka`;
  const typed = decimalOf(said[field]);
  const isDays = SUFFIX[raw.name] === "hari";
  if (typed === undefined || (typed && isDays && (typed.includes(".") || compare(typed, MOST_DAYS) > 0))) {
    const message = isDays ? "Tulis angka bulat, contoh: 12." : "Tulis angka, pecahan dengan koma, contoh: 12,5.";
    return [{ field, message }];
  }
  if (typed === null) {
    if (points === null || !needsNumber(instrument, item, points)) return [];
    return [{ field, message: filled(ASK_NUMBER, { name }) }];
  }
  const meant = pointsFor(raw, instrument.percent_facts.includes(raw.name) ? shifted(typed, -2) : typed);
  if (points !== null && points !== meant) {
    const words = optionsOf(item, sector).find(([value]) => value === meant)?.[1] ?? "";
    return [{ field, message: filled(OTHER_POINTS, { name, said: words }) }];
  }
  said[code] = String(meant);
  return [];
}
