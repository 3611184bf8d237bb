// @ts-check
/** A report about one therapy: begun, a note, or its end with what came of it. */
import { fill, keepDraft, onSave, valuesOf } from "../forms.js";
import { textOf, wholeOf } from "../numbers.js";
import { dayHere } from "../outbox.js";
import { day } from "../words.js";
import { draw, part, piece } from "./pieces.js";
import { backTo, cardOrSay, goSaying, savedWords, untilToday } from "./screens.js";

/** @typedef {Record<string, any>} Card */
const CLOSE = "selesai";

/** @param {import("../main.js").Context} ctx */
export async function view(ctx) {
  const [id, therapyId] = ctx.params;
  const card = await cardOrSay(ctx, id);
  const therapy = card?.therapies?.find((/** @type {Card} */ one) => one.id === therapyId);
  if (!therapy) {
    if (card) ctx.root.replaceChildren(piece("lap-enterprise-unknown"));
    return undefined;
  }
  draw(ctx.root, "lap-therapy");
  backTo(ctx.root, id);
  part(ctx.root, "name").textContent = `${therapy.title} · ${card?.name}`;
  part(ctx.root, "about").textContent = [therapy.deliverer && `Pelaksana: ${therapy.deliverer}.`, therapy.due_on && `Tenggat ${day(therapy.due_on)}.`].filter(Boolean).join(" ");
  const form = /** @type {HTMLFormElement} */ (part(ctx.root, "form"));
  const isRunning = therapy.state === "berjalan";
  // What runs can't begin again.
  const begin = /** @type {HTMLElement} */ (form.querySelector("[name=step][value=mulai]")).closest("label");
  if (begin) begin.hidden = isRunning;
  fill(form, { step: isRunning ? "catatan" : "mulai", closed_on: dayHere() });
  const draft = await keepDraft(ctx, form, { name: `terapi:${id}:${therapyId}` });
  const arrange = () => {
    part(form, "ended").hidden = valuesOf(form).step !== CLOSE;
    part(form, "money").hidden = !therapy.costs_money;
  };
  form.addEventListener("change", arrange);
  arrange();
  untilToday(form, ["closed_on"]);
  onSave(form, {
    check: () => problems(valuesOf(form), therapy),
    save: async () => {
      const op = await draft.saved((name) => ctx.store.queue(told(valuesOf(form), id, therapy), [], name));
      goSaying(ctx, `#/usaha/${id}`, savedWords(op));
    },
  });
  return draft.stop;
}

/** @param {Card} said @param {Card} therapy */
function problems(said, therapy) {
  if (said.step !== CLOSE) {
    return said.step === "catatan" && !said.result_note ? [{ field: "result_note", message: "Wajib diisi." }] : [];
  }
  const found = [];
  if (!said.closed_on) found.push({ field: "closed_on", message: "Wajib diisi." });
  if (said.closed_on > dayHere()) found.push({ field: "closed_on", message: "Tanggal selesai tidak boleh setelah hari ini." });
  if (!said.result) found.push({ field: "result", message: "Pilih hasilnya." });
  if (therapy.costs_money && wholeOf(said.spent) === null) found.push({ field: "spent", message: "Isi uang yang terpakai, 0 bila tidak ada." });
  return found;
}

/** @param {Card} said @param {string} id @param {Card} therapy */
function told(said, id, therapy) {
  const isEnd = said.step === CLOSE;
  return {
    type: "therapy.report",
    enterprise_id: id,
    record_id: crypto.randomUUID(),
    data: {
      intervention_id: therapy.id,
      version: therapy.version,
      step: said.step,
      closed_on: isEnd ? said.closed_on : null,
      result: isEnd ? said.result : null,
      result_note: textOf(said.result_note),
      spent: isEnd && therapy.costs_money ? wholeOf(said.spent) : null,
      spent_reason: isEnd && therapy.costs_money ? textOf(said.spent_reason) : null,
    },
  };
}
