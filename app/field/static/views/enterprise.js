// @ts-check
/** One enterprise: how it stands and why, what was promised, who came last. */
import { REPAY, SAVE, dueWords } from "../collecting.js";
import { daysBetween } from "../days.js";
import { present, trackOf } from "../market.js";
import { QUARANTINE, dayHere } from "../outbox.js";
import { MET } from "../protocol.js";
import { shortPlace, whyToday } from "../today.js";
import { TYPES, day } from "../words.js";
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
    market(ctx.root, fresh, reference);
    collecting(ctx.root, fresh);
  };
  show(card);
  const sayAgain = sayDone(ctx.root);
  return ctx.store.on("change", async () => {
    const fresh = await ctx.store.card(id);
    const isUsed = ctx.root.querySelector("a:focus, button:focus, summary:focus");
    if (!ctx.root.querySelector("[data-visits]")) return;
    if (!fresh) return ctx.root.replaceChildren(piece("lap-enterprise-unknown"));
    if (isUsed) return;
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
  const why = isVisited ? whyToday(card, dayHere(), reference).map((reason) => reason.text) : [];
  const due = card.next_visit_due_on ? `Kunjungan berikutnya paling lambat ${day(card.next_visit_due_on)}.` : "";
  say(part(root, "why"), [why.length ? `Hari ini: ${why.join(", ")}.` : "", due].filter(Boolean).join(" "));
  part(root, "visit").setAttribute("href", `#/usaha/${card.id}/kunjungan`);
  part(root, "assess").setAttribute("href", `#/usaha/${card.id}/penilaian`);
  part(root, "book").setAttribute("href", `#/usaha/${card.id}/buku`);
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

/** What the owner says of a promise on their own page. @param {Card} promise */
const ownerSaid = ({ said_done_on: on }) => (on ? `. Kata pemilik: sudah, ${day(on)}` : "");

/** @param {HTMLElement} root @param {Card} card */
function care(root, card) {
  listIn(root, "promises", (card.promises ?? []).map((/** @type {Card} */ one) => `${one.text} — sampai ${day(one.due_on)}${ownerSaid(one)}`));
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
  part(root, "visits").append(...visits.map((/** @type {Card} */ one) => visit(one, card)));
}

/** Permits, labels and channels, each a link to what can be noted of it. @param {HTMLElement} root @param {Card} card @param {any} reference */
function market(root, card, reference) {
  linesIn(root, card, "certificates", "izin", (one) => {
    const track = trackOf(reference, one);
    const state = one.reported ? `langkah “${track.states[one.reported]?.name ?? ""}” menunggu sinyal` : track.states[one.state]?.name;
    return [[track.name, one.product].filter(Boolean).join(", "), [state, one.expires_on ? `sampai ${day(one.expires_on)}` : ""]];
  });
  const withLabel = (card.products ?? []).filter((/** @type {Card} */ one) => one.label?.needs?.length);
  linesIn(root, { ...card, products: withLabel }, "products", "label", ({ name, label }) => {
    const found = label.last ? `${present({ label }).length} dari ${label.needs.length} unsur ada` : "belum diperiksa";
    return [name, [found, label.on ? day(label.on) : "", label.is_waiting ? "menunggu sinyal" : ""]];
  });
  linesIn(root, card, "channels", "kanal", (one) => [one.name, [one.kind]]);
}

/** For what the mentor may take in money, and what of it the office refused. @param {HTMLElement} root @param {Card} card */
function collecting(root, card) {
  const { loans = [], members = [] } = card.collecting ?? {};
  const pending = (/** @type {string} */ type) => card.pending.filter((/** @type {Card} */ one) => one.type === type);
  const refused = [REPAY, SAVE].flatMap(pending).filter(({ state }) => state === QUARANTINE);
  /** @type {[string, string, string][]} */
  const rows = [
    ...refused.map((one) => [`terima/${one.record_id}`, `Betulkan: ${TYPES[one.type].toLowerCase()}`, one.pesan ?? ""]),
    ...loans.map((/** @type {Card} */ one) => [`angsuran/${one.id}`, `Terima angsuran, ${one.lender}`, dueWords(one, dayHere())]),
    ...members.map((/** @type {Card} */ one) => [`simpanan/${one.id}`, `Terima simpanan, ${one.lender}`, `anggota nomor ${one.number}`]),
  ];
  part(root, "collecting-part").hidden = !rows.length;
  part(root, "collecting").append(...rows.map(([way, title, state]) => {
    const row = piece("lap-enterprise-market");
    part(row, "title").textContent = title;
    part(row, "title").setAttribute("href", `#/usaha/${card.id}/${way}`);
    part(row, "state").textContent = state;
    return row;
  }));
}

/** @param {HTMLElement} root @param {Card} card @param {string} list @param {string} way @param {(one: Card) => [string, (string | undefined)[]]} told */
function linesIn(root, card, list, way, told) {
  const found = card[list] ?? [];
  part(root, `${list}-part`).hidden = !found.length;
  part(root, list).append(...found.map((/** @type {Card} */ one) => {
    const [title, state] = told(one);
    const row = piece("lap-enterprise-market");
    const link = part(row, "title");
    link.textContent = title;
    link.setAttribute("href", `#/usaha/${card.id}/${way}/${one.id}`);
    part(row, "state").textContent = state.filter(Boolean).join(" · ");
    return row;
  }));
}

/** How long after a visit its owner may confirm it. */
const ASKED_DAYS = 60;

/** @param {Card} one @param {Card} card */
function visit(one, card) {
  const row = piece("lap-enterprise-visit");
  part(row, "when").textContent = day(one.visited_on);
  part(row, "outcome").textContent = one.outcome === MET ? `bertemu ${one.met_with ?? ""}` : "tidak bertemu";
  part(row, "words").textContent = (one.outcome === MET ? one.findings : one.reason) ?? "";
  const next = one.next_visit_on ? `berikutnya ${day(one.next_visit_on)}` : "";
  const photos = one.photos ? `${one.photos} foto` : "";
  part(row, "by").textContent = [one.is_waiting ? "menunggu sinyal" : `oleh ${one.by}`, photos, next, one.is_confirmed ? "dikonfirmasi pemilik" : one.is_asked ? "PIN pemilik diketik" : ""].filter(Boolean).join(" · ");
  const ask = part(row, "ask");
  ask.setAttribute("href", `#/usaha/${card.id}/kunjungan/${one.id}`);
  const isOpen = one.outcome === MET && !one.is_confirmed && !one.is_asked && !card.is_new;
  ask.hidden = !isOpen || daysBetween(one.visited_on, dayHere()) > ASKED_DAYS;
  return row;
}
