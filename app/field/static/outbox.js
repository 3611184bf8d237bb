// @ts-check
/** The outbox, without browser: states, order, what goes into the next batch. */

export const QUEUED = "queued";
export const SENDING = "sending";
export const ACKNOWLEDGED = "acknowledged";
export const QUARANTINE = "quarantine";
export const SCHEMA = 6;
/** An owner's number typed after a visit; never sent twice. */
export const CONFIRM = "visit.confirm";
export const BATCH_OPS = 50;
/** The server takes 256 KB; room is left for what stands around the operations. */
export const BATCH_BYTES = 240 * 1024;
export const LONGEST_WAIT_MS = 6 * 3600 * 1000;
export const KEPT_MS = 30 * 24 * 3600 * 1000;
/** What these say is stored by the server. */
export const SAFE = new Set(["ok", "duplicate", "merged", "conflict", "review", "held"]);
/** Stored, but not yet part of the enterprise's record. */
export const UNDECIDED = new Set(["review", "held"]);

/**
 * @typedef {object} Op as it travels
 * @property {string} op_id
 * @property {number} n
 * @property {string} type
 * @property {number} schema_version
 * @property {string} record_id
 * @property {string} enterprise_id
 * @property {string[]} depends_on
 * @property {number | null} base_version
 * @property {string} occurred_at
 * @property {any} data
 * @property {{id: string, sha256: string, bytes: number}[]} attachments
 */
/**
 * @typedef {object} Item an operation in the outbox
 * @property {number} seq
 * @property {string} state
 * @property {number} at when it was written, ms
 * @property {number} [next_at] not before
 * @property {number} [tries]
 * @property {number | null} [acked_at]
 * @property {Op} op
 * @property {any} [local] what the phone reckoned itself, for its own screens
 * @property {string} [status]
 * @property {string} [code]
 * @property {string} [pesan]
 */

/** @param {{state: string}} item */
export const isUnsent = (item) => item.state !== ACKNOWLEDGED;
/** @param {{state: string}} item */
export const isWaiting = (item) => item.state === QUEUED || item.state === SENDING;

/** Whether it isn't time yet; a time further away than anything waits was set by a wrong clock. @param {number} at @param {number} now */
export const isEarly = (at, now) => at > now && at <= now + LONGEST_WAIT_MS;

/** Bytes of an operation on its way. @param {Op} op */
export const weight = (op) => new TextEncoder().encode(JSON.stringify(op)).length + 1;

/**
 * The next operations to send: in the order of writing, per enterprise never past one that waits,
 * never before one that they depend on is stored.
 * @param {Item[]} items
 * @param {{now: number, most?: number}} how
 * @returns {Item[]}
 */
export function nextBatch(items, { now, most = BATCH_OPS }) {
  const stopped = new Set();
  const states = new Map(items.map((item) => [item.op.op_id, item.state]));
  /** @type {Item[]} */
  const batch = [];
  let bytes = 0;
  for (const item of [...items].filter(isWaiting).sort((a, b) => a.seq - b.seq)) {
    const { enterprise_id: place } = item.op;
    if (stopped.has(place)) continue;
    // Of one that isn't here any more the server knows.
    const isFree = item.op.depends_on.every((id) => (states.get(id) ?? ACKNOWLEDGED) === ACKNOWLEDGED
      || batch.some((other) => other.op.op_id === id));
    const heavy = weight(item.op);
    if (!isFree || isEarly(item.next_at ?? 0, now)) {
      stopped.add(place);
    } else if (batch.length >= most || (batch.length > 0 && bytes + heavy > BATCH_BYTES)) {
      break;
    } else {
      batch.push(item);
      bytes += heavy;
    }
  }
  return batch;
}

/**
 * What becomes of an operation by the server's word about it.
 * @param {Item} item
 * @param {{status: string, stored?: string, code?: string, pesan?: string} | undefined} result
 * @param {number} now
 * @param {number} wait ms until another try
 * @returns {Item}
 */
export function settled(item, result, now, wait) {
  if (item.op.type === CONFIRM && result && (SAFE.has(result.status) || result.status === "rejected")) {
    // The owner's number is gone once it was judged, whatever came of it.
    const { pin, ...data } = item.op.data;
    const status = result.status === "duplicate" ? result.stored ?? "ok" : result.status;
    return { ...item, op: { ...item.op, data }, state: ACKNOWLEDGED, acked_at: now, status, code: result.code, pesan: result.pesan };
  }
  if (result && SAFE.has(result.status)) {
    // Of what came before the server says what it was told then.
    const status = result.status === "duplicate" ? result.stored ?? result.status : result.status;
    return { ...item, state: ACKNOWLEDGED, acked_at: now, status, code: result.code, pesan: result.pesan };
  }
  if (result?.status === "rejected") {
    return { ...item, state: QUARANTINE, status: "rejected", code: result.code, pesan: result.pesan || "Tidak diterima kantor." };
  }
  // "retry", no word at all, or one that this version doesn't know: it stays.
  return { ...item, state: QUEUED, tries: (item.tries ?? 0) + 1, next_at: now + wait };
}

/**
 * What becomes of an operation by a decision of the office: one that was set aside and is accepted now
 * is with the server.
 * @param {Item} item
 * @param {{status: string, pesan: string}} decision
 * @param {number} now
 * @returns {Item}
 */
export function decidedAbout(item, { status, pesan }, now) {
  const isIn = item.state === QUARANTINE && SAFE.has(status);
  return { ...item, ...(isIn ? { state: ACKNOWLEDGED, acked_at: now } : {}), status, pesan };
}

/** Whether the office has more to say of a stored one than that it is there. @param {{status?: string | null}} item */
export const isRemarkable = ({ status }) => UNDECIDED.has(status ?? "") || status === "conflict" || status === "rejected";

/** Acknowledged ones that may go: stored by the server for thirty days. @template {{state: string, acked_at?: number | null}} T @param {T[]} items @param {number} now */
export const outlived = (items, now) =>
  items.filter((item) => item.state === ACKNOWLEDGED && (item.acked_at ?? now) < now - KEPT_MS);

/** Those that are sent again because the server lost them. @param {Item[]} items @param {number} now */
export const sentAgain = (items, now) =>
  items.filter((item) => item.state === ACKNOWLEDGED && item.op.type !== CONFIRM && (item.acked_at ?? 0) >= now - KEPT_MS);

/** An instant as the phone's clock and zone have it. @param {Date} date */
export function instantHere(date) {
  const offset = -date.getTimezoneOffset();
  const two = (/** @type {number} */ value) => String(Math.floor(Math.abs(value))).padStart(2, "0");
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
}

/** Today's date as the phone has it. @param {Date} [date] */
export const dayHere = (date = new Date()) => instantHere(date).slice(0, 10);
