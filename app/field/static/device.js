// @ts-check
/** This phone's log-in: who is logged in, registering, opening the store, leaving. */
import { deleteDB } from "idb";
import { ask, send } from "./connection.js";
import * as phone from "./phone.js";
import { Rows } from "./rows.js";
import { Store } from "./store.js";
import { PIN_TRIES, Vault, WrongPin, pauseLeft, randomBytes, unwrapByPin, unwrapByServer, wrapByPin, wrapByServer } from "./vault.js";

/** @typedef {import("./phone.js").Owner} Owner */
/** @typedef {{id: string, name: string}} Account */
/** @typedef {{kind: "known", account: Account, csrf: string} | {kind: "stranger" | "not_allowed" | "no_signal"}} Session */
/** @typedef {{device_id: string, account: Account, key: string, backup_key: string, expires_at: string, older_keys?: string[], missing_elsewhere?: number}} Registration */

/** The phone that left while there was no signal. */
const LEAVING = "pulih-keluar";

/** Who is logged in to this browser. @returns {Promise<Session>} */
export async function session() {
  const { status, body } = await ask("/api/v1/session");
  if (status === 200 && body?.account?.id && body.csrf) return { kind: "known", account: body.account, csrf: body.csrf };
  if (status === 403) return { kind: "not_allowed" };
  return { kind: status === 401 ? "stranger" : "no_signal" };
}

/** What this phone is called in the office's list. */
function label() {
  const model = /\(([^)]*)\)/.exec(navigator.userAgent)?.[1] ?? "";
  return (model.split(";").slice(-2).map((part) => part.trim()).filter(Boolean).join(" ") || "Ponsel").slice(0, 100);
}

/**
 * @param {string} deviceId
 * @param {string} csrf
 * @param {string} version
 * @returns {Promise<{kind: "registered", registration: Registration} | {kind: "other_phone" | "not_allowed" | "revoked" | "no_signal"}>}
 */
export async function register(deviceId, csrf, version) {
  const told = { device_id: deviceId, label: label(), app_version: version.slice(0, 20) };
  const { status, body } = await send("/api/v1/devices", told, { headers: { "X-CSRFToken": csrf } });
  if (status === 200 && body?.key && body.account?.id) return { kind: "registered", registration: body };
  if (status === 409) return { kind: "other_phone" };
  if (body?.code === "ponsel_dicabut") return { kind: "revoked" };
  return { kind: status === 403 || status === 404 ? "not_allowed" : "no_signal" };
}

/** Unsent operations in the sealed store of an account, counted without opening it. @param {string} accountId */
export async function unsentOf(accountId) {
  const rows = new Rows(await phone.storeName(accountId));
  const count = (await rows.all("outbox")).filter((row) => row.state !== "acknowledged").length;
  rows.close();
  return count;
}

/**
 * Register this phone for whoever is logged in, and get at the key of their store.
 * @param {Account} account
 * @param {string} csrf
 * @param {string} version
 * @returns {Promise<{kind: "open", owner: Owner, raw: Uint8Array<ArrayBuffer>} | {kind: "not_allowed" | "revoked" | "no_signal" | "sealed"}>}
 */
export async function enter(account, csrf, version) {
  const known = await phone.owner(account.id);
  const marked = phone.marks()[account.id];
  let answer = await register(known?.device_id ?? marked?.device_id ?? crypto.randomUUID(), csrf, version);
  if (answer.kind === "other_phone" && !known) answer = await register(crypto.randomUUID(), csrf, version);
  if (answer.kind !== "registered") return { kind: answer.kind === "other_phone" ? "no_signal" : answer.kind };
  const { device_id, key, backup_key, missing_elsewhere = 0, older_keys = [] } = answer.registration;
  /** @type {Uint8Array<ArrayBuffer>} */
  let raw;
  if (known?.server) {
    const opened = await opensWith(known.server, [key, ...older_keys]);
    if (!opened) return { kind: "sealed" };
    raw = opened;
  } else {
    // Without its wrapped key a store opens for nobody.
    await deleteDB(await phone.storeName(account.id));
    raw = randomBytes(32);
  }
  /** @type {Owner} */
  const owner = {
    failures: 0, failed_at: 0, pin: null, opened_at: null,
    ...known,
    account_id: account.id, device_id, backup_key, missing_elsewhere, needs_login: false,
    was_wiped: known?.was_wiped ?? Boolean(marked && marked.n > 0),
    server: await wrapByServer(raw, key),
  };
  await phone.keepOwner(owner);
  phone.mark(account.id, device_id, 0);
  return { kind: "open", owner, raw };
}

/** @param {import("./vault.js").Sealed} wrap @param {string[]} keys the server's present one and earlier ones */
async function opensWith(wrap, keys) {
  for (const key of keys) {
    try {
      return await unwrapByServer(wrap, key);
    } catch {
      // The server's secret was renewed since: an earlier one may open it.
    }
  }
  return null;
}

/** @param {Owner} owner @param {Uint8Array<ArrayBuffer>} raw @param {string} pin */
export async function setPin(owner, raw, pin) {
  const wrap = await wrapByPin(raw, pin, await phone.deviceKey());
  await phone.changeOwner(owner.account_id, { pin: wrap, failures: 0, failed_at: 0 });
}

/** How long to wait before another PIN, ms. @param {Owner} owner */
export const pinPause = (owner) => pauseLeft(owner.failures, Date.now() - owner.failed_at);

/**
 * Try a PIN. The try is counted before it is made, so that killing the app gains nothing.
 * @param {string} accountId
 * @param {string} pin
 * @returns {Promise<{kind: "open", raw: Uint8Array<ArrayBuffer>} | {kind: "wrong", left: number} | {kind: "wait", ms: number} | {kind: "thrown_away"}>}
 */
export async function tryPin(accountId, pin) {
  const owner = await phone.owner(accountId);
  if (!owner?.pin) return { kind: "thrown_away" };
  const ms = pinPause(owner);
  if (ms > 0) return { kind: "wait", ms };
  const failures = owner.failures + 1;
  await phone.changeOwner(accountId, { failures, failed_at: Date.now() });
  try {
    const raw = await unwrapByPin(owner.pin, pin, await phone.deviceKey());
    // Nobody waits for the disk: were this lost, one wrong PIN more would stand there, no more.
    phone.changeOwner(accountId, { failures: 0, failed_at: 0, opened_at: Date.now() }).catch(console.error);
    return { kind: "open", raw };
  } catch (error) {
    if (!(error instanceof WrongPin)) throw error;
    if (failures < PIN_TRIES) return { kind: "wrong", left: PIN_TRIES - failures };
    await phone.changeOwner(accountId, { pin: null, needs_login: true });
    return { kind: "thrown_away" };
  }
}

/**
 * @param {Owner} owner
 * @param {Uint8Array<ArrayBuffer>} raw
 * @param {{onReplaced: () => void, onLeft: () => void, onWiped: () => void}} happenings
 */
export async function openStore(owner, raw, { onReplaced, onLeft, onWiped }) {
  const wasUsed = (phone.marks()[owner.account_id]?.n ?? 0) > 0;
  const rows = new Rows(await phone.storeName(owner.account_id), {
    onReplaced,
    onLeft,
    wasUsed,
    // With the store the browser threw away the keys: without them nobody opens what is saved from now on.
    onWiped: async () => {
      const isNews = !owner.was_wiped;
      Object.assign(owner, { was_wiped: true });
      await phone.restoreOwner({ ...owner, pin: null, needs_login: true });
      if (isNews) onWiped();
    },
  });
  return new Store(rows, await Vault.of(raw), owner);
}

/** Ask the browser not to throw the store away when room is scarce. @param {Store} store */
export async function keepForGood(store) {
  const isKept = (await navigator.storage?.persist?.()) ?? false;
  await store.keepPlain({ persisted: isKept });
  return isKept;
}

/** Log out of the browser, so that the log-in page asks for the password. @returns {Promise<boolean>} whether there was signal */
export async function leaveBrowser() {
  const found = await session();
  if (found.kind === "known") await ask("/keluar", { method: "POST", body: new URLSearchParams({ csrf_token: found.csrf }) });
  return found.kind !== "no_signal";
}

/** End this phone's log-in and the browser's, as far as there is signal. @param {string} deviceId */
async function leaveServer(deviceId) {
  localStorage.setItem(LEAVING, deviceId);
  const { status } = await ask("/api/v1/devices/current", { method: "DELETE", deviceId });
  // 401: the token opened nothing any more.
  if ((status === 200 || status === 401) && (await leaveBrowser())) localStorage.removeItem(LEAVING);
}

/** Without signal the server hasn't heard that somebody left: tell it now. */
export async function finishLeaving() {
  const deviceId = localStorage.getItem(LEAVING);
  if (deviceId) await leaveServer(deviceId);
}

/**
 * Leave this phone. With unsent work the store stays, sealed: only log-in opens it again. Without,
 * nothing is left.
 * @param {Store} store
 * @returns {Promise<void>}
 */
export async function leave(store) {
  const { account_id: accountId, device_id: deviceId } = store.owner;
  const state = await store.state();
  const drafts = await store.rows.all("drafts");
  // Other tabs that start anew finish it as well, instead of letting the same person in again.
  localStorage.setItem(LEAVING, deviceId);
  const isEmpty = !state.waiting && !state.quarantined.length && !state.photos_waiting && !drafts.length;
  if (isEmpty) {
    store.leave();
    await deleteDB(await phone.storeName(accountId));
    await phone.dropOwner(accountId);
    // The numbers went through: nothing is missing when the phone comes back under another id.
    phone.unmark(accountId);
  } else {
    await store.rows.write(["cards"], (tx) => tx.objectStore("cards").clear());
    await store.keepPlain({ is_complete: false });
    await store.rows.write(["meta"], async (tx) => {
      for (const key of ["cursor", "prepared"]) await tx.objectStore("meta").delete(key);
    });
    store.leave();
    await phone.changeOwner(accountId, { pin: null, needs_login: true });
  }
  await leaveServer(deviceId);
}
