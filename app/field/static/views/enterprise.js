// @ts-check
/** One enterprise: how it stands and why, what was promised, who came last. */
import { dayHere } from "../outbox.js";
import { MET } from "../protocol.js";
import { shortPlace, whyToday } from "../today.js";
import { day } from "../words.js";
import { draw, part, piece, say } from "./pieces.js";
import { cardOrSay, classPiece, dial, listIn, pairsIn, pendingWords, sayDone, scoreWords } from "./screens.js";
import { tenthsText } from "../explain.js";

/** @typedef {Record<string, any>} Card */

/** @param {import("../main.js").Context} ctx */
export async function view(ctx) {
  const [id] = ctx.params;
  const [card, reference] = await Promise.all([cardOrSay(ctx, id), ctx.store.reference()]);
  if (!card) return undefined;
  const show = (/** @type {Card} */ fresh) => {
    draw(ctx.root, "lap-enterprise");
    head(ctx.root, fresh, reference);
    health(ctx.root, fresh);
    care(ctx.root, fresh);
  };
  show(card);
  const sayAgain = sayDone(ctx.root);
  return ctx.store.on("change", async () => {
    const fresh = await ctx.store.card(id);
    const isUsed = ctx.root.querySelector("a:focus, button:focus, summary:focus");
    if (!fresh || isUsed || !ctx.root.querySelector("[data-visits]")) return;
    show(fresh);
    sayAgain();
  });
}

/** @param {HTMLElement} root @param {Card} card @param {any} reference */
function head(root, card, reference) {
  part(root, "name").textContent = card.name;
  part(root, "about").textContent = [card.owner?.name, card.product_line, card.hamlet, card.address, shortPlace(card.village_label)].filter(Boolean).join(" · ");
  say(part(root, "pending"), pendingWords(card));
  const isVisited = !reference?.rules.protocol.not_visited.includes(card.life_cycle);
  const why = isVisited ? whyToday(card, dayHere()).map((reason) => reason.text) : [];
  const due = card.next_visit_due_on ? `Kunjungan berikutnya paling lambat ${day(card.next_visit_due_on)}.` : "";
  say(part(root, "why"), [why.length ? `Hari ini: ${why.join(", ")}.` : "", due].filter(Boolean).join(" "));
  part(root, "visit").setAttribute("href", `#/usaha/${card.id}/kunjungan`);
  part(root, "assess").setAttribute("href", `#/usaha/${card.id}/penilaian`);
  const edit = part(root, "edit");
  edit.setAttribute("href", `#/usaha/${card.id}/ubah`);
  // What the office doesn't know yet can't be changed there.
  edit.hidden = Boolean(card.is_new);
  linkIf(part(root, "call"), dial(card.owner?.phone));
  linkIf(part(root, "way"), typeof card.lat === "number" ? `geo:${card.lat},${card.lng}?q=${card.lat},${card.lng}` : "");
}

/** @param {HTMLElement} link @param {string} address */
function linkIf(link, address) {
  link.hidden = !address;
  if (address) link.setAttribute("href", address);
}

/** @param {HTMLElement} root @param {Card} card */
function health(root, card) {
  const found = card.health ?? {};
  part(root, "class").replaceChildren(classPiece(card));
  part(root, "score").textContent = scoreWords(found.class ? found.tenths : null);
  const range = found.status === "sementara" ? `Sementara: antara ${tenthsText(found.low)} dan ${tenthsText(found.high)}. ` : "";
  const until = found.valid_until ? `, berlaku sampai ${day(found.valid_until)}` : "";
  const isOver = found.valid_until && found.valid_until < dayHere();
  part(root, "assessed").textContent = found.assessed_on
    ? `${range}Dinilai ${day(found.assessed_on)}${until}.${isOver ? " Sudah kedaluwarsa." : ""}`
    : "Belum pernah dinilai.";
  listIn(root, "reasons", found.reasons ?? []);
  listIn(root, "steps", found.steps ?? []);
  const known = (found.dimensions ?? []).filter((/** @type {Card} */ one) => one.tenths !== null && one.tenths !== undefined);
  pairsIn(root, "dimensions", known.map((/** @type {Card} */ one) => [one.name, tenthsText(one.tenths)]));
  part(root, "dimensions-part").hidden = !known.length;
}

/** @type {Record<string, string>} */
const THERAPY_STATES = { disetujui: "disetujui, belum mulai", berjalan: "sedang berjalan" };
/** @type {Record<string, string>} */
const REPORTED = { mulai: "mulai", catatan: "catatan", selesai: "selesai" };

/** @param {HTMLElement} root @param {Card} card */
function care(root, card) {
  listIn(root, "promises", (card.promises ?? []).map((/** @type {Card} */ one) => `${one.text} — sampai ${day(one.due_on)}`));
  listIn(root, "practices", (card.practices ?? []).map((/** @type {Card} */ one) => one.practice));
  part(root, "therapies-part").hidden = !card.therapies?.length;
  part(root, "therapies").append(...(card.therapies ?? []).map((/** @type {Card} */ one) => {
    const row = piece("lap-enterprise-therapy");
    const link = part(row, "title");
    link.textContent = one.title;
    link.setAttribute("href", `#/usaha/${card.id}/terapi/${one.id}`);
    const due = one.due_on ? `tenggat ${day(one.due_on)}` : "tanpa tenggat";
    const reported = one.reported ? `laporan ${REPORTED[one.reported]} menunggu sinyal` : "";
    part(row, "state").textContent = [THERAPY_STATES[one.state] ?? one.state, due, reported].filter(Boolean).join(" · ");
    return row;
  }));
  const visits = (card.visits ?? []).slice(0, 3);
  part(root, "no-visit").hidden = visits.length > 0;
  part(root, "visits").append(...visits.map(visit));
}

/** @param {Card} one */
function visit(one) {
  const row = piece("lap-enterprise-visit");
  part(row, "when").textContent = day(one.visited_on);
  part(row, "outcome").textContent = one.outcome === MET ? `bertemu ${one.met_with ?? ""}` : "tidak bertemu";
  part(row, "words").textContent = (one.outcome === MET ? one.findings : one.reason) ?? "";
  const next = one.next_visit_on ? `berikutnya ${day(one.next_visit_on)}` : "";
  const photos = one.photos ? `${one.photos} foto` : "";
  part(row, "by").textContent = [one.is_waiting ? "menunggu sinyal" : `oleh ${one.by}`, photos, next].filter(Boolean).join(" · ");
  return row;
}
