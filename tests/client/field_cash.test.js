import assert from "node:assert/strict";
import { test } from "node:test";
import {
  again, amountOf, dayOf, lineProblems, lineTold, linesOf, monthProblems, monthTold, monthsOver, pressed, repeatable, rupiah, toldOf, yesterdays,
} from "../../app/field/static/cash.js";
import { overlaid } from "../../app/field/static/overlay.js";

const TODAY = "2026-11-22";
const typed = (...keys) => keys.reduce(pressed, "");
const fields = (problems) => problems.map(({ field }) => field);
let seq = 0;
const entry = (id, data, more = {}) => ({
  seq: (seq += 1), state: "queued", at: 1,
  ...more,
  op: { type: "cash.entry", record_id: id, enterprise_id: "u", depends_on: [], attachments: [], data: { happened_on: TODAY, category: "penjualan", amount: 100_000, channel_id: null, is_owed: false, note: null, ...data } },
});
const back = (id, more = {}) => ({ ...entry(`x-${id}`, {}, more), op: { type: "cash.take_back", record_id: `x-${id}`, enterprise_id: "u", depends_on: [], attachments: [], data: { entry_id: id } } });

test("the keys write sums as people say them", () => {
  assert.equal(typed("2", "5", "rb"), "25 rb");
  assert.equal(typed("2", ",", "5", "jt"), "2,5 jt");
  assert.equal(typed("1", "5", "0", "000"), "150000");
  assert.equal(typed(",", "5", "jt"), "0,5 jt");
  // What can't be meant so does nothing.
  assert.equal(typed("000", "rb", "0", "7"), "7");
  assert.equal(typed("2", "jt", "5", ",", "rb"), "2 jt");
  assert.equal(typed("1", ",", ",", "5"), "1,5");
  assert.equal(typed("2", "jt", "hapus", "5", "hapus"), "2");
  assert.equal(typed(...Array(20).fill("9")).length, 12);
});

test("a sum is whole rupiah, or not understood", () => {
  for (const [text, amount] of [
    ["25 rb", 25_000], ["25rb", 25_000], ["2,5 jt", 2_500_000], ["2.5 jt", 2_500_000], ["1.250.000", 1_250_000], ["1.250 rb", 1_250_000],
    ["Rp 150.000", 150_000], ["rp. 75 ribu", 75_000], ["0,125 juta", 125_000], ["62,5 rb", 62_500], ["0", 0],
    ["", null], ["dua juta", null], ["1.25", null], ["12.34.000", null], ["1,5", null], ["-5", null], ["5 m", null], [null, null], ["9999999999999", null],
  ]) assert.equal(amountOf(text), amount, String(text));
  assert.equal(rupiah(1_250_000), "Rp\u00a01.250.000");
});

test("a line needs a real sum and a day that has come", () => {
  const said = { amount: "25 rb", when: "hari_ini" };
  assert.deepEqual(lineProblems(said, TODAY), []);
  for (const amount of ["", "5", "2000 jt", "0"]) assert.deepEqual(fields(lineProblems({ ...said, amount }, TODAY)), ["amount"]);
  assert.deepEqual(lineProblems({ ...said, amount: "0" }, TODAY, { least: 0 }), []);
  assert.deepEqual(fields(lineProblems({ ...said, when: "lain", on: "2026-11-23" }, TODAY)), ["on"]);
  assert.deepEqual(fields(lineProblems({ ...said, when: "lain", on: "" }, TODAY)), ["on"]);
  assert.equal(dayOf({ when: "kemarin" }, "2026-03-01"), "2026-02-28");
});

test("a line whose slip the office does not keep says so, and shows none", () => {
  const sent = { state: "acknowledged", status: "ok", code: "slip_not_kept", pesan: "Tercatat di catatan kanal, tanpa foto nota." };
  const paid = entry("a", {}, sent);
  paid.op.attachments = [{ id: "f" }];
  const plain = { ...entry("b", {}, { ...sent, code: null, pesan: "Tercatat." }), op: { ...paid.op, record_id: "b" } };
  const lines = linesOf([paid, plain]);
  assert.deepEqual(lines.map(({ id, photos, state }) => [id, photos, state]), [["b", 1, "terkirim"], ["a", 0, sent.pesan]]);
});

test("only sales name a channel", () => {
  const said = { amount: "2,5 jt", when: "kemarin", channel_id: "c-1", is_owed: true, note: " " };
  assert.deepEqual(lineTold(said, "penjualan", TODAY), {
    happened_on: "2026-11-21", category: "penjualan", amount: 2_500_000, channel_id: "c-1", is_owed: true, due_on: null, note: null,
  });
  assert.equal(lineTold(said, "bahan", TODAY).channel_id, null);
});

test("lines stand once: taken back, put right or refused ones are marked and not repeated", () => {
  const items = [
    entry("a", {}), entry("b", { amount: 5000 }), back("b"),
    entry("c", { amount: 70_000 }), entry("d", { amount: 75_000, corrects_id: "c" }),
    entry("e", { amount: 9 }, { state: "quarantine", pesan: "Hanya Rp 9?" }),
    entry("f", { happened_on: "2026-11-20" }, { state: "acknowledged", status: "ok" }),
    entry("g", {}), back("g", { state: "quarantine" }),
    entry("h", { category: "bahan" }, { state: "acknowledged", status: "review", pesan: "Diperiksa" }),
  ];
  const lines = linesOf(items);
  assert.deepEqual(lines.map(({ id, gone, state }) => [id, gone, state]), [
    ["h", "", "Diperiksa"], ["g", "", "menunggu sinyal"], ["e", "", "perlu dilihat: Hanya Rp 9?"], ["d", "", "menunggu sinyal"],
    ["c", "dibetulkan", "menunggu sinyal"], ["b", "dibatalkan", "menunggu sinyal"], ["a", "", "menunggu sinyal"], ["f", "", "terkirim"],
  ]);
  assert.deepEqual(repeatable(lines).map(({ id }) => id), ["h", "g", "d"]);
});

test("yesterday is offered whole until today has a line", () => {
  const past = { happened_on: "2026-11-21" };
  const items = [entry("a", past), entry("b", { ...past, category: "ongkir" }), entry("c", past), back("c")];
  assert.deepEqual(yesterdays(linesOf(items), TODAY).map(({ id }) => id), ["a", "b"]);
  assert.deepEqual(yesterdays(linesOf([...items, entry("d", {})]), TODAY), []);
  const line = linesOf([entry("x", { ...past, amount: 5000, channel_id: "c", note: "pasar" })])[0];
  assert.deepEqual(again(line, TODAY), {
    happened_on: TODAY, category: "penjualan", amount: 5000, channel_id: "c", is_owed: false, due_on: null, note: "pasar",
  });
});

test("a month is told by what is known of it, and told anew by naming what was told", () => {
  assert.deepEqual(monthsOver("2026-02-10", 3), ["2026-01-01", "2025-12-01", "2025-11-01"]);
  const said = { month: "2026-10-01", sales: "3,8 jt", costs: "", produced: "1.264", workers: "", keeps_record: "tidak" };
  assert.deepEqual(monthProblems(said), []);
  assert.deepEqual(monthTold(said, undefined), {
    month: "2026-10-01", sales: 3_800_000, costs: null, produced: 1264, workers: null, keeps_record: false, corrects_id: null,
  });
  const told = (id, state = "queued") => ({ ...entry(id, {}, { state }), op: { type: "diary.month", record_id: id, data: { month: "2026-10-01" } } });
  const before = toldOf([told("m-1"), told("m-2"), told("m-3", "quarantine")], "2026-10-01");
  assert.equal(monthTold(said, before).corrects_id, "m-2");
  assert.deepEqual(fields(monthProblems({ month: "2026-10-01" })), ["sales"]);
  assert.deepEqual(fields(monthProblems({ ...said, sales: "banyak", workers: "dua" })), ["sales", "workers"]);
});

test("what waits of the book makes the office's word about its ratios old", () => {
  const card = { id: "u", known: [{ code: "KEU1" }, { code: "LGL1" }] };
  assert.deepEqual(overlaid([card], [entry("a", {})], 0)[0].known.map(({ code }) => code), ["LGL1"]);
});
