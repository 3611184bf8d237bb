// @ts-check
/** The store of one account: which rows there are, and a connection that comes back when lost. */
import { openDB } from "idb";

export const VERSION = 1;
const TRIES = 3;

/** @typedef {import("idb").IDBPDatabase} Database */

/** @param {Database} db */
function lay(db) {
  db.createObjectStore("cards", { keyPath: "id" });
  const outbox = db.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true });
  outbox.createIndex("op_id", "op_id", { unique: true });
  outbox.createIndex("state", "state");
  const photos = db.createObjectStore("photos", { keyPath: "id" });
  photos.createIndex("op_id", "op_id");
  // Their bytes lie apart, so that counting photos doesn't read them.
  db.createObjectStore("blobs", { keyPath: "id" });
  db.createObjectStore("drafts", { keyPath: "name" });
  db.createObjectStore("meta", { keyPath: "key" });
}

/** Whether the browser lost the connection, so that another may work. @param {unknown} error */
export const isLost = (error) => error instanceof DOMException
  && ["InvalidStateError", "UnknownError", "AbortError", "TransactionInactiveError"].includes(error.name);

/** Whether the phone has no room left. @param {unknown} error */
export const isFull = (error) => error instanceof DOMException && error.name === "QuotaExceededError";

/** @param {number} ms */
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * What may happen to a store that is open.
 * @typedef {object} Happenings
 * @property {() => void} [onReplaced] another tab runs newer code
 * @property {() => void} [onLeft] another tab logged out
 * @property {() => Promise<unknown>} [onWiped] the browser threw it away; nothing is written before this is done
 * @property {boolean} [wasUsed] it was there before, so that it can't be empty
 */

export class Rows {
  /** @param {string} name @param {Happenings} [happenings] */
  constructor(name, { onReplaced = () => {}, onLeft = () => {}, onWiped = async () => {}, wasUsed = false } = {}) {
    this.name = name;
    this.onReplaced = onReplaced;
    this.onLeft = onLeft;
    this.onWiped = onWiped;
    this.wasUsed = wasUsed;
    /** @type {Promise<Database> | null} */
    this.opened = null;
    this.isShut = false;
  }

  /** Close for good: what still comes waits forever, so that nothing makes the store anew. */
  shut() {
    this.isShut = true;
    this.close();
  }

  database() {
    this.opened ??= this.open();
    return this.opened;
  }

  async open() {
    let isEmpty = false;
    const db = await openDB(this.name, VERSION, {
      upgrade: (fresh) => { isEmpty = true; lay(fresh); },
      blocking: (_present, wanted) => this.giveWay(wanted === null),
      terminated: () => { this.opened = null; },
    });
    if (isEmpty && this.wasUsed) await this.onWiped();
    this.wasUsed = true;
    return db;
  }

  /** Another tab wants the store for itself: for newer code, or because who worked here logged out. @param {boolean} isForGood */
  giveWay(isForGood) {
    if (isForGood) {
      this.shut();
      this.onLeft();
    } else {
      this.close();
      this.onReplaced();
    }
  }

  close() {
    this.opened?.then((db) => db.close(), () => {});
    this.opened = null;
  }

  /**
   * Do something with the database; when the connection is lost, open another and do it again. So
   * what is done must bear being done twice.
   * @template T
   * @param {(db: Database) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async run(work) {
    if (this.isShut) return new Promise(() => {});
    for (let tried = 1; ; tried += 1) {
      try {
        return await work(await this.database());
      } catch (error) {
        if (tried > TRIES || !isLost(error)) throw error;
        this.close();
        await pause(40 * 2 ** tried);
      }
    }
  }

  /**
   * Read or write in one transaction; it is on the disk when this resolves.
   * @template T
   * @param {string[]} stores
   * @param {(tx: import("idb").IDBPTransaction<any, any, "readwrite">) => Promise<T>} work
   * @returns {Promise<T>}
   */
  write(stores, work) {
    return this.run(async (db) => {
      const tx = db.transaction(stores, "readwrite", { durability: "strict" });
      // A full disk may end the transaction before the work notices: that is told once, below.
      tx.done.catch(() => {});
      try {
        const value = await work(tx);
        await tx.done;
        return value;
      } catch (error) {
        // What a full disk or a lost connection said stands in the transaction, not in the request.
        try { tx.abort(); } catch { /* it ended by itself */ }
        throw tx.error ?? error;
      }
    });
  }

  /** @param {string} store @returns {Promise<any[]>} */
  all(store) {
    return this.run((db) => db.getAll(store));
  }

  /** @param {string} store @param {IDBValidKey} key @returns {Promise<any>} */
  get(store, key) {
    return this.run((db) => db.get(store, key));
  }
}
