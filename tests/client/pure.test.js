import assert from "node:assert/strict";
import { test } from "node:test";
import { address, isUseful, moved, pause, placeIn, placesOf, pointText, ringsOf } from "../../app/web/assets/js/pure.js";

test("an address leaves empty values out and escapes the others", () => {
  assert.equal(address("/wilayah/cari", { q: " losari & rawalo ", lain: " " }), "/wilayah/cari?q=losari%20%26%20rawalo");
  assert.equal(address("/cari?a=1", { q: "x" }), "/cari?a=1&q=x");
  assert.equal(address("/cari", { q: "" }), "/cari");
});

test("the arrows walk through the suggestions and around their ends", () => {
  assert.equal(moved(-1, 3, "ArrowDown"), 0);
  assert.equal(moved(2, 3, "ArrowDown"), 0);
  assert.equal(moved(-1, 3, "ArrowUp"), 2);
  assert.equal(moved(1, 3, "ArrowUp"), 0);
  assert.equal(moved(1, 3, "ArrowLeft"), 1);
  assert.equal(moved(-1, 0, "ArrowDown"), -1);
});

test("only well-formed places are taken from an answer", () => {
  const good = { code: "33.02.04.2001", label: "Losari" };

  assert.deepEqual(placesOf([good, { code: 1, label: "x" }, null]), [good]);
  assert.deepEqual(placesOf({ matches: [{ ...good, more: 1 }] }), [good]);
  assert.deepEqual(placesOf(null), []);
  assert.deepEqual(placesOf({ code: "x" }), []);
});

test("a point is written as its box reads it", () => {
  assert.equal(pointText(-7.42130049, 109.2), "-7.421300, 109.200000");
});

test("progress is asked for ever more calmly, at most each five seconds", () => {
  assert.equal(pause(0), 1000);
  assert.ok(pause(3) > pause(2));
  assert.equal(pause(1000), 5000);
});

test("a draft is offered only when it is fresh and differs from the form", () => {
  const day = 24 * 3600 * 1000;
  const typed = [{ name: "catatan", value: "baru" }];
  const present = [{ name: "catatan", value: "" }];

  assert.equal(isUseful({ at: 0, entries: typed }, present, day), true);
  assert.equal(isUseful({ at: 0, entries: typed }, present, 8 * day), false);
  assert.equal(isUseful({ at: 0, entries: present }, present, day), false);
  assert.equal(isUseful(null, present, day), false);
  assert.equal(isUseful({ entries: "x" }, present, day), false);
});

test("an outline's steps become points, ring by ring", () => {
  assert.deepEqual(ringsOf("m100 200 3 -4 5 6zm1 2 1 0 0 1z"), [
    [[100, 200], [103, 196], [108, 202]],
    [[1, 2], [2, 2], [2, 3]],
  ]);
  assert.deepEqual(ringsOf(""), []);
});

test("a point of the picture is put back on the earth", () => {
  assert.deepEqual(placeIn({ west: 109, north: -7, scale: 100 }, 50, 25), [-7.25, 109.5]);
});
