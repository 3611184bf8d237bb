// @ts-check
/** Fetching the day's data before the signal goes. */
import { keepForGood } from "../device.js";
import { opensOffline } from "../update.js";
import { labelOf, needsLogin, preparedLine, troubleLine } from "../words.js";
import { draw, onClick, part, say } from "./pieces.js";

/** @param {import("../store.js").Store} store */
async function bytesOf(store) {
  const rows = await store.rows.all("cards");
  const reference = await store.rows.get("meta", "reference");
  return [...rows, reference].reduce((sum, row) => sum + (row?.ct?.byteLength ?? 0), 0);
}

/** @param {import("../main.js").Context} ctx */
export async function view({ root, store, app }) {
  draw(root, "lap-prepare");
  const button = /** @type {HTMLButtonElement} */ (part(root, "prepare"));
  onClick(root, "prepare", async () => {
    button.disabled = true;
    say(part(root, "progress"), "Sedang mengambil data …");
    await keepForGood(store);
    await app.sync.running;
    const before = await store.plain("pulled_at");
    await app.sync.now();
    await store.keepPlain({ persisted: (await navigator.storage?.persisted?.()) ?? false });
    const { is_complete: isComplete, trouble, last_success_at: at } = await store.state();
    // What was fetched some other day isn't prepared today.
    const isFetched = (await store.plain("pulled_at")) !== before;
    const isReady = isFetched && isComplete && !trouble && (await opensOffline(15_000));
    if (isReady) {
      const cards = await store.cards();
      await store.keepSealed("prepared", { label: labelOf(cards), count: cards.length, bytes: await bytesOf(store), at: Date.now() });
      store.tell();
    }
    const words = needsLogin(trouble) ? "Masuk dulu, lalu siapkan lagi." : trouble?.kind === "busy" ? troubleLine(trouble) : at ? "Data belum lengkap: sinyal terputus. Coba lagi." : "Belum ada sinyal. Coba lagi di tempat bersinyal.";
    say(part(root, "progress"), isReady ? "" : words);
    button.disabled = false;
    await tell(root, store);
  });
  // After the button listens: a tap in the first moment counts too.
  await tell(root, store);
}

/** @param {HTMLElement} root @param {import("../store.js").Store} store */
async function tell(root, store) {
  const state = await store.state();
  const box = part(root, "prepared");
  say(box, state.prepared ? preparedLine(state.prepared, Date.now()) : "");
  box.classList.toggle("lap-note--baik", Boolean(state.prepared));
  const facts = [
    (await opensOffline()) ? "Aplikasi dapat dibuka tanpa sinyal." : "Aplikasi belum dapat dibuka tanpa sinyal; siapkan sekali lagi.",
    state.persisted ? "Penyimpanan di ponsel ini dijaga oleh browser." : "Browser belum menjamin penyimpanan. Pasang aplikasi ini ke layar utama agar data tidak terhapus.",
  ];
  part(root, "facts").replaceChildren(...facts.map((words) => {
    const line = document.createElement("li");
    line.textContent = words;
    return line;
  }));
}
