// @ts-check
/** When to send and fetch, and what to do with how it ended. */
import { backoff } from "./connection.js";
import { register, session } from "./device.js";
import { sendPhotos } from "./files.js";
import { alone } from "./lock.js";
import { isEarly } from "./outbox.js";
import { changeOwner } from "./phone.js";
import { leaveRevoked, pullAll } from "./pull.js";
import { pushAll, recover, sendAgain } from "./push.js";
import { seekVersion } from "./update.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./push.js").Ended} Ended */

/** After a failure each save tries once more, but not one right after the other. */
const CALM_MS = 30_000;

export class Sync {
  /** @param {Store} store @param {string} version */
  constructor(store, version) {
    this.store = store;
    this.version = version;
    this.tries = 0;
    this.timer = 0;
    /** The server asked not to come before. */
    this.notBefore = 0;
    this.lastAt = 0;
    /** @type {Promise<void> | null} */
    this.running = null;
    this.isWanted = false;
    this.isStopped = false;
  }

  /** With what the server asked for before the app was closed: who taps before `start` waits too.
   * @param {Store} store @param {string} version */
  static async open(store, version) {
    const sync = new Sync(store, version);
    sync.notBefore = (await store.plain("not_before")) ?? 0;
    return sync;
  }

  /** Listen for moments at which sending may work. */
  start() {
    addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.now(); });
    this.store.on("change", () => this.later());
    this.now();
  }

  stop() {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** Something was written: send it, unless the phone is waiting after a failure. */
  async later() {
    if (this.running || this.isStopped || (this.tries && Date.now() - this.lastAt < CALM_MS)) return;
    const { waiting, trouble } = await this.store.state();
    if (waiting && (!trouble || trouble.kind === "incomplete")) this.now();
  }

  /** Send and fetch now; while it runs, once more afterwards. @returns {Promise<void>} */
  now() {
    clearTimeout(this.timer);
    if (this.isStopped) return Promise.resolve();
    if (this.running) {
      this.isWanted = true;
      return this.running;
    }
    if (isEarly(this.notBefore, Date.now())) {
      this.wait(this.notBefore - Date.now());
      return Promise.resolve();
    }
    this.lastAt = Date.now();
    this.running = this.round().finally(() => {
      this.running = null;
      if (this.isWanted) {
        this.isWanted = false;
        this.timer = window.setTimeout(() => this.now(), 50);
      }
    });
    return this.running;
  }

  async round() {
    /** @type {Ended} */
    let ended = { end: "done" };
    const wasMine = await alone(`pulih-kirim-${this.store.rows.name}`, this.store, async () => {
      await recover(this.store);
      ended = await this.steps();
      if (ended.end === "login") ended = await this.registerAgain() ?? await this.steps();
      await this.note(ended);
    });
    if (!wasMine) return;
    if (ended.end === "done") {
      this.tries = 0;
      const next = (await this.store.rows.all("outbox")).filter((row) => row.state === "queued").map((row) => row.next_at);
      if (next.length) this.wait(Math.max(1000, Math.min(...next) - Date.now()));
    } else if (ended.end === "wait") {
      this.tries += 1;
      this.wait(backoff(this.tries, ended.retryAfter));
    }
  }

  /** @param {number} ms */
  wait(ms) {
    clearTimeout(this.timer);
    if (!this.isStopped) this.timer = window.setTimeout(() => this.now(), ms);
  }

  /** @returns {Promise<Ended>} */
  async steps() {
    const { store } = this;
    for (let epochs = 0; ; epochs += 1) {
      // Without an epoch nothing was ever fetched; afterwards sending comes first.
      const isFirst = !(await store.plain("epoch"));
      const order = isFirst ? [pullAll, this.push, sendPhotos, pullAll] : [this.push, sendPhotos, pullAll];
      /** @type {Ended} */
      let ended = { end: "done" };
      for (const step of order) {
        ended = await step.call(this, store);
        if (ended.end !== "done") break;
      }
      if (ended.end === "epoch" && epochs < 2) {
        await sendAgain(store);
        await store.rows.write(["meta"], async (tx) => {
          for (const key of ["cursor", "epoch"]) await tx.objectStore("meta").delete(key);
        });
        continue;
      }
      if (ended.end === "done") await leaveRevoked(store);
      return ended.end === "epoch" ? { end: "wait" } : ended;
    }
  }

  /** @param {Store} store */
  push(store) {
    return pushAll(store, this.version);
  }

  /** The token opens nothing, but perhaps the person is logged in: then it is renewed. @returns {Promise<Ended | null>} what stops it; null for nothing */
  async registerAgain() {
    const { owner } = this.store;
    const found = await session();
    if (found.kind !== "known" || found.account.id !== owner.account_id) return { end: "login" };
    const { kind } = await register(owner.device_id, found.csrf, this.version);
    return kind === "registered" ? null : { end: kind === "revoked" ? "revoked" : "login" };
  }

  /** @param {Ended} ended */
  async note({ end, retryAfter }) {
    const { store } = this;
    await changeOwner(store.owner.account_id, { needs_login: end === "login" || end === "revoked", ...(end === "done" ? { was_wiped: false } : {}) });
    if (end === "done") store.owner.was_wiped = false;
    if (end === "update") await seekVersion();
    const isComplete = await store.plain("is_complete");
    const kind = end === "done" ? (isComplete ? null : "incomplete") : end === "wait" ? (retryAfter ? "busy" : null) : end;
    const at = Date.now();
    if (end === "wait") this.notBefore = at + (retryAfter ?? 0) * 1000;
    // In one write: whoever reads that the office is busy reloads into an app that waits.
    await store.keepPlain({ trouble: kind ? { kind, at } : null, not_before: this.notBefore });
    store.tell();
  }
}
