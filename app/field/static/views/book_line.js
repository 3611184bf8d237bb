// @ts-check
/** One line of the book by large keys, and the cash that was counted. */
import { COUNT, ENTRY, LEAST, SALES, TAKE_BACK, amountOf, dayOf, lineTold, linesOf, rupiah } from "../cash.js";
import {
  backTo, cardOrSay, dayHere, draw, fill, goSaying, keepDraft, onClick, onSave, part, photosIn, savedWords, say, valuesOf,
} from "../shared.js";
import { itemsOf, nameOf } from "./book.js";
import { askedBack, keysIn } from "./keys.js";
import { letGo, sendAgain } from "./refused.js";

/** @typedef {Record<string, any>} Card */
/** @typedef {import("../cash.js").Line} Line */
/** @typedef {import("../main.js").Context} Context */

/** @param {HTMLElement} root @param {string} id @param {Card} card */
function head(root, id, card) {
  backTo(root, id);
  part(root, "back").setAttribute("href", `#/usaha/${id}/buku`);
  part(root, "name").textContent = card.name;
}

/** @param {Context} ctx */
export async function entry(ctx) {
  const [id, category, key] = ctx.params;
  const [card, items] = await Promise.all([cardOrSay(ctx, id), itemsOf(ctx, id)]);
  if (!card) return undefined;
  const old = linesOf(items).find((line) => line.id === key && !line.gone);
  // A line that is no longer there to be put right.
  if (key && !old) return ctx.go(`#/usaha/${id}/buku`);
  draw(ctx.root, "lap-book-entry");
  head(ctx.root, id, card);
  part(ctx.root, "title").textContent = nameOf(category);
  say(part(ctx.root, "why"), old?.isRefused ? (old.item.pesan ?? "") : "");
  const form = /** @type {HTMLFormElement} */ (part(ctx.root, "form"));
  arrange(form, card, category, old);
  fill(form, old ? saidOf(old) : { when: "hari_ini" });
  /** @type {Blob[]} */
  const photos = [];
  const draft = await keepDraft(ctx, form, {
    name: `buku:${id}:${category}:${key ?? ""}`,
    open: (kept) => {
      fill(form, kept.value);
      photos.push(...kept.photos);
    },
    photos: () => photos,
  });
  const taken = photosIn(form, photos, { most: 1, changed: draft.touch });
  keysIn(form)();
  const back = (/** @type {string} */ words) => goSaying(ctx, `#/usaha/${id}/buku`, words);
  onSave(form, {
    check: askedBack(form, LEAST),
    save: async () => {
      await taken();
      const data = lineTold(valuesOf(form), category, dayHere());
      const told = `${nameOf(category)} ${rupiah(data.amount ?? 0)}. `;
      if (old?.isRefused) {
        const { corrects_id: corrects } = old.item.op.data;
        await draft.saved(() => sendAgain(ctx.store, old.item, { ...data, ...(corrects ? { corrects_id: corrects } : {}) }));
        await draft.drop();
        return back(`${told}Dikirim lagi saat ada sinyal.`);
      }
      const op = await draft.saved((name) => ctx.store.queue({
        type: ENTRY, enterprise_id: id, record_id: crypto.randomUUID(), data: old ? { ...data, corrects_id: old.id } : data,
      }, photos, name));
      back(told + savedWords(op));
    },
  });
  const drop = part(ctx.root, "take-back");
  drop.hidden = !old;
  onClick(ctx.root, "take-back", async () => {
    if (!old || drop.hasAttribute("disabled")) return;
    drop.setAttribute("disabled", "");
    const words = await takenBack(ctx, old);
    await draft.drop();
    back(words);
  });
  return draft.stop;
}

/** Show what this category can say. @param {HTMLFormElement} form @param {Card} card @param {string} category @param {Line | undefined} old */
function arrange(form, card, category, old) {
  const channels = category === SALES ? (card.channels ?? []) : [];
  part(form, "channel").hidden = !channels.length;
  /** @type {HTMLSelectElement} */ (form.elements.namedItem("channel_id")).append(
    ...channels.map((/** @type {Card} */ one) => new Option(one.name, one.id)));
  const owed = part(form, "owed");
  owed.hidden = !(owed.dataset.owed ?? "").split(" ").includes(category);
  // The slip of a refused line is still with it.
  part(form, "slip").hidden = Boolean(old?.isRefused && old.photos);
}

/** @param {Line} old */
const saidOf = (old) => ({
  amount: String(old.amount).replace(/\B(?=(\d{3})+$)/g, "."),
  when: "lain",
  on: old.happened_on,
  channel_id: old.channel_id ?? "",
  is_owed: old.is_owed,
  note: old.note ?? "",
});

/** @param {Context} ctx @param {Line} old @returns {Promise<string>} */
async function takenBack({ store }, old) {
  const { op } = old.item;
  if (old.isRefused) {
    await letGo(store, old.item);
    return "Catatan dihapus.";
  }
  const data = { entry_id: old.id, reason: "Dibatalkan di ponsel" };
  const sent = await store.queue({ type: TAKE_BACK, enterprise_id: op.enterprise_id, record_id: crypto.randomUUID(), data });
  return `Catatan dibatalkan. ${savedWords(sent)}`;
}

/** @param {Context} ctx */
export async function count(ctx) {
  const [id] = ctx.params;
  const card = await cardOrSay(ctx, id);
  if (!card) return undefined;
  draw(ctx.root, "lap-book-count");
  head(ctx.root, id, card);
  const form = /** @type {HTMLFormElement} */ (part(ctx.root, "form"));
  fill(form, { when: "hari_ini" });
  const draft = await keepDraft(ctx, form, { name: `kas:${id}` });
  keysIn(form)();
  onSave(form, {
    check: askedBack(form, 0),
    save: async () => {
      const said = valuesOf(form);
      const data = { counted_on: dayOf(said, dayHere()), amount: amountOf(said.amount) };
      const op = await draft.saved((name) =>
        ctx.store.queue({ type: COUNT, enterprise_id: id, record_id: crypto.randomUUID(), data }, [], name));
      goSaying(ctx, `#/usaha/${id}/buku`, `Kas ${rupiah(data.amount ?? 0)}. ${savedWords(op)}`);
    },
  });
  return draft.stop;
}
