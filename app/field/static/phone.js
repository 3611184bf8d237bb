// @ts-check
/**
 * What the phone knows before anything is opened: who used it, wrapped keys, numbers. Nothing here
 * names a person. The device's id and its last number lie in localStorage too: browsers throw the
 * two away apart, and the one that is left tells of the other.
 */
import { openDB } from "idb";
import { newDeviceKey, sha256Hex } from "./vault.js";

const NAME = "pulih-ponsel";

/**
 * @typedef {object} Owner one account on this phone
 * @property {string} account_id
 * @property {string} device_id
 * @property {import("./vault.js").PinWrap | null} pin
 * @property {import("./vault.js").Sealed | null} server
 * @property {number} failures wrong PINs since the last right one
 * @property {number} failed_at
 * @property {boolean} needs_login the token opens nothing any more
 * @property {boolean} was_wiped to be told to the server
 * @property {string} backup_key
 * @property {number | null} opened_at
 * @property {number} [missing_elsewhere] operations of this account's other phones that never came
 */
/** @typedef {Record<string, {device_id: string, n: number}>} Marks */

const database = () => openDB(NAME, 1, {
  upgrade(db) {
    db.createObjectStore("akun", { keyPath: "account_id" });
    db.createObjectStore("umum");
  },
});

/** @template T @param {(db: import("idb").IDBPDatabase) => Promise<T>} work @returns {Promise<T>} */
async function within(work) {
  const db = await database();
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

/** @returns {Marks} */
export function marks() {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

/** @param {string} accountId @param {string} deviceId @param {number} n */
export function mark(accountId, deviceId, n) {
  const all = marks();
  const before = all[accountId]?.device_id === deviceId ? all[accountId].n : 0;
  all[accountId] = { device_id: deviceId, n: Math.max(before, n) };
  try {
    localStorage.setItem(NAME, JSON.stringify(all));
  } catch {
    // The number lies in the database as well.
  }
}

/** @param {string} accountId */
export function unmark(accountId) {
  const all = marks();
  delete all[accountId];
  localStorage.setItem(NAME, JSON.stringify(all));
}

/** @param {string} accountId @returns {Promise<Owner | undefined>} */
export const owner = (accountId) => within((db) => db.get("akun", accountId));

/** @returns {Promise<Owner[]>} */
export const owners = () => within((db) => db.getAll("akun"));

/** Who used the phone last. @returns {Promise<Owner | undefined>} */
export const lastOwner = () => within(async (db) => {
  const accountId = await db.get("umum", "terakhir");
  return accountId ? db.get("akun", accountId) : undefined;
});

/** @param {Owner} row */
export const keepOwner = (row) => within(async (db) => {
  const tx = db.transaction(["akun", "umum"], "readwrite", { durability: "strict" });
  tx.objectStore("akun").put(row);
  tx.objectStore("umum").put(row.account_id, "terakhir");
  await tx.done;
});

/** What is known of an account, again, unless it is known already. @param {Owner} row */
export const restoreOwner = (row) => within(async (db) => {
  const tx = db.transaction(["akun", "umum"], "readwrite", { durability: "strict" });
  const known = await tx.objectStore("akun").get(row.account_id);
  tx.objectStore("akun").put(known ? { ...known, was_wiped: true } : row);
  tx.objectStore("umum").put(row.account_id, "terakhir");
  await tx.done;
});

/**
 * Change what is known of one account, as it is at this moment.
 * @param {string} accountId
 * @param {Partial<Owner>} changes
 */
export const changeOwner = (accountId, changes) => within(async (db) => {
  const tx = db.transaction("akun", "readwrite", { durability: "strict" });
  const row = await tx.store.get(accountId);
  if (row) await tx.store.put({ ...row, ...changes });
  await tx.done;
});

/** @param {string} accountId */
export const dropOwner = (accountId) => within(async (db) => {
  const tx = db.transaction(["akun", "umum"], "readwrite");
  tx.objectStore("akun").delete(accountId);
  const last = tx.objectStore("umum");
  if ((await last.get("terakhir")) === accountId) last.delete("terakhir");
  await tx.done;
});

/** The key of this browser; made once. @returns {Promise<CryptoKey>} */
export async function deviceKey() {
  const fresh = await newDeviceKey();
  return within(async (db) => {
    const tx = db.transaction("umum", "readwrite", { durability: "strict" });
    const known = await tx.store.get("kunci");
    if (!known) await tx.store.put(fresh, "kunci");
    await tx.done;
    return known ?? fresh;
  });
}

/** Name of the store of one account. @param {string} accountId */
export async function storeName(accountId) {
  return `pulih-${(await sha256Hex(new TextEncoder().encode(accountId))).slice(0, 16)}`;
}
