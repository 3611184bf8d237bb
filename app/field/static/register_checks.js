// @ts-check
// What can't be true of an owner or an enterprise, in the words of the server's forms.
import { pointOf, rupiahOf, textOf, wholeOf } from "./numbers.js";

/** @typedef {import("./forms.js").Problem} Problem */

const REQUIRED = "Wajib diisi.";
const OLDEST = "1900-01-01";
const MOST_YEARS = 60;
const MARKS = /[\s.\-–—'’`/()]+/g;

/** @param {string} text */
function nikProblem(text) {
  const digits = text.normalize("NFKC").replace(MARKS, "");
  if (!/^\d+$/.test(digits)) return "NIK hanya terdiri dari angka (16 angka).";
  return digits.length === 16 ? "" : `NIK harus 16 angka; yang diisi ${digits.length} angka.`;
}

/** @param {string} text */
function phoneProblem(text) {
  const digits = text.normalize("NFKC").replace(MARKS, "");
  if (!/^\+?\d+$/.test(digits)) return "Nomor HP hanya terdiri dari angka.";
  const count = digits.replace(/^\+?62/, "0").replace("+", "").length;
  return count >= 8 && count <= 15 ? "" : "Nomor HP harus 10 sampai 14 angka, misalnya 0812 3456 7890.";
}

/** @param {Record<string, any>} said @param {string} field @returns {Problem[]} */
export function phoneProblems(said, field) {
  const message = said[field] ? phoneProblem(said[field]) : "";
  return message ? [{ field, message }] : [];
}

/** @param {Record<string, any>} said @param {string} field @returns {Problem[]} */
export const ownerNameProblems = (said, field) => (said[field] ? [] : [{ field, message: REQUIRED }]);

/** @param {Record<string, any>} said @param {string} today @returns {Problem[]} */
export function ownerProblems(said, today) {
  /** @type {[string, string | false][]} */
  const found = [
    ["category", !said.category && REQUIRED],
    ["nik", Boolean(said.nik) && nikProblem(said.nik)],
    ["born_on", isOutside(said.born_on, today) && "Tanggal lahir harus sebelum hari ini dan setelah tahun 1900."],
    ["returned_on", said.category === "purna" && isOutside(said.returned_on, today) && "Tanggal pulang tidak boleh setelah hari ini."],
    ["relation", said.category === "keluarga" && !said.relation && "Pilih hubungan keluarganya dengan PMI."],
    ["years_abroad", Boolean(said.years_abroad) && !((wholeOf(said.years_abroad) ?? 99) <= MOST_YEARS) && `Lama kerja dari 0 sampai ${MOST_YEARS} tahun.`],
    ["consent_witness", said.consent_way === "lisan_saksi" && !said.consent_witness && "Persetujuan lisan perlu saksi. Tulis nama saksinya."],
    ["consented_on", Boolean(said.consent_way) && (said.consented_on ? said.consented_on > today && "Tanggal persetujuan tidak boleh setelah hari ini." : REQUIRED)],
  ];
  return [...ownerNameProblems(said, "owner_name"), ...listed(found), ...phoneProblems(said, "phone")];
}

/** @param {Record<string, any>} said @param {string} today @returns {Problem[]} */
export function enterpriseProblems(said, today) {
  return listed([
    ["name", !said.name && REQUIRED],
    ["village_code", "village_code" in said && !said.village_code && REQUIRED],
    ["started_on", isOutside(said.started_on, today) && "Tanggal mulai usaha tidak boleh setelah hari ini."],
    ["kbli_code", Boolean(said.kbli_code) && !isDigits(said.kbli_code, 5) && "Kode KBLI terdiri dari 5 angka, contoh: 10794."],
    ["nib", Boolean(said.nib) && !isDigits(said.nib, 13) && "NIB terdiri dari 13 angka."],
    ...MONEY.map((name) => /** @type {[string, string | false]} */ ([name, Boolean(said[name]) && rupiahOf(said[name]) === null && "Tulis rupiah dengan angka, contoh: 5.000.000."])),
    ["season_months", said.is_seasonal && !said.season_months.length && "Pilih bulan-bulan saat usaha musiman ini berjualan."],
    ...WORKERS.map((name) => /** @type {[string, string | false]} */ ([name, Boolean(said[name]) && wholeOf(said[name]) === null && "Tulis angka bulat, contoh: 12."])),
  ]);
}

export const WORKERS = ["workers_paid_female", "workers_paid_male", "workers_family_female", "workers_family_male"];
export const FLAGS = ["has_equipment", "sold_outside_home", "declared_non_halal", "is_seasonal"];

/** What both forms say of an enterprise besides its texts. @param {Record<string, any>} said */
export const detailsOf = (said) => ({
  ...Object.fromEntries(WORKERS.map((name) => [name, wholeOf(said[name])])),
  ...Object.fromEntries(FLAGS.map((name) => [name, said[name]])),
  season_months: said.is_seasonal ? said.season_months.map(Number) : [],
  kbli_code: textOf(said.kbli_code),
  ...pointOf(said),
});

const MONEY = ["capital", "yearly_sales"];

/** What the phone is never told of an enterprise, so that only what was typed is said. @param {Record<string, any>} said */
export const numbersOf = (said) => ({
  ...Object.fromEntries(MONEY.filter((name) => said[name]).map((name) => [name, rupiahOf(said[name])])),
  ...(said.nib ? { nib: said.nib } : {}),
});

/** @param {string} text @param {number} count */
const isDigits = (text, count) => new RegExp(`^\\d{${count}}$`).test(text.normalize("NFKC").replace(MARKS, ""));

/** @param {string} day @param {string} today */
const isOutside = (day, today) => Boolean(day) && (day > today || day < OLDEST);

/** @param {[string, string | false][]} pairs @returns {Problem[]} */
const listed = (pairs) => pairs.flatMap(([field, message]) => (message ? [{ field, message }] : []));
