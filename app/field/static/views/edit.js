// @ts-check
/** Changes of an enterprise: only what was changed is sent, with what stood there before. */
import { fill, keepDraft, onSave, valuesOf } from "../forms.js";
import { textOf, wholeOf } from "../numbers.js";
import { dayHere } from "../outbox.js";
import { WORKERS, enterpriseProblems, phoneProblems } from "../register_checks.js";
import { draw, part } from "./pieces.js";
import { backTo, cardOrSay, goSaying, placeIn, savedWords, untilToday } from "./screens.js";

/** @typedef {Record<string, any>} Card */
const TEXTS = ["owner.phone", "name", "product_line", "sector", "hamlet", "address", "life_cycle", "started_on"];
const FLAGS = ["has_equipment", "sold_outside_home", "declared_non_halal", "is_seasonal"];

/** @param {import("../main.js").Context} ctx */
export async function view(ctx) {
  const [id] = ctx.params;
  const card = await cardOrSay(ctx, id);
  if (!card) return undefined;
  draw(ctx.root, "lap-edit");
  backTo(ctx.root, id);
  const form = /** @type {HTMLFormElement} */ (part(ctx.root, "form"));
  const before = flat(card);
  fill(form, before);
  const draft = await keepDraft(ctx, form, { name: `ubah:${id}` });
  placeIn(form, draft.touch);
  untilToday(form, ["started_on"]);
  onSave(form, {
    check: () => {
      const said = valuesOf(form);
      const found = [...phoneProblems(said, "owner.phone"), ...enterpriseProblems(said, dayHere())];
      if (!found.length && !Object.keys(changes(before, typed(said))).length) {
        found.push({ field: null, message: "Belum ada yang diubah." });
      }
      return found;
    },
    save: async () => {
      const changed = changes(before, typed(valuesOf(form)));
      const op = await ctx.store.queue({
        type: "enterprise.edit",
        enterprise_id: id,
        record_id: id,
        base_version: card.version,
        data: { changes: changed, base: Object.fromEntries(Object.keys(changed).map((name) => [name, before[name] ?? null])) },
      });
      await draft.drop();
      goSaying(ctx, `#/usaha/${id}`, savedWords(op));
    },
  });
  return draft.stop;
}

/** The fields of a card by the names of an edit. @param {Card} card @returns {Card} */
const flat = (card) => ({
  ...Object.fromEntries([...TEXTS, ...WORKERS, "lat", "lng"].map((name) => [name, card[name] ?? null])),
  ...Object.fromEntries(FLAGS.map((name) => [name, Boolean(card[name])])),
  season_months: card.season_months ?? [],
  "owner.phone": card.owner?.phone ?? null,
});

/** @param {Card} said @returns {Card} */
const typed = (said) => ({
  ...Object.fromEntries(TEXTS.map((name) => [name, textOf(said[name])])),
  ...Object.fromEntries(WORKERS.map((name) => [name, wholeOf(said[name])])),
  ...Object.fromEntries(FLAGS.map((name) => [name, said[name]])),
  season_months: said.is_seasonal ? said.season_months.map(Number) : [],
  lat: said.lat ? Number(said.lat) : null,
  lng: said.lng ? Number(said.lng) : null,
});

/** @param {Card} before @param {Card} after @returns {Card} */
const changes = (before, after) =>
  Object.fromEntries(Object.entries(after).filter(([name, value]) => JSON.stringify(before[name] ?? null) !== JSON.stringify(value)));
