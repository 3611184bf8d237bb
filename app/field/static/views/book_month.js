// @ts-check
/** Five numbers of one month, for owners who keep no book. */
import { DIARY, monthProblems, monthTold, monthsOver, toldOf } from "../cash.js";
import { backTo, cardOrSay, day, dayHere, draw, fill, goSaying, keepDraft, onSave, part, savedWords, say, valuesOf } from "../shared.js";
import { itemsOf } from "./book.js";

/** @typedef {import("../outbox.js").Item} Item */

const MONTHS = 12;

/** "Oktober 2026" @param {string} month its first day */
const named = (month) => day(month).replace(/^1 /, "");

/** @param {Item | undefined} before */
function saidOf(before) {
  const { sales = null, costs = null, produced = null, workers = null, keeps_record: keeps = null } = before?.op.data ?? {};
  return { sales: sales ?? "", costs: costs ?? "", produced: produced ?? "", workers: workers ?? "", keeps_record: keeps === null ? "" : keeps ? "ya" : "tidak" };
}

/** @param {import("../main.js").Context} ctx */
export async function view(ctx) {
  const [id] = ctx.params;
  const [card, items] = await Promise.all([cardOrSay(ctx, id), itemsOf(ctx, id)]);
  if (!card) return undefined;
  draw(ctx.root, "lap-book-month");
  backTo(ctx.root, id);
  part(ctx.root, "back").setAttribute("href", `#/usaha/${id}/buku`);
  part(ctx.root, "name").textContent = card.name;
  const form = /** @type {HTMLFormElement} */ (part(ctx.root, "form"));
  const choose = /** @type {HTMLSelectElement} */ (form.elements.namedItem("month"));
  const months = monthsOver(dayHere(), MONTHS);
  choose.append(...months.map((month) => new Option(named(month), month)));
  const open = () => {
    const before = toldOf(items, choose.value);
    say(part(form, "told"), before ? "Bulan ini sudah diisi di ponsel ini. Menyimpan berarti membetulkannya." : "");
    fill(form, saidOf(before));
  };
  fill(form, { month: months.find((month) => !toldOf(items, month)) ?? months[0] });
  open();
  const draft = await keepDraft(ctx, form, { name: `bulan:${id}` });
  choose.addEventListener("change", open);
  onSave(form, {
    check: () => monthProblems(valuesOf(form)),
    save: async () => {
      const data = monthTold(valuesOf(form), toldOf(items, choose.value));
      const op = await draft.saved((name) =>
        ctx.store.queue({ type: DIARY, enterprise_id: id, record_id: crypto.randomUUID(), data }, [], name));
      goSaying(ctx, `#/usaha/${id}/buku`, `Catatan ${named(data.month)}. ${savedWords(op)}`);
    },
  });
  return draft.stop;
}
