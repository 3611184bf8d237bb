import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { decimalOf, wholeOf } from "../../app/field/static/numbers.js";
import { caseOf, pageProblems } from "../../app/field/static/questionnaire.js";
import { enterpriseProblems, ownerProblems } from "../../app/field/static/register_checks.js";

const TODAY = "2026-11-22";
const item = {
  code: "MDL1", name: "Beban cicilan", weight: 4, question: "?",
  options: [[0, "Lebih dari 70%"], [1, "50% sampai 70%"], [2, "35% sampai 50%"], [3, "20% sampai 35%"], [4, "20% atau kurang"]],
  raw: { name: "debt_service_ratio", question: "Berapa?", at_most: [[4, "0.20"], [3, "0.35"], [2, "0.5"], [1, "0.7"]], at_least: [] },
};
const instrument = {
  dimensions: [{ code: "MDL", name: "Permodalan", weight: 10, indicators: [item] }],
  percent_facts: ["book_coverage", "debt_service_ratio"],
  limits: { no_sale_days: 60, arrears_cap_days: 90, debt_service_cap: "0.5", quick_ratio: "0.5" },
};

test("numbers are read as people type them", () => {
  assert.equal(decimalOf("35,5"), "35.5");
  assert.equal(decimalOf(""), null);
  assert.equal(decimalOf("tiga"), undefined);
  assert.equal(wholeOf("1.250.000"), 1250000);
  assert.equal(wholeOf("-3"), null);
});

test("a number decides the answer, and a percent is a share without rounding on the way", () => {
  const said = { assessed_on: TODAY, MDL1_angka: "35,5" };

  assert.deepEqual(pageProblems(instrument, [item], "C", said), []);

  assert.equal(said.MDL1, "2");
  const { one, evidence, not_known: unknown } = caseOf(instrument, "C", said);
  assert.equal(one.context.debt_service_ratio, 0.355);
  assert.deepEqual([one.answers, evidence, unknown], [{ MDL1: 2 }, { MDL1: "pengakuan" }, []]);
});

test("an answer that says something else than its number is sent back, and one that a class hangs on asks for it", () => {
  const told = pageProblems(instrument, [item], "C", { MDL1: "4", MDL1_angka: "35,5" });
  const asked = pageProblems(instrument, [item], "C", { MDL1: "0" });

  assert.deepEqual(told, [{ field: "MDL1_angka", message: "Beban cicilan: angka ini berarti “35% sampai 50%”. Perbaiki salah satunya." }]);
  assert.deepEqual(asked, [{ field: "MDL1_angka", message: "Beban cicilan: isi angkanya, karena menentukan kelas. Perkiraan boleh." }]);
  assert.deepEqual(pageProblems(instrument, [item], "C", { MDL1: "3" }), []);
});

test("instalments without surplus need no number and allow only the worst answer", () => {
  const said = { installments_without_surplus: true };

  assert.deepEqual(pageProblems(instrument, [item], "C", said), []);
  assert.equal(said.MDL1, "0");
  assert.deepEqual(
    pageProblems(instrument, [item], "C", { ...said, MDL1: "3" }),
    [{ field: "MDL1", message: "Bila tidak ada sisa usaha, pilih jawaban pertama." }],
  );
});

test("an owner without name and with half a number is sent back at both fields", () => {
  const fields = ownerProblems({ owner_name: "", category: "keluarga", nik: "3302", phone: "08", consent_way: "lisan_saksi", consented_on: "2026-11-23" }, TODAY);

  assert.deepEqual(fields.map(({ field }) => field), ["owner_name", "nik", "relation", "consent_witness", "consented_on", "phone"]);
  assert.equal(fields[1].message, "NIK harus 16 angka; yang diisi 4 angka.");
  assert.deepEqual(ownerProblems({ owner_name: "Sri", category: "calon", nik: "3302 1441 0885 0001", phone: "0812 3456 7890" }, TODAY), []);
});

test("an enterprise of tomorrow or without its season is sent back", () => {
  const said = { name: "Keripik", village_code: "33.02.04.2001", started_on: "2026-11-23", is_seasonal: true, season_months: [], workers_paid_male: "dua" };

  assert.deepEqual(enterpriseProblems(said, TODAY).map(({ field }) => field), ["started_on", "season_months", "workers_paid_male"]);
});
