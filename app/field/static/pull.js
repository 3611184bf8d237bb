// @ts-check
/** Fetching what the mentor reaches; each page and its cursor in one transaction. */
import { ask } from "./connection.js";
import { decidedAbout, isWaiting } from "./outbox.js";
import { sha256Hex } from "./vault.js";

const DRAFT_HOLDS_MS = 3 * 24 * 3600 * 1000;
const PAGE = 200;

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./push.js").Ended} Ended */

/** @param {import("./connection.js").Answer} answer @returns {Ended["end"]} */
function endOf({ status, body }) {
  if (status === 401 || status === 403) return "login";
  if (status === 409 && body?.code === "epoch_changed") return "epoch";
  return status === 426 ? "update" : "wait";
}

/** @param {any} body */
const isPage = (body) => body !== null && Array.isArray(body?.changes) && typeof body.cursor === "string" && typeof body.epoch === "string";

/**
 * Fetch until there is nothing more; everything anew when what lies here isn't what should.
 * @param {Store} store
 * @returns {Promise<Ended>}
 */
export async function pullAll(store) {
  const ended = await pullOnce(store, false);
  if (ended.end !== "done" || (await store.plain("is_complete"))) return ended;
  return pullOnce(store, true);
}

/** @param {Store} store @param {boolean} anew @returns {Promise<Ended>} */
async function pullOnce(store, anew) {
  const began = Date.now();
  let cursor = anew ? null : await store.sealed("cursor");
  // A fetch of everything that was broken off goes on under its own mark.
  let round = cursor ? ((await store.plain("round")) ?? null) : began;
  for (;;) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(cursor ? { cursor } : {}) });
    const answer = await ask(`/api/v1/sync/pull?${query}`, { deviceId: store.owner.device_id });
    if (answer.status === 422 && cursor) {
      // A mark of another version, or a damaged one: everything anew.
      [cursor, round] = [null, began];
      continue;
    }
    if (answer.status !== 200 || !isPage(answer.body)) return { end: endOf(answer), retryAfter: answer.retryAfter };
    const page = answer.body;
    const known = await store.plain("epoch");
    if (known && known !== page.epoch) return { end: "epoch" };
    if (page.cursor === cursor && page.has_more) return { end: "wait" };
    await takeDecisions(store, page.changes);
    await takePage(store, page, round);
    cursor = page.cursor;
    if (!page.has_more) {
      const fetched = await takeReference(store, page.reference?.version);
      if (fetched.end !== "done") return fetched;
      await finish(store, page, round, began);
      return { end: "done" };
    }
  }
}

/** What was decided at the office about operations of this phone. @param {Store} store @param {any[]} changes */
async function takeDecisions(store, changes) {
  const decided = new Map(changes.filter((one) => one.kind === "inbox").map((one) => [one.op_id, one]));
  if (!decided.size) return;
  const items = await store.items((row) => decided.has(row.op_id) && !isWaiting(row));
  await store.putItems(items.map((item) => decidedAbout(item, decided.get(item.op.op_id), Date.now())));
}

/** @param {Store} store @param {any} page @param {number | null} round */
async function takePage(store, page, round) {
  const cursor = { key: "cursor", ...(await store.vault.seal("meta:cursor", page.cursor)) };
  const rows = await Promise.all(page.changes
    .filter((/** @type {any} */ one) => one.kind === "upsert" || one.kind === "grant")
    .map(async (/** @type {any} */ one) => ({
      id: one.enterprise_id, v: one.version, round, ...(await store.vault.seal(`cards:${one.enterprise_id}`, one.record)),
    })));
  const gone = page.changes.filter((/** @type {any} */ one) => one.kind === "revoke" || one.kind === "tombstone");
  await store.rows.write(["cards", "outbox", "photos", "drafts", "meta"], async (tx) => {
    const cards = tx.objectStore("cards");
    // Before what is granted again further down the page.
    let count = 0;
    for (const one of gone) {
      const held = await cards.get(one.enterprise_id);
      if (held && !held.revoked) count += 1;
      await leave(tx, one.enterprise_id);
    }
    if (count) await tx.objectStore("meta").put({ key: "let_go", value: { count, at: Date.now() } });
    for (const row of rows) {
      const held = await cards.get(row.id);
      if (!held || round !== null || held.revoked || row.v > held.v) await cards.put(row);
    }
    await tx.objectStore("meta").put(cursor);
    await tx.objectStore("meta").put({ key: "epoch", value: page.epoch });
    await tx.objectStore("meta").put({ key: "round", value: round });
  });
  store.tell();
}

/** @typedef {import("idb").IDBPTransaction<any, any, "readwrite">} Writing */

/** Whether something of this enterprise isn't with the server yet. @param {Writing} tx @param {string} id */
async function hasWork(tx, id) {
  const ops = await tx.objectStore("outbox").getAll();
  const photos = await tx.objectStore("photos").getAll();
  const drafts = await tx.objectStore("drafts").getAll();
  return ops.some((row) => row.enterprise_id === id && isWaiting(row))
    || photos.some((row) => row.enterprise_id === id && row.state === "queued")
    || drafts.some((row) => row.name.includes(id) && row.at > Date.now() - DRAFT_HOLDS_MS);
}

/** An enterprise that isn't this mentor's any more: away with it, once nothing of it is unsent. @param {Writing} tx @param {string} id */
async function leave(tx, id) {
  const cards = tx.objectStore("cards");
  const held = await cards.get(id);
  if (await hasWork(tx, id)) {
    if (held) await cards.put({ ...held, revoked: true });
    return;
  }
  await cards.delete(id);
  for (const row of await tx.objectStore("outbox").getAll()) {
    if (row.enterprise_id === id && row.state === "acknowledged") await tx.objectStore("outbox").delete(row.seq);
  }
  for (const row of await tx.objectStore("drafts").getAll()) {
    if (row.name.includes(id)) await tx.objectStore("drafts").delete(row.name);
  }
}

/** Wipe what was revoked while there was work on it. @param {Store} store */
export async function leaveRevoked(store) {
  const revoked = (await store.rows.all("cards")).filter((row) => row.revoked);
  if (!revoked.length) return;
  await store.rows.write(["cards", "outbox", "photos", "drafts"], async (tx) => {
    for (const row of revoked) await leave(tx, row.id);
  });
  store.tell();
}

/** @param {Store} store @param {string | undefined} version @returns {Promise<Ended>} */
async function takeReference(store, version) {
  if (!version || version === (await store.plain("reference_version"))) return { end: "done" };
  const answer = await ask("/api/v1/sync/reference", { deviceId: store.owner.device_id });
  if (answer.status !== 200 || typeof answer.body?.version !== "string") return { end: endOf(answer), retryAfter: answer.retryAfter };
  await store.keepSealed("reference", answer.body);
  await store.keepPlain({ reference_version: answer.body.version });
  return { end: "done" };
}

/** What the server reckons over its own list, over ours. @param {{id: string, v: number}[]} rows */
export function scopeHash(rows) {
  const lines = rows.map(({ id, v }) => `${id}:${v}\n`).sort();
  return sha256Hex(new TextEncoder().encode(lines.join("")));
}

/** @param {Store} store @param {any} page the last one @param {number | null} round @param {number} began */
async function finish(store, page, round, began) {
  if (round !== null) {
    const stale = (await store.rows.all("cards")).filter((row) => row.round !== round);
    await store.rows.write(["cards", "outbox", "photos", "drafts"], async (tx) => {
      for (const row of stale) await leave(tx, row.id);
    });
  }
  const rows = (await store.rows.all("cards")).filter((row) => !row.revoked);
  const isComplete = rows.length === page.scope_count && (await scopeHash(rows)) === page.scope_hash;
  await store.keepPlain({
    is_complete: isComplete, pulled_at: began, round: null, last_success_at: Date.now(), missing_elsewhere: page.missing_elsewhere ?? 0,
  });
  store.tell();
}
