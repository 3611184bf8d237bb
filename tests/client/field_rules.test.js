import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compare, percent, shifted, withComma } from "../../app/field/static/decimals.js";
import { dueAfterVisit, latestAfterVisit } from "../../app/field/static/protocol.js";
import { duplicates, nearness } from "../../app/field/static/similar.js";
import { countsOf, groupByHamlet, todayLines, whyToday } from "../../app/field/static/today.js";
import { visitProblems } from "../../app/field/static/visit_checks.js";

const read = (name) => JSON.parse(readFileSync(new URL(`../cases/${name}`, import.meta.url), "utf-8"));
const day = read("today_cases.json");
const visits = read("visit_cases.json");
const { rules } = visits;

test("each reason to go somewhere today is the server's", () => {
  for (const { name, card, reasons } of day.why) assert.deepEqual(whyToday(card, day.today), reasons, name);
});

test("the next visit is due when the server says", () => {
  for (const { name, card, visit, latest_on: latest, due_on: due } of day.due) {
    assert.equal(latestAfterVisit(card, rules, visit), latest, name);
    assert.equal(dueAfterVisit(card, rules, visit), due, name);
  }
});

test("the list is walked hamlet by hamlet, the most pressing first", () => {
  const lines = todayLines(day.list.cards, day.today, rules.protocol.not_visited);

  const groups = groupByHamlet(lines);

  const order = groups.map((group) => [group.village_label, group.hamlet, group.lines.map((line) => line.card.id)]);
  assert.deepEqual(order, day.list.order);
  assert.deepEqual(countsOf(lines), day.list.counts);
});

test("a visit is refused at the same fields in the same words", () => {
  for (const { name, report, latest_on: latest, problems } of visits.visits) {
    const known = { today: visits.today, now: visits.now, latest_on: latest, rules };
    assert.deepEqual(visitProblems(report, known), problems, name);
  }
});

test("names are as near as the server finds them", () => {
  for (const { one, other, nearness: wanted } of visits.names) {
    assert.ok(Math.abs(nearness(one, other, rules.similar) - wanted) < 0.001, `${one} / ${other}`);
  }
});

test("a new enterprise is compared with the pack by phone, and by names in its village", () => {
  const sari = { id: "1", name: "Keripik Bu Sari", village_code: "33.02.04.2001", owner: { name: "Sari Wulandari", phone: "+6281234567890" } };
  const far = { ...sari, id: "2", village_code: "33.02.04.2002", owner: { name: "Sari Wulandari", phone: null } };
  const told = { name: "keripik sari", owner: "Tono", phone: "0812-3456-7890", village_code: "33.02.04.2001" };

  const found = duplicates(told, [far, sari], rules.similar);

  assert.deepEqual(found.map(({ card, why }) => [card.id, why]), [["1", ["nomor HP sama", "nama usaha mirip"]]]);
  assert.deepEqual(duplicates({ ...told, name: "Batik", phone: "0813" }, [far, sari], rules.similar), []);
});

test("decimals are compared and shown as they are written", () => {
  assert.equal(compare("0.5", 0.5), 0);
  assert.equal(compare("0.50000000000000001", "0.5"), 1);
  assert.equal(compare(1e-7, "0"), 1);
  assert.equal(shifted("35,5".replace(",", "."), -2), "0.355");
  assert.equal(withComma("0.25", 1), "0,2");
  assert.equal(withComma("0.35", 1), "0,4");
  assert.equal(percent("1.005"), "100,5%");
});
