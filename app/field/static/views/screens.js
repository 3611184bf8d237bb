// @ts-check
/** What several screens show alike. */
import { tenthsText } from "../explain.js";
import { dayHere } from "../outbox.js";
import { fix } from "../place.js";
import { TYPES } from "../words.js";
import { part, piece, say } from "./pieces.js";

/** @typedef {import("../main.js").Context} Context */
/** @typedef {Record<string, any>} Card */

let told = "";

/** Go on, and say there what was done. @param {Context} ctx @param {string} hash @param {string} words */
export function goSaying(ctx, hash, words) {
  told = words;
  ctx.go(hash);
}

/**
 * Say what was done before, if anything, where a screen reader hears it; what it gives puts the words
 * back after the view was drawn anew.
 * @param {HTMLElement} root
 */
export function sayDone(root) {
  if (!told) return () => {};
  const box = document.createElement("p");
  box.className = "lap-note lap-note--baik";
  box.setAttribute("role", "status");
  box.dataset.done = "";
  const place = () => { root.querySelector("h1")?.after(box); };
  place();
  const words = told;
  told = "";
  setTimeout(() => { box.textContent = words; }, 50);
  return place;
}

/** What a saved thing is told as: only when it is on the disk. @param {{photos_refused: number}} op */
export const savedWords = (op) =>
  op.photos_refused
    ? `Tersimpan di ponsel, tetapi ${op.photos_refused} foto tidak muat. Terkirim sendiri saat ada sinyal.`
    : "Tersimpan di ponsel. Terkirim sendiri saat ada sinyal.";

/** The class as everywhere in the system: words, colour and sign. @param {Card} card */
export function classPiece({ health }) {
  const found = piece(`lap-class-${["sakit", "kurang_sehat", "sehat"].includes(health?.class) ? health.class : "none"}`);
  if (health?.valid_until && health.valid_until < dayHere()) found.querySelector(".pulih-class")?.append(", kedaluwarsa");
  return found;
}

/** Fill a list, and hide its part when there is nothing. @param {ParentNode} root @param {string} name @param {string[]} lines */
export function listIn(root, name, lines) {
  part(root, name).replaceChildren(...lines.map((line) => {
    const item = document.createElement("li");
    item.textContent = line;
    return item;
  }));
  const box = /** @type {HTMLElement | null} */ (root.querySelector(`[data-${name}-part]`));
  if (box) box.hidden = !lines.length;
}

/** Pairs of name and value. @param {ParentNode} root @param {string} name @param {[string, string][]} pairs */
export function pairsIn(root, name, pairs) {
  part(root, name).replaceChildren(...pairs.flatMap(([key, value]) => [text("dt", key), text("dd", value)]));
}

/** @param {string} tag @param {string} words */
export function text(tag, words) {
  const found = document.createElement(tag);
  found.textContent = words;
  return found;
}

/** "57,3 dari 100", or nothing. @param {number | null | undefined} tenths */
export const scoreWords = (tenths) => (tenths === null || tenths === undefined ? "" : `${tenthsText(tenths)} dari 100`);

/** What of a card isn't at the office yet. @param {Card} card */
export function pendingWords({ pending = [] }) {
  const open = pending.filter((/** @type {Card} */ one) => one.state !== "acknowledged" || one.status === "review" || one.status === "held");
  const words = open
    .map((/** @type {Card} */ one) => {
      const what = TYPES[one.type] ?? "Kiriman";
      if (one.state === "quarantine") return `${what}: perlu dilihat. ${one.pesan ?? ""}`;
      return one.state === "acknowledged" ? `${what}: ${one.pesan || "sedang diperiksa kantor"}` : `${what}: menunggu sinyal`;
    });
  const count = (/** @type {string} */ one) => words.filter((/** @type {string} */ other) => other === one).length;
  return [...new Set(words)].map((/** @type {string} */ one) => (count(one) > 1 ? `${one} (${count(one)})` : one)).join(" · ");
}

/** "Bu Sari" reached by phone: an address that dials. @param {string | null | undefined} phone */
export const dial = (phone) => (phone ? `tel:${phone.replace(/[^\d+]/g, "")}` : "");

/** @param {Context} ctx @param {string} id @returns {Promise<Card | undefined>} */
export async function cardOrSay({ store, root }, id) {
  const card = await store.card(id);
  if (!card) root.replaceChildren(piece("lap-enterprise-unknown"));
  return card;
}

/** Link back to an enterprise. @param {HTMLElement} root @param {string} id */
export function backTo(root, id) {
  part(root, "back").setAttribute("href", `#/usaha/${id}`);
}

/**
 * One thing of an enterprise's card, named by its key; says so where it isn't on the phone.
 * @param {Context} ctx @param {string} list
 * @returns {Promise<{card: Card, one: Card} | undefined>}
 */
export async function itemOrSay(ctx, list) {
  const [id, key] = ctx.params;
  const card = await cardOrSay(ctx, id);
  const one = card?.[list]?.find((/** @type {Card} */ item) => item.id === key);
  if (card && one) return { card, one };
  if (card) ctx.root.replaceChildren(piece("lap-enterprise-unknown"));
  return undefined;
}

/** Choices of a list that only the phone's data know. @param {HTMLElement} box @param {string} name @param {[string, string][]} options */
export function tilesIn(box, name, options) {
  box.replaceChildren(...options.map(([value, words]) => {
    const copy = piece("lap-tile");
    Object.assign(/** @type {HTMLInputElement} */ (copy.querySelector("input")), { name, value });
    /** @type {HTMLElement} */ (copy.querySelector("span")).textContent = words;
    return copy;
  }));
}

/** Boxes of days take no day to come. @param {HTMLFormElement} form @param {string[]} names */
export function untilToday(form, names) {
  for (const name of names) form.querySelector(`[name="${name}"]`)?.setAttribute("max", dayHere());
}

/**
 * The button that asks the satellites; where they may be asked, they are at once.
 * @param {HTMLFormElement} form
 * @param {() => void} changed
 * @param {{atOnce?: boolean}} [how]
 */
export function placeIn(form, changed, { atOnce = false } = {}) {
  const words = part(form, "place");
  const [lat, lng] = ["lat", "lng"].map((name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name)));
  const show = (/** @type {string} */ more = "") => {
    words.textContent = lat.value ? `Lokasi: ${lat.value.replace(".", ",")}; ${lng.value.replace(".", ",")}${more}` : "Belum diambil.";
  };
  const take = async (/** @type {boolean} */ isAsked) => {
    words.textContent = "Mencari satelit …";
    try {
      const found = await fix();
      lat.value = String(found.lat);
      lng.value = String(found.lng);
      show(` (ketelitian ${found.accuracy} meter)`);
      // A form that was only looked at isn't one that was begun.
      if (isAsked) changed();
    } catch (error) {
      if (lat.value) show();
      else words.textContent = error instanceof Error ? error.message : "Lokasi belum ditemukan.";
    }
  };
  part(form, "fix").addEventListener("click", () => take(true));
  show();
  if (atOnce && !lat.value) {
    navigator.permissions?.query({ name: "geolocation" }).then((permission) => { if (permission.state === "granted") void take(false); }, () => {});
  }
}

/** Where the mentor's enterprises are comes first. @param {HTMLFormElement} form @param {{code: string, name: string, label: string}[]} villages @param {Card[]} cards */
export function villagesIn(form, villages, cards) {
  const box = /** @type {HTMLSelectElement} */ (form.elements.namedItem("village_code"));
  const own = new Map(cards.filter((card) => card.village_code).map((card) => [card.village_code, card.village_label ?? card.village_code]));
  const others = villages.filter(({ code }) => !own.has(code)).map(({ code, name, label }) => /** @type {[string, string]} */ ([code, label ?? name]));
  const group = (/** @type {string} */ words, /** @type {[string, string][]} */ pairs) => {
    if (!pairs.length) return;
    const found = document.createElement("optgroup");
    found.label = words;
    found.append(...pairs.map(([code, label]) => new Option(label, code)));
    box.append(found);
  };
  group("Desa dampingan Anda", [...own]);
  group("Desa lain", others);
  if (own.size === 1) box.value = [...own.keys()][0];
}

export { say };
