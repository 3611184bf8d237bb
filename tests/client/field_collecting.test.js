import assert from "node:assert/strict";
import { test } from "node:test";
import { collectedTold, doubtOf, dueWords, leastOf, takenFor, takenOf } from "../../app/field/static/collecting.js";
import { overlaid } from "../../app/field/static/overlay.js";

const TODAY = "2026-11-22";
let seq = 0;
const repaid = (data, more = {}) => ({
  seq: (seq += 1), state: "queued", at: 1, ...more,
  op: { type: "loan.repay", record_id: `r-${seq}`, enterprise_id: "u", depends_on: [], attachments: [], data: { loan_id: "l", amount: 575_000, paid_on: TODAY, note: null, ...data } },
});
const sent = (pesan, more = {}) => ({ state: "acknowledged", status: "ok", pesan, ...more });

test("what is told names the loan or the member, the day and whole rupiah", () => {
  const said = { amount: "575 rb", when: "kemarin", note: " lunas ", kind: "wajib" };
  assert.deepEqual(collectedTold("loan.repay", "l", said, TODAY), { loan_id: "l", amount: 575_000, paid_on: "2026-11-21", note: "lunas" });
  assert.deepEqual(collectedTold("saving.save", "m", { ...said, note: "" }, TODAY), {
    member_id: "m", kind: "wajib", amount: 575_000, happened_on: "2026-11-21", note: null,
  });
});

test("each sum tells where it is, and its receipt once the office gave one", () => {
  const items = [
    repaid({}), repaid({}, sent("Tercatat. Nomor kuitansi A-7.")), repaid({}, sent("", { status: "review" })),
    repaid({ paid_on: "2026-10-01" }, { state: "quarantine", pesan: "Lebih dari sisa." }), repaid({ loan_id: "other" }),
    { ...repaid({}), op: { ...repaid({}).op, type: "cash.entry" } },
  ];
  assert.deepEqual(takenFor(items, "l").map(({ state, isRefused }) => [state, isRefused]), [
    ["sedang diperiksa kantor", false], ["Tercatat. Nomor kuitansi A-7.", false], ["menunggu sinyal, belum ada kuitansi", false],
    ["perlu dilihat: Lebih dari sisa.", true],
  ]);
});

test("the same sum for the same day is asked back, and so is one that is hardly paid at once", () => {
  const said = { amount: "575 rb", when: "hari_ini" };
  const taken = [repaid({})].map(takenOf);
  assert.match(doubtOf(said, taken, TODAY), /575\.000 untuk .* sudah dicatat/);
  assert.equal(doubtOf({ ...said, when: "kemarin" }, taken, TODAY), "");
  assert.equal(doubtOf({ ...said, amount: "574 rb" }, taken, TODAY), "");
  assert.match(doubtOf({ ...said, amount: "25 jt" }, taken, TODAY), /Benar/);
  // What the office didn't take was not paid.
  assert.equal(doubtOf(said, [repaid({}, sent("Tidak", { status: "rejected" }))].map(takenOf), TODAY), "");
  // Another kind of saving is another sum.
  const saved = { ...repaid({}), op: { ...repaid({}).op, type: "saving.save", data: { member_id: "m", kind: "pokok", amount: 575_000, happened_on: TODAY } } };
  assert.equal(doubtOf({ ...said, kind: "wajib" }, [takenOf(saved)], TODAY), "");
  assert.match(doubtOf({ ...said, kind: "pokok" }, [takenOf(saved)], TODAY), /sudah dicatat/);
});

test("the rest of a loan may be less than any other sum", () => {
  assert.deepEqual([leastOf({ amount: 57 }), leastOf({ amount: 575_000 }), leastOf(undefined)], [57, 100, 100]);
  assert.match(dueWords({ amount: 575_000, due_on: "2026-11-21" }, TODAY), /^Rp\u00a0575\.000, lewat jatuh tempo sejak /);
  assert.match(dueWords({ amount: 575_000, due_on: TODAY }, TODAY), /, jatuh tempo /);
});

test("after an instalment the office's answers about loans may be old", () => {
  const card = { id: "u", known: [{ code: "MDL2" }, { code: "KEU1" }] };
  const [laid] = overlaid([card], [repaid({})], 0);
  assert.deepEqual(laid.known.map(({ code }) => code), ["KEU1"]);
  assert.equal(laid.pending.length, 1);
});
