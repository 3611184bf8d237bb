import assert from "node:assert/strict";
import { test } from "node:test";
import { backoff, meaning, secondsOf } from "../../app/field/static/connection.js";
import * as outbox from "../../app/field/static/outbox.js";
import { isLaid, overlaid } from "../../app/field/static/overlay.js";

const NOW = Date.parse("2026-11-22T08:00:00Z");

/** An operation in the outbox. */
function item(seq, { place = "a", state = outbox.QUEUED, depends_on = [], type = "visit.create", data = {}, ...rest } = {}) {
  return {
    seq, state, at: NOW - 1000, ...rest,
    op: { op_id: `op-${seq}`, n: seq, type, schema_version: 3, record_id: `r-${seq}`, enterprise_id: place, depends_on, base_version: null, occurred_at: "", data, attachments: [] },
  };
}
const sent = (items, how = {}) => outbox.nextBatch(items, { now: NOW, ...how }).map((one) => one.seq);

test("operations leave in the order of writing, across enterprises side by side", () => {
  assert.deepEqual(sent([item(3, { place: "b" }), item(1), item(2, { place: "b" })]), [1, 2, 3]);
});

test("one that waits holds back its own enterprise and no other", () => {
  const items = [item(1, { next_at: NOW + 5000 }), item(2), item(3, { place: "b" })];

  assert.deepEqual(sent(items), [3]);
  assert.deepEqual(sent(items, { now: NOW + 5000 }), [1, 2, 3]);
});

test("a refused one stops nobody but those that depend on it", () => {
  const items = [item(1, { state: outbox.QUARANTINE }), item(2), item(3, { place: "b", depends_on: ["op-1"] }), item(4, { place: "b" })];

  assert.deepEqual(sent(items), [2]);
});

test("what depends on one of the same batch goes along, as does what depends on a stored or forgotten one", () => {
  const items = [item(1), item(2, { depends_on: ["op-1"] }), item(3, { state: outbox.ACKNOWLEDGED, place: "b" }), item(4, { place: "b", depends_on: ["op-3", "gone"] })];

  assert.deepEqual(sent(items), [1, 2, 4]);
});

test("a batch holds fifty operations and 240 KB, and never none because one is heavy", () => {
  const many = Array.from({ length: 80 }, (_, at) => item(at + 1, { place: String(at) }));
  const heavy = [1, 2, 3].map((seq) => item(seq, { data: { findings: "x".repeat(100_000) } }));

  assert.equal(sent(many).length, 50);
  assert.deepEqual(sent(many, { most: 2 }), [1, 2]);
  assert.deepEqual(sent(heavy), [1, 2]);
  assert.deepEqual(sent([item(1, { data: { findings: "x".repeat(300_000) } })]), [1]);
});

test("only the server's word about an operation takes it from the queue", () => {
  for (const status of ["ok", "duplicate", "merged", "conflict", "review", "held"]) {
    assert.equal(outbox.settled(item(1), { status }, NOW, 9).state, outbox.ACKNOWLEDGED);
  }
  const refused = outbox.settled(item(1), { status: "rejected", pesan: "NIK salah" }, NOW, 9);
  assert.deepEqual([refused.state, refused.pesan], [outbox.QUARANTINE, "NIK salah"]);
  for (const result of [undefined, { status: "retry" }, { status: "kelak" }]) {
    const kept = outbox.settled(item(1), result, NOW, 9);
    assert.deepEqual([kept.state, kept.tries, kept.next_at], [outbox.QUEUED, 1, NOW + 9]);
  }
});

test("what the office decided is told, and what it takes after all is stored", () => {
  const aside = item(1, { state: outbox.QUARANTINE, status: "rejected" });
  const taken = outbox.decidedAbout(aside, { status: "ok", pesan: "Diterima petugas." }, NOW);
  const declined = outbox.decidedAbout(item(2, { state: outbox.ACKNOWLEDGED, status: "review" }), { status: "rejected", pesan: "Petugas tidak menerima." }, NOW);

  assert.deepEqual([taken.state, taken.acked_at, outbox.isRemarkable(taken)], [outbox.ACKNOWLEDGED, NOW, false]);
  assert.equal(outbox.decidedAbout(aside, { status: "rejected", pesan: "Tidak" }, NOW).state, outbox.QUARANTINE);
  assert.deepEqual([declined.state, outbox.isRemarkable(declined)], [outbox.ACKNOWLEDGED, true]);
  const again = outbox.settled(item(3), { status: "duplicate", stored: "rejected", pesan: "Petugas tidak menerima." }, NOW, 9);
  assert.deepEqual([again.state, again.status], [outbox.ACKNOWLEDGED, "rejected"]);
});

test("stored ones are kept thirty days, and sent again when the server was set back", () => {
  const day = 24 * 3600 * 1000;
  const items = [item(1, { state: outbox.ACKNOWLEDGED, acked_at: NOW - 31 * day }), item(2, { state: outbox.ACKNOWLEDGED, acked_at: NOW - 29 * day }), item(3), item(4, { state: outbox.QUARANTINE })];

  assert.deepEqual(outbox.outlived(items, NOW).map((one) => one.seq), [1]);
  assert.deepEqual(outbox.sentAgain(items, NOW).map((one) => one.seq), [2]);
});

test("instants carry the phone's own zone", () => {
  const date = new Date("2026-11-20T15:10:00Z");
  date.getTimezoneOffset = () => -420;
  assert.equal(outbox.instantHere(date), "2026-11-20T22:10:00+07:00");
  date.getTimezoneOffset = () => 210;
  assert.equal(outbox.instantHere(date), "2026-11-20T11:40:00-03:30");
});

test("every answer to a push means something, and what isn't ours means to wait", () => {
  const results = { epoch: "e-1", results: [] };
  const table = [
    [200, results, "results"], [200, null, "wait"], [200, { masuk: true }, "wait"], [200, [], "wait"], [0, null, "wait"],
    [400, { code: "x" }, "one_by_one"], [415, {}, "one_by_one"], [400, null, "wait"], [401, { code: "masuk_lagi" }, "login"],
    [403, { code: "csrf_expired" }, "csrf"], [409, { code: "epoch_changed" }, "epoch"], [409, {}, "wait"], [413, null, "halve"],
    [413, {}, "halve"], [426, {}, "update"], [429, {}, "wait"], [500, {}, "wait"], [502, null, "wait"], [503, {}, "wait"], [302, null, "wait"],
  ];

  for (const [status, body, wanted] of table) {
    assert.equal(meaning({ status, body, retryAfter: null, offset: null }), wanted, `${status} ${JSON.stringify(body)}`);
  }
});

test("waiting grows with jitter to a quarter of an hour, and the server's word is the least", () => {
  assert.equal(backoff(1, null, () => 1), 2000);
  assert.equal(backoff(5, null, () => 0.5), 16_000);
  assert.equal(backoff(30, null, () => 1), 900_000);
  assert.equal(backoff(1, 60, () => 0), 60_000);
  assert.equal(backoff(1, 3600, () => 0), 3_600_000);
  assert.equal(secondsOf("120", NOW), 120);
  assert.equal(secondsOf("Sun, 22 Nov 2026 08:01:00 GMT", NOW), 60);
  assert.equal(secondsOf("nanti", NOW), null);
});

test("an own visit lies over the fetched card until the server's copy has it", () => {
  const card = { id: "a", name: "Keripik", last_visit_on: "2026-10-01", visits: [{ id: "v0" }], promises: [{ id: "p1" }, { id: "p2" }] };
  const data = { visited_on: "2026-11-20", outcome: "bertemu", settled: { p1: "ditepati" }, promises: [{ text: "Catat kas", due_on: "2026-12-01" }], next_visit_on: "2026-12-20" };
  const own = item(1, { data });

  const [laid] = overlaid([card], [own], 0);

  assert.deepEqual(laid.visits.map((one) => one.id), ["r-1", "v0"]);
  assert.deepEqual(laid.promises.map((one) => one.text ?? one.id), ["p2", "Catat kas"]);
  assert.deepEqual([laid.last_visit_on, laid.next_visit_due_on, laid.pending[0].op_id], ["2026-11-20", "2026-12-20", "op-1"]);
  assert.equal(card.visits.length, 1);
  assert.equal(isLaid({ ...own, state: outbox.ACKNOWLEDGED, status: "ok", acked_at: 10 }, 5), true);
  assert.equal(isLaid({ ...own, state: outbox.ACKNOWLEDGED, status: "ok", acked_at: 10 }, 11), false);
  assert.equal(isLaid({ ...own, state: outbox.ACKNOWLEDGED, status: "review", acked_at: 10 }, 11), true);
});

test("an enterprise that only this phone knows has a card, with what was edited and visited since", () => {
  const birth = item(1, { place: "n", type: "enterprise.register", data: { owner: { name: "Sri" }, enterprise: { name: "Keripik" } } });
  const edit = item(2, { place: "n", type: "enterprise.edit", data: { changes: { name: "Keripik Sri", "owner.phone": "08" }, base: {} } });

  const [card] = overlaid([], [edit, birth], 0);

  assert.deepEqual([card.id, card.name, card.owner.name, card.owner.phone, card.is_new], ["n", "Keripik Sri", "Sri", "08", true]);
});

test("a clock that was set back holds nothing up", () => {
  const years = 3 * 365 * 24 * 3_600_000;

  assert.deepEqual(sent([item(1, { next_at: NOW + years }), item(2)]), [1, 2]);
  assert.equal(outbox.isEarly(NOW + 600_000, NOW), true);
  assert.equal(outbox.isEarly(NOW - 1, NOW), false);
});

test("an owner's number is gone once it was judged, and never goes again", () => {
  const item = { seq: 1, state: "sending", at: 1, op: { op_id: "o", type: "visit.confirm", data: { visit_id: "v", pin: "271845" } } };
  for (const result of [{ status: "ok" }, { status: "duplicate", stored: "rejected" }, { status: "held" }, { status: "rejected", pesan: "PIN pemilik tidak cocok." }]) {
    const after = outbox.settled(item, result, 100, 5);
    assert.equal(after.state, outbox.ACKNOWLEDGED);
    assert.deepEqual(after.op.data, { visit_id: "v" });
    assert.deepEqual(outbox.sentAgain([after], 200), []);
  }
  const kept = outbox.settled(item, { status: "retry" }, 100, 5);
  assert.deepEqual([kept.state, kept.op.data.pin], [outbox.QUEUED, "271845"]);
});
