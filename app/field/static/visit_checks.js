// @ts-check
// What a visit must say, in the words of app/mentoring/rules/visits.py; the numbers come with the
// reference. tests/cases/visit_cases.json holds both to the same.
import { addDays } from "./days.js";
import { MET } from "./protocol.js";

/**
 * @typedef {{field: string | null, message: string}} Problem
 * @typedef {Record<string, any>} Report as it is sent in `visit.create`
 */

/**
 * What can't be true of a visit or is missing in it, in the order of the server.
 * @param {Report} report
 * @param {{today: string, now: string, latest_on: string | null, rules: Record<string, any>}} known
 * @returns {Problem[]}
 */
export function visitProblems(report, { today, now, latest_on: latest, rules }) {
  const found = [
    ...wrongDays(report, today, now, rules.visit),
    ...(report.outcome === MET ? missingOfMeeting(report) : missingOfTrying(report)),
    ...wrongPromises(report, rules.visit),
  ];
  const { next_visit_on: agreed } = report;
  const isRefused = report.outcome in rules.protocol.rest;
  if (!found.length && agreed && latest && agreed > latest && !isRefused) {
    const [year, month, day] = latest.split("-").map(Number);
    found.push({
      field: "next_visit_on",
      message: `Menurut kelas kesehatannya, usaha ini dikunjungi lagi paling lambat ${day}/${month}/${year}.`,
    });
  }
  return found;
}

/** @param {Report} report @param {string} today @param {string} now @param {any} rules @returns {Problem[]} */
function wrongDays({ visited_on: day, started_at: start, next_visit_on: next }, today, now, rules) {
  const found = [];
  if (day > today || (start && Date.parse(start) > Date.parse(now))) {
    found.push({ field: "visited_on", message: "Waktu kunjungan tidak boleh setelah sekarang." });
  } else if (day < addDays(today, -rules.max_age_days)) {
    found.push({ field: "visited_on", message: "Tanggal ini sudah lebih dari setahun lalu. Periksa tahunnya." });
  } else if (start && ![dayInJakarta(start), start.slice(0, 10)].includes(day)) {
    found.push({ field: "visited_on", message: "Jam dan tanggal kunjungan tidak cocok." });
  }
  if (next && next <= day) {
    found.push({ field: "next_visit_on", message: "Tanggal kunjungan berikutnya harus setelah kunjungan ini." });
  }
  return found;
}

/**
 * Days are those of Jakarta, as at the office; after midnight in the east the phone says a day of its
 * own, and that is right too.
 * @param {string} instant
 */
const dayInJakarta = (instant) => new Date(Date.parse(instant) + 7 * 3600 * 1000).toISOString().slice(0, 10);

/** @param {Report} report @returns {Problem[]} */
const missingOfTrying = ({ reason }) =>
  reason ? [] : [{ field: "reason", message: "Isi alasan tidak bertemu, ditolak, atau diminta apa." }];

/** @param {Report} report @returns {Problem[]} */
const missingOfMeeting = (report) => [
  ...(report.place_kind ? [] : [{ field: "place_kind", message: "Pilih tempat bertemu." }]),
  ...(report.met_with ? [] : [{ field: "met_with", message: "Isi siapa yang ditemui." }]),
  ...(report.findings ? [] : [{ field: "findings", message: "Isi keadaan usaha yang ditemukan." }]),
];

/** @param {Report} report @param {any} rules @returns {Problem[]} */
function wrongPromises({ promises = [], visited_on: day }, rules) {
  const most = rules.max_promises;
  /** @type {Problem[]} */
  const found = promises.length > most ? [{ field: null, message: `Paling banyak ${most} janji baru.` }] : [];
  const last = addDays(day, rules.max_promise_days);
  promises.forEach((/** @type {any} */ promise, /** @type {number} */ slot) => {
    if (promise.due_on >= day && promise.due_on <= last) return;
    found.push({
      field: `promise_due_${slot}`,
      message: "Batas janji paling cepat hari kunjungan dan paling lama setahun.",
    });
  });
  return found;
}
