// @ts-check
/** Logging out of this phone: what isn't sent is sent, saved, or stays sealed. */
import { saveBackup } from "../backup.js";
import { leave } from "../device.js";
import { draw, onClick, part } from "./pieces.js";

/** @param {import("../main.js").Context} ctx */
export async function view({ root, store, app }) {
  draw(root, "lap-leave");
  const tell = async () => {
    const state = await store.state();
    const drafts = (await store.rows.all("drafts")).length;
    const unsent = state.waiting + state.quarantined.length + state.photos_waiting;
    const parts = [unsent ? `${unsent} kiriman belum sampai di kantor` : "", drafts ? `${drafts} isian belum selesai` : ""].filter(Boolean);
    part(root, "unsent").hidden = unsent === 0;
    part(root, "notice").textContent = parts.length
      ? `Masih ada ${parts.join(" dan ")}. Bila Anda keluar sekarang, semuanya tetap tersegel di ponsel ini sampai Anda masuk lagi.`
      : "Semua sudah sampai di kantor. Bila Anda keluar, data usaha dihapus dari ponsel ini.";
    part(root, "leave").textContent = parts.length ? "Tetap keluar, data tersegel" : "Keluar";
  };
  onClick(root, "send", async () => { await app.sync.now(); await tell(); });
  onClick(root, "backup", async () => {
    await saveBackup(store, app.version);
  });
  onClick(root, "leave", async () => {
    app.sync.stop();
    await app.sync.running;
    await leave(store);
    location.replace("/lapangan");
  });
  await tell();
}
