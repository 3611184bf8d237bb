import assert from "node:assert/strict";
import { test } from "node:test";
import { correctionsOf, isOther, knownOf, prefilled, toldBy, unexplained } from "../../app/field/static/known.js";

const TODAY = "2026-11-22";
const PERMIT = { code: "LGL2", points: 0, source: "SPP-IRT habis 21 November 2026", on: TODAY, evidence: "buku", until: null };
const LABEL = { code: "KMS2", points: 3, source: "Pemeriksaan label", on: "2026-05-26", evidence: "dilihat", until: TODAY };
const ASKED = [{ code: "LGL2", name: "Izin produk pangan" }, { code: "KMS2", name: "Unsur label wajib" }, { code: "LGL1", name: "NIB" }];
const known = (today = TODAY) => knownOf({ known: [PERMIT, LABEL] }, today);

test("what the office knows stands in the form beforehand, with what it rests on", () => {
  assert.deepEqual(prefilled(known()), { LGL2: "0", LGL2_bukti: "buku", KMS2: "3", KMS2_bukti: "dilihat" });
  assert.deepEqual(prefilled(knownOf({}, TODAY)), {});
});

test("what no longer holds on the day is asked instead", () => {
  assert.deepEqual([...known(TODAY).keys()], ["LGL2", "KMS2"]);
  assert.deepEqual([...known("2026-11-23").keys()], ["LGL2"]);
});

test("another answer needs a reason; no answer needs none", () => {
  const said = { LGL2: "4", KMS2: "3" };
  assert.deepEqual(unexplained(known(), ASKED, said), [
    { field: "LGL2_alasan", message: "Izin produk pangan: isi alasan jawaban ini berbeda dari data." },
  ]);
  assert.deepEqual(unexplained(known(), ASKED, { ...said, LGL2_alasan: "Surat baru ada di rumah" }), []);
  for (const answer of ["belum", "tidak_tahu", "", undefined, "0"]) assert.equal(isOther({ LGL2: answer }, PERMIT), false);
});

test("the reasons travel with what the phone showed; only of what was asked", () => {
  const said = { LGL2: "4", LGL2_alasan: "Surat baru", KMS2: "1", KMS2_alasan: "Label lama", LGL1: "4" };
  assert.deepEqual(correctionsOf(known(), ASKED.slice(0, 1), said), {
    LGL2: { known_points: 0, source: PERMIT.source, reason: "Surat baru" },
  });
});

test("numbers of the cash book stand beside their answers, and what no question asks beside them", () => {
  const sold = { code: "PSR2", points: 0, source: "Buku kas", on: TODAY, evidence: "buku", until: TODAY, number: "61" };
  const book = { loss_months: "3", book_coverage: "52,5", installments_without_surplus: true, until: TODAY };
  assert.deepEqual(prefilled(knownOf({ known: [sold] }, TODAY)), { PSR2: "0", PSR2_bukti: "buku", PSR2_angka: "61" });
  assert.deepEqual(toldBy({ book }, TODAY), {
    off_season: false, loss_months: "3", book_coverage: "52,5", installments_without_surplus: true,
  });
  assert.deepEqual(toldBy({ book, is_seasonal: true, season_months: [3] }, "2026-11-23"), { off_season: true });
  assert.deepEqual(toldBy({ is_seasonal: true, season_months: [11] }, TODAY), { off_season: false });
});
