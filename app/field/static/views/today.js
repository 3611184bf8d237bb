// @ts-check
/** The day: where to go and why, hamlet by hamlet; and all enterprises to be searched. */
import { dayHere } from "../outbox.js";
import { searchText } from "../similar.js";
import { countsOf, groupByHamlet, shortPlace, todayLines } from "../today.js";
import { letGoWords, when } from "../words.js";
import { draw, part, piece, say } from "./pieces.js";
import { classPiece, pendingWords, sayDone, text } from "./screens.js";

/** @typedef {Record<string, any>} Card */
const ASSESS = "penilaian";
const FOUND_SHOWN = 100;
/** More lines than the tallest phone shows. */
const FIRST_DRAWN = 6;

/** @param {import("../main.js").Context} ctx */
export async function view(ctx) {
  const { root, store } = ctx;
  const [cards, reference] = await Promise.all([store.cards(), store.reference()]);
  draw(root, "lap-today");
  const shown = async () => {
    lines(root, cards, reference);
    const state = await store.state();
    if (root.querySelector("[data-let-go]")) say(part(root, "let-go"), letGoWords(state, Date.now()));
  };
  await shown();
  sayDone(root);
  search(root, cards);
  await drafts(root, store, cards);
  return store.on("change", async () => {
    const fresh = await store.cards();
    if (!root.querySelector("[data-groups]")) return;
    cards.splice(0, cards.length, ...fresh);
    await shown();
  });
}

/** @param {HTMLElement} root @param {Card[]} cards @param {any} reference */
function lines(root, cards, reference) {
  const found = todayLines(cards, dayHere(), reference?.rules.protocol.not_visited ?? [], reference);
  const { total, late } = countsOf(found);
  part(root, "empty").hidden = cards.length > 0;
  say(part(root, "lead"), cards.length ? lead(total, late) : "");
  fill(part(root, "groups"), groupByHamlet(found));
}

/**
 * Draw what a screen shows, let it be seen, and draw the rest: on a slow phone that is half the wait.
 * @param {HTMLElement} place @param {import("../today.js").Group[]} groups
 */
function fill(place, groups) {
  const boxes = groups.map((group) => {
    const box = piece("lap-today-group");
    part(box, "hamlet").textContent = [group.hamlet, group.village_label].filter(Boolean).join(", ");
    return { section: /** @type {Element} */ (box.firstElementChild), list: part(box, "lines"), rest: group.lines };
  });
  /** @type {Element[]} */
  const sections = [];
  let room = FIRST_DRAWN;
  for (const box of boxes) {
    if (room <= 0) break;
    box.list.append(...box.rest.slice(0, room).map(line));
    room -= box.rest.length;
    box.rest = box.rest.slice(box.rest.length + Math.min(0, room));
    sections.push(box.section);
  }
  place.replaceChildren(...sections);
  afterDrawing(() => {
    // Drawn anew meanwhile, or left.
    if (sections.length && !place.contains(sections[0])) return;
    for (const box of boxes) box.list.append(...box.rest.map(line));
    place.append(...boxes.slice(sections.length).map(({ section }) => section));
  });
}

/** @param {() => void} act */
function afterDrawing(act) {
  let isDone = false;
  const once = () => {
    if (!isDone) act();
    isDone = true;
  };
  requestAnimationFrame(() => setTimeout(once));
  // In a tab that isn't shown nothing is drawn.
  setTimeout(once, 500);
}

/** @param {number} total @param {number} late */
function lead(total, late) {
  if (!total) return "Tidak ada yang harus dikerjakan hari ini.";
  return `${total} usaha perlu dilihat${late ? `, ${late} di antaranya terlambat` : ""}.`;
}

/** @param {import("../today.js").Line} line */
function line({ card, reasons }) {
  const box = piece("lap-today-line");
  const name = part(box, "name");
  name.textContent = card.name;
  name.setAttribute("href", `#/usaha/${card.id}`);
  part(box, "class").append(classPiece(card));
  part(box, "owner").textContent = card.owner?.name ?? "";
  part(box, "reasons").append(...reasons.map((reason) => {
    const item = text("li", reason.text);
    // The words say so too: not by colour alone.
    if (reason.is_late) item.className = "lap-card__late";
    return item;
  }));
  say(part(box, "pending"), pendingWords(card));
  part(box, "visit").setAttribute("href", `#/usaha/${card.id}/kunjungan`);
  part(box, "visit").setAttribute("aria-label", `Catat kunjungan ${card.name}`);
  const assess = part(box, "assess");
  assess.hidden = !reasons.some((reason) => reason.calls_for === ASSESS);
  assess.setAttribute("href", `#/usaha/${card.id}/penilaian`);
  assess.setAttribute("aria-label", `Nilai ${card.name}`);
  return box;
}

/** @param {HTMLElement} root @param {Card[]} cards */
function search(root, cards) {
  const box = /** @type {HTMLInputElement} */ (part(root, "search"));
  part(root, "search-part").hidden = !cards.length;
  const show = () => {
    const wanted = searchText(box.value);
    const found = wanted ? cards.filter((card) => wordsOf(card).includes(wanted)).slice(0, FOUND_SHOWN) : [];
    part(root, "found").textContent = wanted ? `${found.length} usaha ditemukan.` : `${cards.length} usaha di ponsel ini.`;
    part(root, "all").replaceChildren(...found.map(other));
  };
  box.addEventListener("input", show);
  show();
}

/** @param {Card} card */
const wordsOf = (card) => searchText(`${card.name} ${card.owner?.name ?? ""} ${card.hamlet ?? ""}`);

/** @param {Card} card */
function other(card) {
  const row = piece("lap-today-other");
  const link = part(row, "name");
  link.textContent = card.name;
  link.setAttribute("href", `#/usaha/${card.id}`);
  part(row, "class").append(classPiece(card));
  part(row, "place").textContent = [card.owner?.name, card.hamlet, shortPlace(card.village_label)].filter(Boolean).join(" · ");
  return row;
}

/** @type {Record<string, string>} */
const FORMS = { kunjungan: "Kunjungan", penilaian: "Penilaian", ubah: "Perubahan data", terapi: "Laporan terapi", kanal: "Catatan kanal", label: "Pemeriksaan label", izin: "Langkah izin", "usaha-baru": "Usaha baru" };

/** Forms that were left half filled in: "kunjungan:<id>". @param {HTMLElement} root @param {any} store @param {Card[]} cards */
async function drafts(root, store, cards) {
  const names = new Map(cards.map((card) => [card.id, card.name]));
  /** @type {{name: string, at: number}[]} */
  const kept = await store.rows.all("drafts");
  // Another screen was opened meanwhile.
  if (!root.querySelector("[data-drafts-part]")) return;
  const rows = kept.flatMap(({ name, at }) => {
    const [form, id, part_] = name.split(":");
    if (!FORMS[form] || (id && !names.has(id))) return [];
    const item = document.createElement("li");
    item.className = "lap-row";
    const link = text("a", [FORMS[form], names.get(id)].filter(Boolean).join(": "));
    link.className = "govuk-link lap-row__open";
    link.setAttribute("href", id ? `#/usaha/${id}/${form}${part_ ? `/${part_}` : ""}` : "#/usaha-baru");
    item.append(link, text("span", ` ${when(at, Date.now())}`));
    return [item];
  });
  part(root, "drafts-part").hidden = !rows.length;
  part(root, "drafts").replaceChildren(...rows);
}
