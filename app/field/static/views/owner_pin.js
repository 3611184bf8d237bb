// @ts-check
/** The owner types their number after a visit, if they want to: it confirms that somebody came. */
import { backTo, cardOrSay, day, draw, goSaying, onSave, part, savedWords, valuesOf } from "../shared.js";

const SIX = /^\d{6}$/;

/** @param {import("../main.js").Context} ctx */
export async function view(ctx) {
  const [id, key] = ctx.params;
  const card = await cardOrSay(ctx, id);
  if (!card) return undefined;
  const visit = (card.visits ?? []).find((/** @type {Record<string, any>} */ one) => one.id === key);
  if (!visit) return ctx.go(`#/usaha/${id}`);
  draw(ctx.root, "lap-owner-pin");
  backTo(ctx.root, id);
  part(ctx.root, "name").textContent = `${card.name} · kunjungan ${day(visit.visited_on)}`;
  // No draft is kept of it: the number lies nowhere but sealed in what is sent, until it was judged.
  const form = /** @type {HTMLFormElement} */ (part(ctx.root, "form"));
  onSave(form, {
    check: () => (SIX.test(valuesOf(form).pin) ? [] : [{ field: "pin", message: "Ketik enam angka PIN pemilik." }]),
    save: async () => {
      const data = { visit_id: key, pin: valuesOf(form).pin };
      const op = await ctx.store.queue({ type: "visit.confirm", enterprise_id: id, record_id: crypto.randomUUID(), data });
      goSaying(ctx, `#/usaha/${id}`, savedWords(op));
    },
  });
  return undefined;
}
