// @ts-check
/** Money taken in for a lender: an instalment or savings of one member, and the receipts of before. */
import { rupiah } from "../cash.js";
import { REPAY, SAVE, collectedTold, doubtOf, dueWords, isCollected, leastOf, takenFor, takenOf } from "../collecting.js";
import {
  backTo, cardOrSay, day, dayHere, draw, fill, goSaying, keepDraft, onClick, onSave, part, piece, savedWords, say, valuesOf,
} from "../shared.js";
import { askedBack, keysIn, typed } from "./keys.js";
import { letGo, sendAgain } from "./refused.js";

/** @typedef {Record<string, any>} Card */
/** @typedef {import("../collecting.js").Taken} Taken */
/** @typedef {import("../main.js").Context} Context */
/** @typedef {{card: Card, type: string, of: string, one: Card | undefined, old?: Taken}} Sum for what it is taken in */

/** @param {Context} ctx */
export const instalment = (ctx) => begin(ctx, REPAY, "loans");
/** @param {Context} ctx */
export const saving = (ctx) => begin(ctx, SAVE, "members");

/** @param {Context} ctx @param {string} type @param {string} list */
async function begin(ctx, type, list) {
  const [id, of] = ctx.params;
  const card = await cardOrSay(ctx, id);
  if (!card) return undefined;
  const one = found(card, list, of);
  // Paid off meanwhile, or no longer the lender's to see.
  if (!one) return ctx.go(`#/usaha/${id}`);
  return show(ctx, { card, type, of, one });
}

/** One that the office refused: put right, or dropped. @param {Context} ctx */
export async function mend(ctx) {
  const [id, key] = ctx.params;
  const [card, items] = await Promise.all([cardOrSay(ctx, id), itemsOf(ctx, id)]);
  if (!card) return undefined;
  const old = items.filter(({ op }) => op.record_id === key).map(takenOf)[0];
  if (!old?.isRefused) return ctx.go(`#/usaha/${id}`);
  const one = found(card, old.type === REPAY ? "loans" : "members", old.of);
  return show(ctx, { card, type: old.type, of: old.of, one, old });
}

/** @param {Card} card @param {string} list @param {string} key @returns {Card | undefined} */
const found = (card, list, key) => card.collecting?.[list].find((/** @type {Card} */ one) => one.id === key);

/** @param {Context} ctx @param {string} id */
const itemsOf = ({ store }, id) => store.items((row) => row.enterprise_id === id && isCollected(row));

/** @param {Context} ctx @param {Sum} sum */
async function show(ctx, { card, type, of, one, old }) {
  const { root } = ctx;
  draw(root, "lap-collect");
  head(root, { card, type, of, one, old });
  const form = /** @type {HTMLFormElement} */ (part(root, "form"));
  part(form, "kinds").hidden = type !== SAVE;
  fill(form, old ? { amount: String(old.amount), when: "lain", on: old.day, kind: old.kind, note: old.note } : { when: "hari_ini" });
  const draft = await keepDraft(ctx, form, { name: `terima:${of}:${old?.id ?? ""}` });
  const shown = keysIn(form);
  shown();
  const offer = part(form, "offer-due");
  offer.hidden = !one?.amount || Boolean(old);
  offer.textContent = `Sesuai tagihan ${rupiah(one?.amount ?? 0)}`;
  onClick(root, "offer-due", () => typed(/** @type {HTMLInputElement} */ (form.elements.namedItem("amount")), String(one?.amount)));
  /** @type {Taken[]} */
  let taken = [];
  const refresh = async () => {
    taken = takenFor(await itemsOf(ctx, card.id), of).filter(({ id }) => id !== old?.id);
    if (root.querySelector("[data-receipts]")) receipts(root, taken);
  };
  await refresh();
  const lines = askedBack(form, leastOf(one), (said) => doubtOf(said, taken, dayHere()));
  const back = async (/** @type {string} */ words) => {
    await draft.drop();
    goSaying(ctx, `#/usaha/${card.id}`, words);
  };
  onSave(form, {
    check: () => (type === SAVE && !valuesOf(form).kind ? [{ field: "kind", message: "Pilih jenis simpanan." }] : lines()),
    save: async () => {
      const data = collectedTold(type, of, valuesOf(form), dayHere());
      const told = `${type === SAVE ? "Simpanan" : "Angsuran"} ${rupiah(data.amount ?? 0)}. `;
      if (old) {
        await draft.saved(() => sendAgain(ctx.store, old.item, data));
        return back(`${told}Dikirim lagi saat ada sinyal.`);
      }
      const op = await draft.saved((name) =>
        ctx.store.queue({ type, enterprise_id: card.id, record_id: crypto.randomUUID(), data }, [], name));
      goSaying(ctx, `#/usaha/${card.id}`, `${told}${savedWords(op)} Nomor kuitansi keluar setelah terkirim.`);
    },
  });
  part(root, "drop").hidden = !old;
  onClick(root, "drop", async () => {
    if (!old) return;
    part(root, "drop").setAttribute("disabled", "");
    await letGo(ctx.store, old.item);
    await back(`Catatan ${rupiah(old.amount)} dihapus dari ponsel. Kembalikan uangnya, atau bawa ke kantor lembaganya.`);
  });
  const unwatch = ctx.store.on("change", refresh);
  return () => {
    unwatch();
    draft.stop();
  };
}

/** @param {HTMLElement} root @param {Sum} sum */
function head(root, { card, type, one, old }) {
  backTo(root, card.id);
  part(root, "title").textContent = type === SAVE ? "Terima simpanan" : "Terima angsuran";
  part(root, "name").textContent = [card.owner?.name, card.name, one?.lender].filter(Boolean).join(", ");
  const member = one?.number ? `Anggota nomor ${one.number}.` : "";
  say(part(root, "next"), one && type === REPAY ? `Angsuran berikutnya ${dueWords(one, dayHere())}.` : member);
  say(part(root, "why"), old ? (old.item.pesan ?? "") : "");
}

/** @param {HTMLElement} root @param {Taken[]} taken */
function receipts(root, taken) {
  part(root, "receipts-part").hidden = taken.length === 0;
  part(root, "receipts").replaceChildren(...taken.map((one) => {
    const row = piece("lap-collect-taken");
    part(row, "sum").textContent = `${rupiah(one.amount)}, ${day(one.day)}`;
    part(row, "state").textContent = one.state;
    return row;
  }));
}
