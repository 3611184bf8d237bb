// @ts-check
/** The plain list of cards. */
import { draw, part, piece } from "./pieces.js";

/** @param {import("../main.js").Context} ctx */
export async function view({ root, store }) {
  const cards = await store.cards();
  draw(root, "lap-list");
  part(root, "empty").hidden = cards.length > 0;
  for (const card of cards) {
    const row = piece("lap-list-card");
    const link = /** @type {HTMLAnchorElement} */ (part(row, "name"));
    link.textContent = card.name;
    link.href = `#/usaha/${card.id}`;
    part(row, "place").textContent = [card.hamlet, card.village_label].filter(Boolean).join(", ");
    part(root, "cards").append(row);
  }
}
