// @ts-check
/** The next step of one permit or certificate. */
import { stepProblems, stepTold, trackOf } from "../market.js";
import {
  backTo, day, dayHere, draw, fill, goSaying, itemOrSay, keepDraft, onSave, part, savedWords, tilesIn, untilToday, valuesOf,
} from "../shared.js";

/** @typedef {Record<string, any>} Card */

/** @param {import("../main.js").Context} ctx */
export async function view(ctx) {
  const [found, reference] = await Promise.all([itemOrSay(ctx, "certificates"), ctx.store.reference()]);
  if (!found || !reference) return undefined;
  const { card, one: certificate } = found;
  const track = trackOf(reference, certificate);
  const here = track.states[certificate.state];
  draw(ctx.root, "lap-certificate");
  backTo(ctx.root, card.id);
  part(ctx.root, "name").textContent = [track.name, certificate.product, card.name].filter(Boolean).join(" · ");
  part(ctx.root, "state").textContent = [
    here?.name ?? "",
    certificate.number ? `nomor ${certificate.number}` : "",
    certificate.expires_on ? `sampai ${day(certificate.expires_on)}` : "",
  ].filter(Boolean).join(" · ");
  part(ctx.root, "next").textContent = here?.next ?? "";
  const form = /** @type {HTMLFormElement} */ (part(ctx.root, "form"));
  const ways = (certificate.ways ?? []).map((/** @type {string} */ code) => [code, track.states[code]?.name ?? code]);
  part(ctx.root, "no-way").hidden = ways.length > 0 && !certificate.reported;
  part(ctx.root, "no-way").textContent = certificate.reported ? "Langkah yang Anda catat masih menunggu sinyal." : "Tidak ada langkah berikutnya di ponsel.";
  form.hidden = !ways.length || Boolean(certificate.reported);
  tilesIn(part(form, "ways"), "to_state", ways);
  fill(form, { on: dayHere(), to_state: ways.length === 1 ? ways[0][0] : "" });
  const draft = await keepDraft(ctx, form, { name: `izin:${card.id}:${certificate.id}` });
  const chosen = () => track.states[valuesOf(form).to_state];
  const arrange = () => {
    const may = chosen()?.may ?? [];
    for (const [name, code] of [["number", "nomor"], ["issued", "terbit"], ["expires", "habis"]]) part(form, name).hidden = !may.includes(code);
  };
  form.addEventListener("change", arrange);
  arrange();
  untilToday(form, ["on", "issued_on"]);
  onSave(form, {
    check: () => stepProblems(valuesOf(form), chosen(), dayHere()),
    save: async () => {
      const data = stepTold(valuesOf(form), chosen(), certificate);
      const op = await draft.saved((name) =>
        ctx.store.queue({ type: "certificate.step", enterprise_id: card.id, record_id: crypto.randomUUID(), data }, [], name));
      goSaying(ctx, `#/usaha/${card.id}`, savedWords(op));
    },
  });
  return draft.stop;
}
