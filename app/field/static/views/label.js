// @ts-check
/** What stands on the pack of one product. */
import { elementsOf, present } from "../market.js";
import { textOf } from "../numbers.js";
import {
  backTo, day, dayHere, draw, fill, goSaying, itemOrSay, keepDraft, onClick, onSave, part, piece, savedWords, untilToday, valuesOf,
} from "../shared.js";

/** @typedef {Record<string, any>} Card */

/** @param {import("../main.js").Context} ctx */
export async function view(ctx) {
  const [found, reference] = await Promise.all([itemOrSay(ctx, "products"), ctx.store.reference()]);
  if (!found || !reference) return undefined;
  const { card, one: product } = found;
  /** @type {Card[]} */
  const all = reference.label_elements ?? [];
  const needed = all.filter(({ code }) => product.label?.needs?.includes(code));
  draw(ctx.root, "lap-label");
  backTo(ctx.root, card.id);
  part(ctx.root, "name").textContent = `${product.name} · ${card.name}`;
  part(ctx.root, "last").textContent = product.label?.on ? `Terakhir diperiksa ${day(product.label.on)}.` : "Belum pernah diperiksa.";
  const form = /** @type {HTMLFormElement} */ (part(ctx.root, "form"));
  part(form, "elements").append(...needed.map(element));
  const { has_brand = false, has_contact = false } = product.label ?? {};
  fill(form, { checked_on: dayHere(), ada: present(product), has_brand, has_contact });
  const draft = await keepDraft(ctx, form, { name: `label:${card.id}:${product.id}` });
  onClick(form, "all", () => {
    fill(form, { ada: needed.map(({ code }) => code) });
    draft.touch();
  });
  untilToday(form, ["checked_on"]);
  onSave(form, {
    check: () => (valuesOf(form).checked_on ? [] : [{ field: "checked_on", message: "Wajib diisi." }]),
    save: async () => {
      const said = valuesOf(form);
      const elements = elementsOf(product, all.map(({ code }) => code), said.ada ?? []);
      const data = { product_id: product.id, checked_on: said.checked_on, elements, has_brand: said.has_brand, has_contact: said.has_contact, note: textOf(said.note) };
      const op = await draft.saved((name) =>
        ctx.store.queue({ type: "label.check", enterprise_id: card.id, record_id: crypto.randomUUID(), data }, [], name));
      goSaying(ctx, `#/usaha/${card.id}`, savedWords(op));
    },
  });
  return draft.stop;
}

/** @param {Card} one */
function element({ code, label, look_for: look }) {
  const copy = piece("lap-label-element");
  const box = /** @type {HTMLInputElement} */ (copy.querySelector("input"));
  box.value = code;
  part(copy, "label").textContent = label;
  part(copy, "look").textContent = look;
  return copy;
}
