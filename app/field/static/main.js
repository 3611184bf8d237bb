// @ts-check
/** The app of mentors: opens the store, then shows the view that the address names. */
import { finishLeaving, keepForGood, openStore, session } from "./device.js";
import { lastOwner, marks } from "./phone.js";
import { showStatus } from "./status.js";
import { Sync } from "./sync.js";
import { watchVersions } from "./update.js";
import * as gate from "./views/gate.js";
import { view as leave } from "./views/leave.js";
import { view as assessment } from "./views/assessment.js";
import { view as edit } from "./views/edit.js";
import { view as enterprise } from "./views/enterprise.js";
import { view as outbox } from "./views/outbox.js";
import { part, piece, say } from "./views/pieces.js";
import { view as prepare } from "./views/prepare.js";
import { view as register } from "./views/register.js";
import { view as therapy } from "./views/therapy.js";
import { view as today } from "./views/today.js";
import { view as visit } from "./views/visit.js";

// Screens that are fetched later use what runs here.
export * from "./shared.js";

/** Hidden for longer than this, the app asks for the PIN again. */
const LOCK_MS = 15 * 60 * 1000;

/** @typedef {{sync: Sync, version: string}} App */
/**
 * @typedef {object} Context
 * @property {import("./store.js").Store} store
 * @property {string[]} params what the address names besides the view
 * @property {(hash: string) => void} go
 * @property {HTMLElement} root
 * @property {App} app
 */
/** A view draws into `root`; what it gives back is called when it is left. @typedef {(ctx: Context) => unknown} View */

/** @type {Promise<Record<string, View>> | null} */
let fetched = null;

/** The screens that the day doesn't begin with, with their templates. @returns {Promise<Record<string, View>>} */
function fetchLater() {
  const { later, pieces } = /** @type {HTMLScriptElement} */ (document.querySelector("script[data-later]")).dataset;
  fetched ??= Promise.all([import(later ?? ""), fetch(pieces ?? "").then((answer) => answer.text())]).then(([views, text]) => {
    // A page of somebody between us and the office isn't ours.
    if (!text.includes(`content="${version}"`)) throw new Error("other version");
    document.body.insertAdjacentHTML("beforeend", text);
    return views;
  }).catch((error) => {
    fetched = null;
    throw error;
  });
  return fetched;
}

/** @param {string} name @returns {View} */
const later = (name) => async (ctx) => {
  const views = await fetchLater().catch(() => null);
  if (views) return views[name](ctx);
  return ctx.root.replaceChildren(piece("lap-later"));
};

/** @type {[RegExp, View][]} */
const ROUTES = [
  [/^#\/hari-ini$/, today],
  [/^#\/usaha\/([0-9a-f-]{36})$/, enterprise],
  [/^#\/usaha\/([0-9a-f-]{36})\/kunjungan$/, visit],
  [/^#\/usaha\/([0-9a-f-]{36})\/penilaian$/, assessment],
  [/^#\/usaha\/([0-9a-f-]{36})\/ubah$/, edit],
  [/^#\/usaha\/([0-9a-f-]{36})\/terapi\/([0-9a-f-]{36})$/, therapy],
  [/^#\/usaha\/([0-9a-f-]{36})\/kanal\/([0-9a-f-]{36})$/, later("channel")],
  [/^#\/usaha\/([0-9a-f-]{36})\/label\/([0-9a-f-]{36})$/, later("label")],
  [/^#\/usaha\/([0-9a-f-]{36})\/izin\/([0-9a-f-]{36})$/, later("certificate")],
  [/^#\/usaha\/([0-9a-f-]{36})\/buku$/, later("book")],
  [/^#\/usaha\/([0-9a-f-]{36})\/buku\/([a-z_]+)(?:\/([0-9a-f-]{36}))?$/, later("entry")],
  [/^#\/usaha\/([0-9a-f-]{36})\/kas$/, later("count")],
  [/^#\/usaha\/([0-9a-f-]{36})\/bulan$/, later("diary")],
  [/^#\/usaha\/([0-9a-f-]{36})\/angsuran\/([0-9a-f-]{36})$/, later("instalment")],
  [/^#\/usaha\/([0-9a-f-]{36})\/simpanan\/([0-9a-f-]{36})$/, later("saving")],
  [/^#\/usaha\/([0-9a-f-]{36})\/terima\/([0-9a-f-]{36})$/, later("mend")],
  [/^#\/usaha\/([0-9a-f-]{36})\/kunjungan\/([0-9a-f-]{36})$/, later("ownerPin")],
  [/^#\/usaha-baru$/, register],
  [/^#\/kiriman$/, outbox],
  [/^#\/siapkan$/, prepare],
  [/^#\/keluar$/, leave],
];
const HOME = "#/hari-ini";
const WIPED = "Data lokal terhapus oleh browser ponsel ini";

const root = part(document, "view");
const version = document.querySelector("meta[name=pulih-versi]")?.getAttribute("content") ?? "";

/** What is open in this tab. @type {{store: import("./store.js").Store | null, app: App | null}} */
export const here = { store: null, app: null };

/** @param {string} hash */
const go = (hash) => { location.hash = hash; };

/** @param {import("./store.js").Store} store @param {App} app */
function showViews(store, app) {
  /** @type {unknown} */
  let left;
  let shown = 0;
  const show = async () => {
    const turn = (shown += 1);
    if (typeof left === "function") left();
    left = undefined;
    const found = ROUTES.map(([pattern, view]) => ({ match: pattern.exec(location.hash), view })).find(({ match }) => match);
    if (!found?.match) return go(HOME);
    for (const link of document.querySelectorAll(".lap-nav__link")) {
      if (link.getAttribute("href") === location.hash) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    /** @type {unknown} */
    let leaving;
    try {
      leaving = await found.view({ store, params: found.match.slice(1), go, root, app });
    } catch (error) {
      // Left before it was whole: its parts are gone, and nobody waits for it.
      if (turn === shown) throw error;
      return;
    }
    if (turn !== shown) {
      if (typeof leaving === "function") leaving();
      return;
    }
    left = leaving;
    scrollTo(0, 0);
    const heading = /** @type {HTMLElement} */ (root.querySelector("h1") ?? root);
    // The browser's own history keeps titles where anybody reads them: no name of an enterprise.
    document.title = `${heading.dataset.screen ?? (heading === root ? "Lapangan" : heading.textContent)} – Pulih`;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  };
  addEventListener("hashchange", show);
  return show();
}

/** Away for long: the PIN again. Drafts are kept while typing, so nothing is lost. */
function lockWhenLeft() {
  let hiddenAt = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hiddenAt = Date.now();
    else if (hiddenAt && Date.now() - hiddenAt > LOCK_MS) location.reload();
  });
  // "Back" to a page that the browser had put aside as it was.
  addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
  const button = part(document, "lock");
  button.hidden = false;
  button.addEventListener("click", () => location.reload());
}

/** @type {gate.Gate["opened"]} */
async function opened(owner, raw, isFresh) {
  const again = () => location.reload();
  const store = await openStore(owner, raw, {
    onReplaced: () => offer("Versi baru dipakai di tab lain", again),
    onLeft: again,
    onWiped: () => offer(`${WIPED}. Pekerjaan baru tetap tersimpan; biarkan aplikasi ini terbuka sampai terkirim.`),
  });
  const app = { sync: await Sync.open(store, version), version };
  Object.assign(here, { store, app });
  part(document, "nav").hidden = false;
  lockWhenLeft();
  // The list of the day is what somebody waits for.
  const status = showStatus(store);
  if (!location.hash && !(await store.plain("epoch"))) history.replaceState(null, "", "#/siapkan");
  await showViews(store, app);
  await status;
  app.sync.start();
  // While there may be signal, before somebody asks for them.
  fetchLater().catch(() => {});
  if (isFresh) await keepForGood(store);
}

/** @param {string} words @param {(() => void) | null} [take] null when there is nothing to do but to know it */
function offer(words, take = null) {
  const box = part(document, "offer");
  part(box, "offer-words").textContent = words;
  part(box, "offer-take").hidden = !take;
  if (take) part(box, "offer-take").addEventListener("click", take, { once: true });
  box.hidden = false;
}

/** What the browser threw away, in words. @param {import("./phone.js").Owner | undefined} owner */
function lossNotice(owner) {
  const isLost = owner ? owner.was_wiped : Object.values(marks()).some(({ n }) => n > 0);
  return isLost ? `${WIPED}. Masuk untuk mengambil data usaha lagi; kantor diberi tahu nomor kiriman yang belum sampai.` : "";
}

async function start() {
  part(document, "skip").addEventListener("click", (event) => { event.preventDefault(); root.focus(); });
  watchVersions((take) => offer("Versi baru siap", take));
  await finishLeaving();
  const place = { root, version, opened };
  const owner = await lastOwner();
  if (owner?.pin && !owner.needs_login) return gate.pin(place, owner);
  const found = await session();
  const notice = lossNotice(owner);
  if (found.kind === "known") return gate.afterLogin(place, found, notice);
  if (owner?.pin) return gate.pin(place, owner, "Waktu masuk sudah habis. Anda tetap dapat bekerja; kiriman menunggu sampai Anda masuk.");
  return gate.login(place, { notice, words: found.kind === "stranger" ? "" : gate.WORDS[found.kind] });
}

start().catch((error) => {
  console.error(error);
  say(root, "Aplikasi tidak dapat dibuka di browser ini. Perbarui browser atau pakai Chrome; data yang tersimpan tidak berubah.");
});
