// @ts-check
/** One channel: goods handed over, counted, paid for, given back. */
import { movementProblems, movementTold, worth } from "../market.js";
import { backTo, dayHere, draw, fill, goSaying, itemOrSay, keepDraft, onSave, part, savedWords, untilToday, valuesOf } from "../shared.js";

/** @typedef {Record<string, any>} Card */

/** @param {import("../main.js").Context} ctx */
export async function view(ctx) {
  const found = await itemOrSay(ctx, "channels");
  if (!found) return undefined;
  const { card, one: channel } = found;
  draw(ctx.root, "lap-channel");
  backTo(ctx.root, card.id);
  part(ctx.root, "name").textContent = `${channel.name} · ${card.name}`;
  const form = /** @type {HTMLFormElement} */ (part(ctx.root, "form"));
  const products = card.products ?? [];
  const choose = /** @type {HTMLSelectElement} */ (form.elements.namedItem("product_id"));
  choose.append(...products.map((/** @type {Card} */ one) => new Option(one.name, one.id)));
  const main = products.find((/** @type {Card} */ one) => one.is_main) ?? products[0];
  fill(form, { movement: "delivery", on: dayHere(), product_id: main?.id ?? "", reason: "tidak_laku" });
  const draft = await keepDraft(ctx, form, { name: `kanal:${card.id}:${channel.id}` });
  let offered = "";
  const arrange = () => {
    const said = valuesOf(form);
    part(form, "goods").hidden = said.movement === "payment";
    part(form, "money").hidden = said.movement !== "payment";
    part(form, "returned").hidden = said.movement !== "return";
    const value = worth(products.find((/** @type {Card} */ one) => one.id === said.product_id), channel, said.pieces);
    // What was typed by hand stays.
    if (value !== null && (!said.value || said.value === offered)) {
      offered = String(value);
      fill(form, { value: offered });
    }
  };
  form.addEventListener("change", arrange);
  form.addEventListener("input", (event) => { if (/** @type {HTMLElement} */ (event.target).id === "pieces") arrange(); });
  arrange();
  untilToday(form, ["on"]);
  onSave(form, {
    check: () => movementProblems(valuesOf(form), dayHere()),
    save: async () => {
      const op = await draft.saved((name) =>
        ctx.store.queue({ enterprise_id: card.id, record_id: crypto.randomUUID(), ...movementTold(valuesOf(form), channel) }, [], name));
      goSaying(ctx, `#/usaha/${card.id}`, savedWords(op));
    },
  });
  return draft.stop;
}
