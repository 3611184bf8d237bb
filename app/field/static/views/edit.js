// @ts-check
/** Changes of an enterprise: only what was changed is sent, with what stood there before. */
import { fill, keepDraft, onSave, valuesOf } from "../forms.js";
import { textOf } from "../numbers.js";
import { dayHere } from "../outbox.js";
import { FLAGS, WORKERS, detailsOf, enterpriseProblems, numbersOf, ownerNameProblems, phoneProblems } from "../register_checks.js";
import { draw, part, piece } from "./pieces.js";
import { backTo, cardOrSay, goSaying, placeIn, savedWords, untilToday, villagesIn } from "./screens.js";

/** @typedef {Record<string, any>} Card */
const TEXTS = ["owner.name", "owner.phone", "name", "product_line", "sector", "village_code", "hamlet", "address", "life_cycle", "started_on"];

/** @param {import("../main.js").Context} ctx */
export async function view(ctx) {
  const [id] = ctx.params;
  const card = await cardOrSay(ctx, id);
  if (!card) return undefined;
  draw(ctx.root, "lap-edit");
  backTo(ctx.root, id);
  const form = /** @type {HTMLFormElement} */ (part(ctx.root, "form"));
  part(form, "details").append(piece("lap-details"));
  part(form, "unseen").hidden = false;
  const [cards, reference] = await Promise.all([ctx.store.cards(), ctx.store.reference()]);
  villagesIn(form, reference?.villages ?? [], cards);
  let [before, version] = [flat(card), card.version];
  fill(form, before);
  // What was filled in some other day goes by what stood there that day: else it would undo what others changed since.
  const draft = await keepDraft(ctx, form, {
    name: `ubah:${id}`,
    read: () => ({ said: valuesOf(form), before, version }),
    open: ({ value }) => {
      // One of an earlier version of the app doesn't say what it goes by, or not of every field.
      before = { ...before, ...value.before };
      version = value.version ?? version;
      fill(form, value.said ?? value);
    },
  });
  placeIn(form, draft.touch);
  untilToday(form, ["started_on"]);
  onSave(form, {
    check: () => {
      const said = valuesOf(form);
      const found = [...ownerNameProblems(said, "owner.name"), ...phoneProblems(said, "owner.phone"), ...enterpriseProblems(said, dayHere())];
      if (!found.length && !Object.keys(changes(before, typed(said))).length) {
        found.push({ field: null, message: "Belum ada yang diubah." });
      }
      return found;
    },
    save: async () => {
      const changed = changes(before, typed(valuesOf(form)));
      const op = await draft.saved((name) => ctx.store.queue({
        type: "enterprise.edit",
        enterprise_id: id,
        record_id: id,
        base_version: version,
        local: changed.village_code ? { card: { village_label: labelOf(form) } } : undefined,
        data: { changes: changed, base: Object.fromEntries(Object.keys(changed).map((name) => [name, before[name] ?? null])) },
      }, [], name));
      goSaying(ctx, `#/usaha/${id}`, savedWords(op));
    },
  });
  return draft.stop;
}

/** The village as it is chosen. @param {HTMLFormElement} form */
const labelOf = (form) => /** @type {HTMLSelectElement} */ (form.elements.namedItem("village_code")).selectedOptions[0]?.label ?? "";

/** The fields of a card by the names of an edit. @param {Card} card @returns {Card} */
const flat = (card) => ({
  ...Object.fromEntries([...TEXTS, ...WORKERS, "lat", "lng", "kbli_code", "kbli_version"].map((name) => [name, card[name] ?? null])),
  ...Object.fromEntries(FLAGS.map((name) => [name, Boolean(card[name])])),
  season_months: card.season_months ?? [],
  "owner.name": card.owner?.name ?? null,
  "owner.phone": card.owner?.phone ?? null,
});

/** @param {Card} said @returns {Card} */
const typed = (said) => ({
  ...Object.fromEntries(TEXTS.map((name) => [name, textOf(said[name])])),
  ...detailsOf(said),
  ...numbersOf(said),
});

/** @param {Card} before @param {Card} after @returns {Card} */
function changes(before, after) {
  const isOther = (/** @type {string} */ name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name]);
  const found = Object.fromEntries(Object.entries(after).filter(([name]) => isOther(name)));
  // Another code may stand in another list: the server looks for it anew.
  return "kbli_code" in found ? { ...found, kbli_version: null } : found;
}
