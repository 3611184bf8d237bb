// @ts-check
/** What is where: waiting, to be looked at, arrived. */
import { handIn, saveBackup } from "../backup.js";
import { isCollected } from "../collecting.js";
import { ACKNOWLEDGED, isRemarkable, isWaiting } from "../outbox.js";
import { TYPES, missingWords, resentWords, sentWords, statusLine, when } from "../words.js";
import { draw, onClick, part, piece, say } from "./pieces.js";

const SHOWN = 30;

/** @param {import("../main.js").Context} ctx */
export async function view(ctx) {
  const { root, store, app } = ctx;
  draw(root, "lap-outbox");
  onClick(root, "send", async () => {
    say(part(root, "answer"), "Sedang mengirim …");
    await app.sync.now();
    say(part(root, "answer"), sentWords(await store.state()));
  });
  onClick(root, "backup", async () => {
    say(part(root, "answer"), await saveBackup(store, app.version));
  });
  const file = /** @type {HTMLInputElement} */ (part(root, "file"));
  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    const told = await handIn(chosen, store.owner.device_id);
    file.value = "";
    say(part(root, "answer"), {
      taken: `Cadangan sudah diterima kantor: ${told.kind === "taken" ? told.count : 0} kiriman.`,
      refused: told.kind === "refused" ? told.pesan : "",
      login: "Masuk dulu, lalu muat cadangan lagi.",
      no_signal: "Belum ada sinyal. Simpan berkas itu dan muat lagi nanti.",
    }[told.kind]);
    await app.sync.now();
  });
  await lists(ctx);
  return store.on("change", () => lists(ctx));
}

/** @param {import("../main.js").Context} ctx */
async function lists({ root, store }) {
  const now = Date.now();
  const [state, items, cards] = await Promise.all([store.state(), store.items(), store.cards()]);
  const names = new Map(cards.map((card) => [card.id, card.name]));
  if (!root.querySelector("[data-line]")) return;
  part(root, "line").textContent = statusLine(state, now).line;
  say(part(root, "gap"), missingWords(state));
  say(part(root, "resent"), resentWords(state, now));
  const row = (/** @type {any} */ { type, enterprise, at, words, retry }) => {
    const line = piece("lap-outbox-row");
    part(line, "what").textContent = TYPES[type] ?? "Kiriman";
    part(line, "where").textContent = names.get(enterprise) ?? "";
    part(line, "when").textContent = when(at, now);
    part(line, "words").textContent = words ?? "";
    const button = part(line, "retry");
    button.hidden = !retry;
    button.addEventListener("click", () => store.retry(retry));
    return line;
  };
  const told = (/** @type {import("../outbox.js").Item} */ item) => ({ type: item.op.type, enterprise: item.op.enterprise_id, at: item.at });
  const sent = items.filter((item) => item.state === ACKNOWLEDGED).sort((a, b) => b.seq - a.seq).slice(0, SHOWN);
  fill(root, "looked", "quarantined", state.quarantined.map((one) => row({ ...one, words: one.pesan, retry: one.op_id })));
  fill(root, "waiting-part", "waiting", items.filter(isWaiting).map((item) => row(told(item))));
  fill(root, "sent-part", "sent", sent.map((item) => row({
    ...told(item), words: isRemarkable(item) || isCollected(item.op) ? item.pesan || "Menunggu diperiksa kantor." : "",
  })));
}

/** @param {HTMLElement} root @param {string} section @param {string} list @param {DocumentFragment[]} rows */
function fill(root, section, list, rows) {
  part(root, section).hidden = rows.length === 0;
  part(root, list).replaceChildren(...rows);
}
