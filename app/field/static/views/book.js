// @ts-check
/** The cash book of one enterprise: what to write down, and what was written on this phone. */
import { COUNT, DIARY, ENTRY, TAKE_BACK, again, linesOf, repeatable, rupiah, yesterdays } from "../cash.js";
import { backTo, cardOrSay, day, dayHere, draw, part, piece, savedWords, say, sayDone } from "../shared.js";

/** @typedef {Record<string, any>} Card */
/** @typedef {import("../cash.js").Line} Line */
/** @typedef {import("../main.js").Context} Context */

const KINDS = new Set([ENTRY, TAKE_BACK, COUNT, DIARY]);
const SHOWN = 60;

/** What of the book was written on this phone. @param {Context} ctx @param {string} id */
export const itemsOf = ({ store }, id) => store.items((row) => row.enterprise_id === id && KINDS.has(row.type));

/** @param {string} category */
export const nameOf = (category) =>
  part(/** @type {HTMLTemplateElement} */ (document.getElementById("lap-book")).content, `key="${category}"`).textContent ?? "";

/** @param {Context} ctx */
export async function view(ctx) {
  const [id] = ctx.params;
  const card = await cardOrSay(ctx, id);
  if (!card) return undefined;
  draw(ctx.root, "lap-book");
  backTo(ctx.root, id);
  part(ctx.root, "name").textContent = card.name;
  for (const link of ctx.root.querySelectorAll("[data-key]")) {
    link.setAttribute("href", `#/usaha/${id}/buku/${link.getAttribute("data-key")}`);
  }
  part(ctx.root, "count").setAttribute("href", `#/usaha/${id}/kas`);
  part(ctx.root, "month").setAttribute("href", `#/usaha/${id}/bulan`);
  const refresh = async () => {
    const items = await itemsOf(ctx, id);
    if (ctx.root.querySelector("[data-lines]")) show(ctx, card, linesOf(items));
  };
  await refresh();
  sayDone(ctx.root);
  return ctx.store.on("change", refresh);
}

/** @param {Context} ctx @param {Card} card @param {Line[]} lines */
function show(ctx, card, lines) {
  const { root } = ctx;
  const before = yesterdays(lines, dayHere());
  const buttons = repeatable(lines).map((line) => repeat(ctx, card, `${nameOf(line.category)} ${rupiah(line.amount)}`, [line]));
  if (before.length > 1) {
    const sum = before.reduce((all, { amount }) => all + amount, 0);
    buttons.unshift(repeat(ctx, card, `Semua yang kemarin: ${before.length} catatan, ${rupiah(sum)}`, before));
  }
  part(root, "again").hidden = buttons.length === 0;
  part(root, "repeats").replaceChildren(...buttons);
  part(root, "none").hidden = lines.length > 0;
  /** @type {Node[]} */
  const rows = [];
  let shown = "";
  for (const line of lines.slice(0, SHOWN)) {
    if (line.happened_on !== shown) {
      shown = line.happened_on;
      const head = document.createElement("h3");
      head.className = "govuk-heading-s";
      head.textContent = shown === dayHere() ? "Hari ini" : day(shown);
      rows.push(head);
    }
    rows.push(row(card, line));
  }
  part(root, "lines").replaceChildren(...rows);
}

/** A button that writes lines once more, today. @param {Context} ctx @param {Card} card @param {string} words @param {Line[]} lines */
function repeat(ctx, card, words, lines) {
  const copy = piece("lap-book-again");
  const button = /** @type {HTMLButtonElement} */ (part(copy, "repeat"));
  button.textContent = words;
  button.addEventListener("click", async () => {
    if (button.disabled) return;
    button.disabled = true;
    try {
      let op;
      for (const line of lines) {
        op = await ctx.store.queue({ type: ENTRY, enterprise_id: card.id, record_id: crypto.randomUUID(), data: again(line, dayHere()) });
      }
      tell(ctx, op ? `${words}. ${savedWords(op)}` : "");
    } catch (error) {
      tell(ctx, error instanceof Error ? error.message : "Belum tersimpan. Coba lagi.");
    }
    button.disabled = false;
  });
  return copy;
}

/** @param {Context} ctx @param {string} words */
function tell({ root }, words) {
  const box = root.querySelector("[data-told]");
  if (box) say(/** @type {HTMLElement} */ (box), words);
}

/** @param {Card} card @param {Line} line */
function row(card, line) {
  const copy = piece("lap-book-line");
  const link = part(copy, "title");
  const channel = (card.channels ?? []).find((/** @type {Card} */ one) => one.id === line.channel_id)?.name;
  link.textContent = `${nameOf(line.category)} ${rupiah(line.amount)}`;
  if (line.gone) link.className = "lap-gone lap-row__open";
  else link.setAttribute("href", `#/usaha/${card.id}/buku/${line.category}/${line.id}`);
  part(copy, "state").textContent = [
    line.gone, line.is_owed ? "belum dibayar" : "", channel, line.note, line.photos ? "foto nota" : "", line.state,
  ].filter(Boolean).join(" · ");
  return copy;
}
