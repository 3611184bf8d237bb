import assert from "node:assert/strict";
import { test } from "node:test";
import { elementsOf, movementProblems, movementTold, present, stepProblems, stepTold, worth } from "../../app/field/static/market.js";
import { overlaid } from "../../app/field/static/overlay.js";
import { isForToday } from "../../app/field/static/permits.js";
import { whyToday } from "../../app/field/static/today.js";

const TODAY = "2026-11-22";
const CHANNEL = { id: "c-1", margin_permille: 200 };
const delivery = { movement: "delivery", on: TODAY, product_id: "p-1", pieces: "1.000", value: "9.600.000", note: " " };
const fields = (problems) => problems.map(({ field }) => field);

test("the worth of goods is the price less the channel's share", () => {
  assert.equal(worth({ price: 12_000 }, CHANNEL, "400"), 3_840_000);
  assert.equal(worth({ price: 12_000 }, { margin_permille: null }, "1.000"), 12_000_000);
  assert.equal(worth({ price: null }, CHANNEL, "3"), null);
  assert.equal(worth(undefined, CHANNEL, "3"), null);
  assert.equal(worth({ price: 5 }, CHANNEL, "tiga"), null);
});

test("goods need a value, money an amount, and no day lies ahead", () => {
  assert.deepEqual(movementProblems(delivery, TODAY), []);
  assert.deepEqual(fields(movementProblems({ ...delivery, value: "0" }, TODAY)), ["value"]);
  assert.deepEqual(fields(movementProblems({ ...delivery, movement: "count", value: "0" }, TODAY)), []);
  assert.deepEqual(fields(movementProblems({ ...delivery, on: "2026-11-23", pieces: "1,5" }, TODAY)), ["on", "pieces"]);
  assert.deepEqual(fields(movementProblems({ movement: "payment", on: "", amount: "0" }, TODAY)), ["on", "amount"]);
});

test("each movement is told with its own fields alone", () => {
  assert.deepEqual(movementTold({ ...delivery, amount: "5", reason: "rusak" }, CHANNEL), {
    type: "channel.delivery",
    data: { channel_id: "c-1", delivered_on: TODAY, product_id: "p-1", pieces: 1000, value: 9_600_000, note: null },
  });
  assert.deepEqual(movementTold({ ...delivery, movement: "payment", amount: "75.000" }, CHANNEL).data, {
    channel_id: "c-1", paid_on: TODAY, amount: 75_000, note: null,
  });
  const back = movementTold({ ...delivery, movement: "return", reason: "rusak", is_paid: true, product_id: "" }, CHANNEL).data;
  assert.deepEqual([back.returned_on, back.reason, back.is_paid, back.product_id], [TODAY, "rusak", true, null]);
});

test("what is needed and ticked is there, what isn't needed is told so", () => {
  const product = { label: { needs: ["L1", "L3"], last: { L1: "ada", L3: "tidak", L5: "ada" } } };
  assert.deepEqual(present(product), ["L1"]);
  assert.deepEqual(elementsOf(product, ["L1", "L3", "L5"], ["L3"]), { L1: "tidak", L3: "ada", L5: "tidak_perlu" });
  assert.deepEqual(present({}), []);
});

test("a step asks for what its state needs and tells nothing else", () => {
  const issued = { needs: ["nomor"], may: ["nomor", "terbit"] };
  const said = { to_state: "terbit", on: TODAY, number: " 2063306010072-29 ", issued_on: "2026-11-20", expires_on: "2031-11-20", note: "" };
  assert.deepEqual(stepProblems(said, issued, TODAY), []);
  assert.deepEqual(fields(stepProblems({ ...said, number: " ", issued_on: "2026-12-01" }, issued, TODAY)), ["issued_on", "number"]);
  assert.deepEqual(fields(stepProblems({}, undefined, TODAY)), ["to_state"]);
  assert.deepEqual(stepTold(said, issued, { id: "z-1" }), {
    certificate_id: "z-1", to_state: "terbit", on: TODAY, number: "2063306010072-29", issued_on: "2026-11-20", expires_on: null, note: null,
  });
  assert.deepEqual(stepTold(said, { needs: [], may: [] }, { id: "z-1" }).number, null);
});

test("work of the phone lies over the card until the office has it", () => {
  const card = {
    id: "e-1",
    known: [{ code: "LGL2" }, { code: "KMS2" }, { code: "PSR4" }, { code: "MNJ2" }],
    certificates: [{ id: "z-1", state: "diajukan" }],
    products: [{ id: "p-1", label: { needs: ["L1"], last: null } }],
  };
  const item = (seq, type, data) => ({ seq, state: "queued", at: 1, op: { op_id: `o-${seq}`, type, record_id: "r", enterprise_id: "e-1", data } });
  const [laid] = overlaid([card], [
    item(1, "certificate.step", { certificate_id: "z-1", to_state: "terbit" }),
    item(2, "label.check", { product_id: "p-1", elements: { L1: "ada" }, checked_on: TODAY }),
    item(3, "channel.return", { channel_id: "c-1" }),
  ], 0);

  assert.deepEqual(laid.known.map(({ code }) => code), ["MNJ2"]);
  assert.equal(laid.certificates[0].reported, "terbit");
  assert.deepEqual(present(laid.products[0]), ["L1"]);
  assert.equal(laid.pending.length, 3);
  assert.equal(card.certificates[0].reported, undefined);
});

test("a permit is told of in the week of each reminder, then every day", () => {
  const steps = [180, 90, 30, 7];
  const left = [200, 180, 174, 173, 90, 83, 25, 23, 7, 0, -400];
  assert.deepEqual(left.filter((days) => isForToday(days, steps)), [180, 174, 90, 25, 7, 0, -400]);
  assert.equal(isForToday(3, []), false);
});

test("permits that end or are stuck stand in the day, but not what was reported", () => {
  const reference = { rules: { reminders: [30, 7] }, tracks: { spp_irt: { name: "SPP-IRT", states: {} } } };
  const of = (more) => whyToday({ health: { assessed_on: TODAY }, certificates: [{ track: "spp_irt", ...more }] }, TODAY, reference)
    .map(({ text, is_late: late }) => [text, late]);

  assert.deepEqual(of({ expires_on: "2026-11-21" }), [["SPP-IRT habis 1 hari lalu", true]]);
  assert.deepEqual(of({ expires_on: TODAY }), [["SPP-IRT habis hari ini", false]]);
  assert.deepEqual(of({ due_on: "2026-11-10", expires_on: "2031-01-01" }), [["SPP-IRT macet 12 hari", false]]);
  assert.deepEqual(of({ due_on: TODAY }), []);
  assert.deepEqual(of({ due_on: "2026-11-10", reported: "aktif" }), []);
});
