// @ts-check
/** Sending the outbox until it is empty or something bids to wait. */
import { backoff, meaning, send } from "./connection.js";
import * as outbox from "./outbox.js";

const SIGN_OF_LIFE_MS = 10 * 60 * 1000;

/** @typedef {import("./outbox.js").Item} Item */
/** @typedef {import("./store.js").Store} Store */
/**
 * How a step of the sync ended: "done", or what stops it.
 * @typedef {{end: "done" | "login" | "revoked" | "epoch" | "update" | "wait", retryAfter?: number | null}} Ended
 */

/** What of an answer that is no result becomes the end of this round. @type {Record<string, Ended["end"]>} */
const STOPS = { login: "login", csrf: "login", epoch: "epoch", update: "update", wait: "wait" };

/** @param {Store} store @param {Item[]} batch @param {string} version */
async function bodyOf(store, batch, version) {
  // What stays behind when this batch is taken.
  const going = new Set(batch.map((item) => item.op.op_id));
  const left = (await store.rows.all("outbox")).filter((row) => outbox.isUnsent(row) && !going.has(row.op_id));
  return {
    device_id: store.owner.device_id,
    app_version: version.slice(0, 20),
    epoch: (await store.plain("epoch")) ?? null,
    sent_at: outbox.instantHere(new Date()),
    unsent: { count: left.length, oldest_at: left.length ? new Date(Math.min(...left.map((row) => row.at))).toISOString() : null },
    kept_for_good: (await store.plain("persisted")) ?? null,
    wiped: Boolean(store.owner.was_wiped),
    highest_n: (await store.plain("n")) ?? 0,
    ops: batch.map((item) => item.op),
  };
}

/** What was in flight when the phone died is sent again; the server knows it if it came. @param {Store} store */
export async function recover(store) {
  const stuck = await store.items((row) => row.state === outbox.SENDING);
  if (stuck.length) await store.putItems(stuck.map((item) => ({ ...item, state: outbox.QUEUED })));
}

/** Send again what the server acknowledged in the last thirty days: it was set back. @param {Store} store */
export async function sendAgain(store) {
  const again = outbox.sentAgain(await store.items(), Date.now());
  await store.putItems(again.map((item) => ({ ...item, state: outbox.QUEUED, acked_at: null, next_at: 0 })));
  await store.keepPlain({ resent: again.length ? { count: again.length, at: Date.now() } : null });
}

/** @param {Store} store */
async function forgetOld(store) {
  const old = outbox.outlived(await store.rows.all("outbox"), Date.now());
  if (!old.length) return;
  await store.rows.write(["outbox"], async (tx) => {
    for (const row of old) await tx.objectStore("outbox").delete(row.seq);
  });
}

/**
 * Send everything that may go.
 * @param {Store} store
 * @param {string} version
 * @returns {Promise<Ended>}
 */
export async function pushAll(store, version) {
  let most = outbox.BATCH_OPS;
  let hasAsked = false;
  for (;;) {
    const batch = outbox.nextBatch(await store.items(outbox.isUnsent), { now: Date.now(), most });
    const isQuiet = hasAsked || Date.now() - ((await store.plain("signed_at")) ?? 0) < SIGN_OF_LIFE_MS;
    if (!batch.length && isQuiet && !store.owner.was_wiped) break;
    if (batch.length) await store.putItems(batch.map((item) => ({ ...item, state: outbox.SENDING })));
    const answer = await send("/api/v1/sync/push", await bodyOf(store, batch, version), { deviceId: store.owner.device_id });
    hasAsked = true;
    const means = meaning(answer);
    if (means === "results") {
      await take(store, batch, answer.body);
    } else if ((means === "one_by_one" || means === "halve") && batch.length) {
      await store.putItems(batch.length > 1 ? batch : [refused(batch[0], means, answer.body)]);
      most = batch.length === 1 ? outbox.BATCH_OPS : means === "halve" ? Math.floor(batch.length / 2) : 1;
    } else {
      await store.putItems(batch);
      return { end: STOPS[means] ?? "wait", retryAfter: answer.retryAfter };
    }
    if (!batch.length) break;
  }
  await forgetOld(store);
  return { end: "done" };
}

/** @param {Item} item @param {"one_by_one" | "halve"} means @param {any} body @returns {Item} */
function refused(item, means, body) {
  const pesan = means === "halve" ? "Kiriman ini terlalu besar." : body?.pesan || "Kiriman ini tidak dapat dibaca kantor.";
  return { ...item, state: outbox.QUARANTINE, status: "rejected", code: body?.code, pesan };
}

/** @param {Store} store @param {Item[]} batch @param {any} body of an answer with results */
async function take(store, batch, body) {
  const now = Date.now();
  const results = new Map(body.results.map((/** @type {any} */ one) => [one?.op_id, one]));
  const settled = batch.map((item) => outbox.settled(item, results.get(item.op.op_id), now, backoff((item.tries ?? 0) + 1)));
  // Numbers that the server never saw, though it acknowledged them: they come again, once.
  const gaps = new Set(Array.isArray(body.gaps) ? body.gaps : []);
  const lost = await store.items((row) => row.state === outbox.ACKNOWLEDGED && gaps.has(row.n) && !row.tries && row.type !== outbox.CONFIRM);
  await store.putItems([...settled, ...lost.map((item) => ({ ...item, state: outbox.QUEUED, tries: 1, next_at: 0 }))]);
  await store.keepPlain({ signed_at: now, last_success_at: now });
}
