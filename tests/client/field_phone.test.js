import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { pack, portions } from "../../app/field/static/backup.js";
import { fitted, isHeic, saidSize } from "../../app/field/static/photos.js";
import * as vault from "../../app/field/static/vault.js";
import { labelOf, preparedLine, sentWords, size, statusLine, when } from "../../app/field/static/words.js";

globalThis.crypto ??= webcrypto;
const { subtle } = globalThis.crypto;
const HOUR = 3_600_000;
const NOON = new Date(2026, 10, 22, 12, 0).getTime();

test("a PIN opens the key on this browser, another PIN or another browser doesn't", async () => {
  const raw = vault.randomBytes(32);
  const browser = await vault.newDeviceKey();
  const wrap = await vault.wrapByPin(raw, "271845", browser);

  assert.equal(wrap.iterations >= 600_000, true);
  assert.deepEqual(await vault.unwrapByPin(wrap, "271845", browser), raw);
  await assert.rejects(vault.unwrapByPin(wrap, "271846", browser), vault.WrongPin);
  await assert.rejects(vault.unwrapByPin(wrap, "271845", await vault.newDeviceKey()), vault.WrongPin);
});

test("the key of the server opens the store too, and no other key does", async () => {
  const raw = vault.randomBytes(32);
  const [ours, other] = [vault.toBase64(vault.randomBytes(32)), vault.toBase64(vault.randomBytes(32))];

  const wrap = await vault.wrapByServer(raw, ours);

  assert.deepEqual(await vault.unwrapByServer(wrap, ours), raw);
  await assert.rejects(vault.unwrapByServer(wrap, other));
});

test("what is sealed at one place doesn't open at another", async () => {
  const store = await vault.Vault.of(vault.randomBytes(32));
  const sealed = await store.seal("cards:a", { name: "Keripik Sri" });

  assert.deepEqual(await store.open("cards:a", sealed), { name: "Keripik Sri" });
  assert.equal(Buffer.from(sealed.ct).includes("Keripik"), false);
  await assert.rejects(store.open("cards:b", sealed));
});

test("waiting after wrong PINs begins with the fifth and grows to ten minutes", () => {
  assert.deepEqual([4, 5, 6, 9, 30].map(vault.pauseAfter), [0, 30_000, 60_000, 480_000, 600_000]);
});

test("a wrong PIN waits no longer than its pause, also when the clock was set back", () => {
  assert.deepEqual([0, 10_000, 30_000, -1e11].map((since) => vault.pauseLeft(5, since)), [30_000, 20_000, 0, 30_000]);
  assert.equal(vault.pauseLeft(1, -1e11), 0);
});

test("easy PINs aren't taken", () => {
  for (const pin of ["", "12345", "12345a", "111111", "123456", "987654"]) assert.notEqual(vault.weakness(pin), "", pin);
  assert.equal(vault.weakness("271845"), "");
});

test("the office opens a backup by its private half, and nobody else", async () => {
  const office = await subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const officeKey = vault.toBase64(await subtle.exportKey("spki", office.publicKey));
  const own = await vault.Vault.of(vault.randomBytes(32));
  const content = { ops: [{ op_id: "1", data: { findings: "canary" } }] };

  const packed = await pack(content, { accountId: "acc", deviceId: "dev", officeKey, ownKey: own.key, ops: 1, now: new Date(NOON) });

  assert.equal(JSON.stringify(packed).includes("canary"), false);
  assert.deepEqual(await opened(packed, office.privateKey), content);
  const stranger = await subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  await assert.rejects(opened(packed, stranger.privateKey));
});

/** As the server opens it. */
async function opened(packed, privateKey) {
  const bound = new TextEncoder().encode(`pulih-cadangan:1:${packed.account_id}:${packed.device_id}`);
  const epk = vault.fromBase64(packed.office.epk);
  const theirs = await subtle.importKey("raw", epk, { name: "ECDH", namedCurve: "P-256" }, false, []);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, privateKey, 256);
  const source = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const kek = await subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: epk, info: new TextEncoder().encode("pulih cadangan v1") }, source, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const open = (key, { iv, ct }) => subtle.decrypt({ name: "AES-GCM", iv: vault.fromBase64(iv), additionalData: bound }, key, vault.fromBase64(ct));
  const key = await subtle.importKey("raw", await open(kek, packed.office), "AES-GCM", false, ["decrypt"]);
  return JSON.parse(new TextDecoder().decode(await open(key, packed)));
}

test("photos are known by their content and scaled to the longest side", () => {
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypheic0000")]);
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xc0, 0, 11, 8, 0x75, 0x30, 0x75, 0x30, 3, 1, 2, 3]);

  assert.equal(isHeic(heic), true);
  assert.equal(isHeic(jpeg), false);
  assert.deepEqual(saidSize(jpeg), { width: 30_000, height: 30_000 });
  assert.equal(saidSize(Buffer.from("bukan foto")), null);
  assert.deepEqual(fitted(4000, 3000), { width: 1600, height: 1200 });
  assert.deepEqual(fitted(800, 600), { width: 800, height: 600 });
  assert.deepEqual(fitted(1, 9000), { width: 1, height: 1600 });
});

test("the status line says what is where, and its colour how long it has been so", () => {
  const state = { sent: 12, waiting: 2, photos_waiting: 0, quarantined: [{ pesan: "NIK sama dengan usaha lain" }], oldest_at: NOON - HOUR / 2, last_success_at: null, trouble: null };
  const aged = (days) => statusLine({ ...state, quarantined: [], oldest_at: NOON - days * 24 * HOUR }, NOON);

  assert.equal(statusLine(state, NOON).line, "12 terkirim · 2 menunggu sinyal · 1 perlu dilihat: NIK sama dengan usaha lain");
  assert.deepEqual([2, 3, 5].map((days) => aged(days).tone), ["", "awas", "bahaya"]);
  assert.match(aged(3).line, /tertua 3 hari/);
  const quiet = { sent: 0, waiting: 0, photos_waiting: 0, quarantined: [], oldest_at: null, last_success_at: NOON, trouble: null };
  assert.equal(statusLine(quiet, NOON).line, "Semua sudah terkirim · terakhir terhubung 12.00");
});

test("what was prepared is said by place, number, weight and time", () => {
  const at = new Date(2026, 10, 22, 14, 32).getTime();
  const village = (label) => ({ village_code: label, village_label: label });

  assert.equal(preparedLine({ label: "Desa Cihonje", count: 38, bytes: 1_200_000, at }, at), "Desa Cihonje — 38 usaha, 1,2 MB — siap pukul 14.32");
  assert.equal(labelOf([village("Cihonje, Gumelar"), village("Cihonje, Gumelar")]), "Desa Cihonje");
  assert.equal(labelOf([village("Cihonje"), village("Losari")]), "2 desa");
  assert.equal(size(84_300), "84 KB");
  assert.equal(when(at - 24 * HOUR, at), "kemarin 14.32");
  assert.equal(when(at - 72 * HOUR, at), "19 Nov 14.32");
});

test("the answer to Kirim sekarang never says that all is there while something isn't", () => {
  const state = { waiting: 0, photos_waiting: 0, quarantined: [], trouble: null };

  assert.match(sentWords(state), /^Semua sudah sampai/);
  assert.match(sentWords({ ...state, photos_waiting: 1 }), /^Belum semua/);
  assert.match(sentWords({ ...state, waiting: 1, trouble: { kind: "revoked" } }), /mencabut izin/);
  assert.match(sentWords({ ...state, quarantined: [{}] }), /perlu dilihat/);
});

test("photos of a backup are parted so that the office takes every file", () => {
  const photos = [400, 400, 300, 900, 100].map((size) => ({ size }));

  assert.deepEqual(portions(photos, 1000).map((part) => part.map(({ size }) => size)), [[400, 400], [300], [900, 100]]);
  assert.deepEqual(portions([], 1000), [[]]);
});
