// @ts-check
/** The phone's own copy: what views read and write. Everything personal in it is sealed. */
import { isLaid, overlaid } from "./overlay.js";
import * as outbox from "./outbox.js";
import { marks, mark } from "./phone.js";
import { isFull } from "./rows.js";
import { sha256Hex } from "./vault.js";

/** @typedef {import("./outbox.js").Item} Item */
/** @typedef {import("./rows.js").Rows} Rows */
/** @typedef {import("./vault.js").Vault} Vault */
/** @typedef {import("./phone.js").Owner} Owner */

/** Said to the other tabs. */
const LEFT = "left";

/** The phone has no room, and nothing was written. */
export class Full extends Error {
  constructor() {
    super("Memori ponsel penuh. Isian ini belum tersimpan: hapus foto atau aplikasi lain, lalu simpan lagi.");
  }
}

export class Store {
  /** @param {Rows} rows @param {Vault} vault @param {Owner} owner */
  constructor(rows, vault, owner) {
    this.rows = rows;
    this.vault = vault;
    this.owner = owner;
    /** @type {Map<string, {v: number, card: any}>} opened cards */
    this.known = new Map();
    /** @type {Map<number, {stamp: string, item: Item}>} opened operations */
    this.opened = new Map();
    this.listeners = new Set();
    this.others = new BroadcastChannel(rows.name);
    this.others.onmessage = ({ data }) => {
      if (data === LEFT) rows.giveWay(true);
      else this.tell(false);
    };
    this.drafts = {
      get: (/** @type {string} */ name) => this.draft(name),
      put: (/** @type {string} */ name, /** @type {any} */ value, /** @type {Blob[]} */ photos = []) => this.keepDraft(name, value, photos),
      drop: (/** @type {string} */ name) => this.rows.write(["drafts"], (tx) => tx.objectStore("drafts").delete(name)),
    };
  }

  /** @param {"change"} _event @param {() => void} listener @returns {() => void} call it to stop */
  on(_event, listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Say that something changed, here and in other tabs. @param {boolean} [isOwn] */
  tell(isOwn = true) {
    if (isOwn) this.others.postMessage(1);
    for (const listener of this.listeners) listener();
  }

  /** Who works here logs out: in the other tabs too. */
  leave() {
    this.others.postMessage(LEFT);
    this.close();
  }

  close() {
    this.listeners.clear();
    this.others.close();
    this.rows.shut();
    this.known.clear();
    this.opened.clear();
  }

  // --- what was fetched ---

  /** Cards with the phone's own work laid over. @returns {Promise<any[]>} */
  async cards() {
    const [rows, pulled] = await Promise.all([this.rows.all("cards"), this.plain("pulled_at").then((at) => at ?? 0)]);
    const fetched = await Promise.all(rows.map((row) => this.openCard(row)));
    return overlaid(fetched, await this.items((row) => isLaid(row, pulled)), pulled);
  }

  /** @param {string} id @returns {Promise<any | undefined>} */
  async card(id) {
    const row = await this.rows.get("cards", id);
    const pulled = (await this.plain("pulled_at")) ?? 0;
    const items = await this.items((one) => one.enterprise_id === id && isLaid(one, pulled));
    return overlaid(row ? [await this.openCard(row)] : [], items, pulled)[0];
  }

  /** @param {any} row */
  async openCard(row) {
    const known = this.known.get(row.id);
    if (known && known.v === row.v) return known.card;
    const card = await this.vault.open(`cards:${row.id}`, row);
    this.known.set(row.id, { v: row.v, card });
    return card;
  }

  /** Instrument, choices, villages and the like, as of the last fetch. @returns {Promise<any | undefined>} */
  reference() {
    return this.sealed("reference");
  }

  // --- small values ---

  /** @param {string} key */
  async plain(key) {
    return (await this.rows.get("meta", key))?.value;
  }

  /** @param {Record<string, any>} values */
  keepPlain(values) {
    return this.rows.write(["meta"], async (tx) => {
      for (const [key, value] of Object.entries(values)) await tx.objectStore("meta").put({ key, value });
    });
  }

  /** @param {string} key @returns {Promise<any>} */
  async sealed(key) {
    const row = await this.rows.get("meta", key);
    return row && this.vault.open(`meta:${key}`, row);
  }

  /** @param {string} key @param {any} value */
  async keepSealed(key, value) {
    const row = { key, ...(await this.vault.seal(`meta:${key}`, value)) };
    await this.rows.write(["meta"], (tx) => tx.objectStore("meta").put(row));
  }

  // --- drafts ---

  /** @param {string} name @returns {Promise<{value: any, photos: Blob[], at: number} | undefined>} */
  async draft(name) {
    const row = await this.rows.get("drafts", name);
    if (!row) return undefined;
    const photos = await Promise.all(row.photos.map(async (/** @type {any} */ one, /** @type {number} */ at) =>
      new Blob([await this.vault.openBytes(`drafts:${name}:${at}`, one)], { type: "image/jpeg" })));
    return { value: await this.vault.open(`drafts:${name}`, row), photos, at: row.at };
  }

  /** @param {string} name @param {any} value @param {Blob[]} photos */
  async keepDraft(name, value, photos) {
    const sealed = await Promise.all(photos.map(async (one, at) =>
      this.vault.sealBytes(`drafts:${name}:${at}`, await one.arrayBuffer())));
    const text = await this.vault.seal(`drafts:${name}`, value);
    const put = (/** @type {any[]} */ kept) => this.rows.write(["drafts"], (tx) =>
      tx.objectStore("drafts").put({ name, at: Date.now(), photos: kept, ...text }));
    try {
      await put(sealed);
    } catch (error) {
      if (!isFull(error)) throw error;
      await put([]);
    }
  }

  // --- the outbox ---

  /**
   * Operations that the phone keeps, opened: all, or those whose row is wanted.
   * @param {(row: any) => boolean} [isWanted]
   * @returns {Promise<Item[]>}
   */
  async items(isWanted = () => true) {
    return Promise.all((await this.rows.all("outbox")).filter(isWanted).map((row) => this.openItem(row)));
  }

  /** @param {any} row @returns {Promise<Item>} */
  async openItem(row) {
    const { seq, op_id, n, enterprise_id, state, at, acked_at, next_at, tries, stamp } = row;
    const known = this.opened.get(seq);
    if (known && known.stamp === stamp) return known.item;
    const inside = await this.vault.open(`outbox:${op_id}`, row);
    const item = { seq, state, at, acked_at, next_at, tries, ...inside, op: { ...inside.op, op_id, n, enterprise_id } };
    this.opened.set(seq, { stamp, item });
    return item;
  }

  /** A row for the outbox, without its place in the order. @param {Omit<Item, "seq">} item */
  async itemRow({ op, state, at, acked_at, next_at, tries, local, status, code, pesan }) {
    const { op_id, n, enterprise_id, ...rest } = op;
    const sealed = await this.vault.seal(`outbox:${op_id}`, { op: rest, local, status, code, pesan });
    return { op_id, n, enterprise_id, state, at, acked_at: acked_at ?? null, next_at: next_at ?? 0, tries: tries ?? 0, type: op.type, status: status ?? null, stamp: crypto.randomUUID(), ...sealed };
  }

  /** Write changed operations back, each at its place. @param {Item[]} items */
  async putItems(items) {
    const rows = await Promise.all(items.map(async (item) => ({ seq: item.seq, ...(await this.itemRow(item)) })));
    await this.rows.write(["outbox"], async (tx) => {
      const box = tx.objectStore("outbox");
      for (const row of rows) if (await box.getKey(row.seq) !== undefined) await box.put(row);
    });
    this.tell();
  }

  /**
   * Put an operation into the outbox; it is on the disk when this resolves.
   * @param {{type: string, enterprise_id: string, record_id: string, base_version?: number | null, depends_on?: string[], data: any, local?: any, occurred_at?: string}} told
   * @param {Blob[]} [photos] scaled already
   * @param {string} [draft] what this was filled in as: it goes at the same moment, so that nobody saves it twice
   * @returns {Promise<import("./outbox.js").Op & {photos_refused: number}>}
   * @throws {Full} nothing was written
   */
  async queue({ type, enterprise_id, record_id, base_version = null, depends_on = [], data, local, occurred_at }, photos = [], draft = "") {
    const now = new Date();
    const births = (await this.rows.all("outbox")).filter((row) => outbox.isUnsent(row)
      && row.type === "enterprise.register" && row.enterprise_id === enterprise_id);
    const op = {
      op_id: crypto.randomUUID(), n: 0, type, schema_version: outbox.SCHEMA, record_id, enterprise_id,
      depends_on: [...new Set([...depends_on, ...births.map((row) => row.op_id)])],
      base_version, occurred_at: occurred_at ?? outbox.instantHere(now), data, attachments: [],
    };
    const files = await Promise.all(photos.map((photo) => this.photoRow(op.op_id, enterprise_id, photo)));
    for (let kept = files.length; ; kept -= 1) {
      try {
        const written = await this.write(op, files.slice(0, kept), { local, at: now.getTime(), draft });
        this.tell();
        return { ...written, photos_refused: files.length - kept };
      } catch (error) {
        if (!isFull(error)) throw error;
        if (kept === 0) throw new Full();
      }
    }
  }

  /** @param {string} opId @param {string} enterpriseId @param {Blob} photo */
  async photoRow(opId, enterpriseId, photo) {
    const bytes = await photo.arrayBuffer();
    const id = crypto.randomUUID();
    const sealed = await this.vault.sealBytes(`photos:${id}`, bytes);
    const told = { id, sha256: await sha256Hex(bytes), bytes: bytes.byteLength };
    const row = { id, op_id: opId, enterprise_id: enterpriseId, state: outbox.QUEUED, size: bytes.byteLength, at: Date.now() };
    return { told, row, blob: { id, ...sealed } };
  }

  /** @param {import("./outbox.js").Op} op @param {any[]} files @param {{local: any, at: number, draft: string}} how */
  async write(op, files, { local, at, draft }) {
    const whole = { ...op, attachments: files.map((file) => file.told) };
    const row = await this.itemRow({ op: whole, state: outbox.QUEUED, at, local });
    const marked = marks()[this.owner.account_id]?.n ?? 0;
    const n = await this.rows.write(["outbox", "photos", "blobs", "meta", "drafts"], async (tx) => {
      const box = tx.objectStore("outbox");
      if (draft) await tx.objectStore("drafts").delete(draft);
      // Written by a try whose answer was lost.
      const before = await box.index("op_id").get(op.op_id);
      if (before) return before.n;
      const last = (await tx.objectStore("meta").get("n"))?.value ?? 0;
      const next = Math.max(last, marked) + 1;
      await tx.objectStore("meta").put({ key: "n", value: next });
      for (const file of files) {
        await tx.objectStore("photos").put(file.row);
        await tx.objectStore("blobs").put(file.blob);
      }
      await box.add({ ...row, n: next });
      return next;
    });
    mark(this.owner.account_id, this.owner.device_id, n);
    return { ...whole, n };
  }

  /** Send a refused one again, as it is. @param {string} opId */
  async retry(opId) {
    const found = (await this.items()).filter((item) => item.op.op_id === opId && item.state === outbox.QUARANTINE);
    await this.putItems(found.map((item) => ({ ...item, state: outbox.QUEUED, next_at: 0, tries: 0 })));
    await this.rows.write(["photos"], async (tx) => {
      for (const row of await tx.objectStore("photos").index("op_id").getAll(opId)) {
        await tx.objectStore("photos").put({ ...row, state: outbox.QUEUED });
      }
    });
    this.tell();
  }

  /** What is where, for the status line. */
  async state() {
    const rows = await this.rows.all("outbox");
    const items = await this.items((row) => row.state === outbox.QUARANTINE);
    const photos = await this.photosToTell(rows);
    const waiting = rows.filter(outbox.isWaiting);
    const today = outbox.dayHere();
    const [meta, refused] = [await this.facts(), photos.filter((row) => row.state === outbox.QUARANTINE)];
    const oldest = [...waiting, ...photos].map((one) => one.at);
    return {
      ...meta,
      sent: rows.filter((row) => row.acked_at && outbox.dayHere(new Date(row.acked_at)) === today).length,
      waiting: waiting.length,
      photos_waiting: photos.length - refused.length,
      quarantined: [
        ...items.map((item) => ({
          op_id: item.op.op_id, type: item.op.type, enterprise: item.op.enterprise_id, pesan: item.pesan ?? "", at: item.at, is_photo: false,
        })),
        ...refused.map((row) => ({
          op_id: row.op_id, type: "photo", enterprise: row.enterprise_id, pesan: row.pesan ?? "Foto tidak diterima.", at: row.at, is_photo: true,
        })),
      ],
      oldest_at: oldest.length ? Math.min(...oldest) : null,
    };
  }

  /** Photos of a refused text are told of with it. @param {any[]} rows of the outbox */
  async photosToTell(rows) {
    const refused = new Set(rows.filter((row) => row.state === outbox.QUARANTINE).map((row) => row.op_id));
    return (await this.rows.all("photos")).filter((row) => !refused.has(row.op_id));
  }

  /** The bytes of a photo. @param {string} id @returns {Promise<ArrayBuffer>} */
  async photo(id) {
    return this.vault.openBytes(`photos:${id}`, await this.rows.get("blobs", id));
  }

  /** Facts about sending and fetching that name nobody. */
  async facts() {
    const [last_success_at, persisted, trouble, is_complete, missing_elsewhere, resent, let_go] = await Promise.all(
      ["last_success_at", "persisted", "trouble", "is_complete", "missing_elsewhere", "resent", "let_go"].map((key) => this.plain(key)));
    const prepared = await this.sealed("prepared");
    return {
      last_success_at: last_success_at ?? null, persisted: persisted ?? null, prepared: prepared ?? null, trouble: trouble ?? null,
      is_complete: is_complete ?? false, missing_elsewhere: missing_elsewhere ?? this.owner.missing_elsewhere ?? 0,
      resent: resent ?? null, let_go: let_go ?? null,
    };
  }
}
