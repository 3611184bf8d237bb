// @ts-check
/**
 * A file with everything that isn't sent, sealed twice: for the office, and for the store that it
 * came from. Handing it in twice does no harm: the operations keep their ids.
 */
import { ask } from "./connection.js";
import { isUnsent } from "./outbox.js";
import { aes, encrypt, fromBase64, randomBytes, toBase64 } from "./vault.js";

const encoder = new TextEncoder();

/** @typedef {{iv: string, ct: string}} Sealed */
/** @typedef {{kind: string, v: number, account_id: string, device_id: string, made_at: string, ops: number, office: Sealed & {epk: string}, own: Sealed} & Sealed} Backup */

/** @param {CryptoKey} key @param {string} place @param {BufferSource} bytes @returns {Promise<Sealed>} */
async function sealed(key, place, bytes) {
  const { iv, ct } = await encrypt(key, place, bytes);
  return { iv: toBase64(iv), ct: toBase64(ct) };
}

/** A key that only the office can make again. @param {string} officeKey SPKI, base64 */
async function keyForOffice(officeKey) {
  const office = await crypto.subtle.importKey("spki", fromBase64(officeKey), { name: "ECDH", namedCurve: "P-256" }, false, []);
  const own = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const epk = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: office }, own.privateKey, 256);
  const source = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: epk, info: encoder.encode("pulih cadangan v1") },
    source, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  return { epk, key };
}

/**
 * @param {unknown} content
 * @param {{accountId: string, deviceId: string, officeKey: string, ownKey: CryptoKey, ops: number, now: Date}} how
 * @returns {Promise<Backup>}
 */
export async function pack(content, { accountId, deviceId, officeKey, ownKey, ops, now }) {
  const place = `pulih-cadangan:1:${accountId}:${deviceId}`;
  const secret = randomBytes(32);
  const office = await keyForOffice(officeKey);
  return {
    kind: "pulih-cadangan",
    v: 1,
    account_id: accountId,
    device_id: deviceId,
    made_at: now.toISOString(),
    ops,
    office: { epk: toBase64(office.epk), ...(await sealed(office.key, place, secret)) },
    own: await sealed(ownKey, place, secret),
    ...(await sealed(await aes(secret), place, encoder.encode(JSON.stringify(content)))),
  };
}

/** The office takes 25 MB; sealed, photos weigh not quite twice as much. */
const MOST_PHOTO_BYTES = 10_000_000;

/**
 * Photos as portions that each fit into a file; the first may be empty.
 * @template {{size: number}} T
 * @param {T[]} rows
 * @param {number} [most] bytes
 */
export function portions(rows, most = MOST_PHOTO_BYTES) {
  /** @type {T[][]} */
  const found = [[]];
  let bytes = 0;
  for (const row of rows) {
    if (bytes && bytes + row.size > most) {
      found.push([]);
      bytes = 0;
    }
    found[found.length - 1].push(row);
    bytes += row.size;
  }
  return found;
}

/**
 * Everything that isn't sent, handed to the person as files: mostly one, more when there are many photos.
 * @param {import("./store.js").Store} store
 * @param {string} version
 * @returns {Promise<string>} what was saved, in words
 */
export async function saveBackup(store, version) {
  const items = (await store.items(isUnsent)).sort((a, b) => a.seq - b.seq);
  const parts = portions(await store.rows.all("photos"));
  for (const [at, rows] of parts.entries()) {
    const { name, blob } = await makeFile(store, version, at ? [] : items, rows);
    handOver(at ? name.replace(".json", `-${at + 1}.json`) : name, blob);
    // Browsers drop the second of two files that come at once.
    if (at + 1 < parts.length) await new Promise((done) => setTimeout(done, 1000));
  }
  const more = parts.length > 1 ? ` dalam ${parts.length} berkas; serahkan semuanya` : "";
  return `Cadangan berisi ${items.length} kiriman disimpan${more}. Hanya kantor dan ponsel ini yang dapat membukanya.`;
}

/**
 * @param {import("./store.js").Store} store
 * @param {string} version
 * @param {import("./outbox.js").Item[]} items
 * @param {any[]} rows of photos
 */
async function makeFile(store, version, items, rows) {
  const files = await Promise.all(rows.map(async (row) => ({
    id: row.id, op_id: row.op_id, bytes: row.size, b64: toBase64(await store.photo(row.id)),
  })));
  const { account_id: accountId, device_id: deviceId, backup_key: officeKey } = store.owner;
  const content = {
    device_id: deviceId, account_id: accountId, app_version: version.slice(0, 20), epoch: (await store.plain("epoch")) ?? null,
    ops: items.map((item) => item.op), files,
  };
  const now = new Date();
  const packed = await pack(content, { accountId, deviceId, officeKey, ownKey: store.vault.key, ops: items.length, now });
  const blob = new Blob([JSON.stringify(packed)], { type: "application/json" });
  return { name: `pulih-cadangan-${now.toISOString().slice(0, 10)}.json`, blob };
}

/** Give a file to the person. @param {string} name @param {Blob} blob */
function handOver(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * Hand a backup, of this or of another phone, to the server.
 * @param {Blob} file
 * @param {string} deviceId
 * @returns {Promise<{kind: "taken", count: number} | {kind: "refused", pesan: string} | {kind: "no_signal" | "login"}>}
 */
export async function handIn(file, deviceId) {
  let told;
  try {
    told = JSON.parse(await file.text());
  } catch {
    told = null;
  }
  if (told?.kind !== "pulih-cadangan") return { kind: "refused", pesan: "Berkas ini bukan cadangan Pulih." };
  const answer = await ask("/api/v1/backups", {
    method: "POST", body: file, headers: { "Content-Type": "application/json" }, deviceId,
  });
  if (answer.status === 200 && Array.isArray(answer.body?.results)) return { kind: "taken", count: answer.body.results.length };
  if (answer.status === 401 || answer.status === 403) return { kind: "login" };
  if (answer.status >= 400 && answer.status < 500 && answer.body) return { kind: "refused", pesan: answer.body.pesan || "Cadangan ini tidak dapat dibuka." };
  return { kind: "no_signal" };
}
