import assert from "node:assert/strict";
import { test } from "node:test";
import { costOf, number, rupiah, tenths } from "../../app/web/assets/js/unit_cost.js";

test("numbers are read as Indonesians write them", () => {
  assert.equal(number("1.250.000", 0), 1250000n);
  assert.equal(number("2,5", 3), 2500n);
  assert.equal(number(" ", 3), null);
  for (const text of ["2,5 jt", "1.25", "-3", "0,0001", "1,5"]) assert.equal(number(text, text === "0,0001" ? 3 : 0), undefined, text);
});

test("a piece costs what the server says it does", () => {
  const found = costOf({
    pieces: 40n,
    lines: [{ amount: number("2,5", 3), price: 12000n }, { amount: null, price: null }],
    others: [60000n, null, 20000n, null],
    price: 4000n,
  });

  assert.deepEqual(
    [found.materials, found.total, found.per_piece, found.margin, found.permille, found.verdict],
    [30000n, 110000n, 2750n, 1250n, 312n, ""],
  );
  assert.deepEqual([found.fifth, found.third], [3438n, 4125n]);
});

test("a loss and a thin margin are told, half of what is typed is not counted", () => {
  const batch = { pieces: 1n, lines: [], others: [1000n], price: 900n };

  assert.match(costOf(batch).verdict, /^Rugi/);
  assert.equal(tenths(costOf(batch).permille), "-11,2");
  assert.match(costOf({ ...batch, price: 1100n }).verdict, /^Tipis/);
  assert.equal(costOf({ ...batch, price: undefined }), null);
  assert.equal(costOf({ ...batch, pieces: null }), null);
  assert.equal(rupiah(-1250000n), "-Rp 1.250.000");
});
