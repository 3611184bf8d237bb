// @ts-check
/** Photos follow their text, in pieces; each goes on where it stopped. */
import { ask } from "./connection.js";
import * as outbox from "./outbox.js";

const PIECE = 256 * 1024;
/** So often may the server say that it has another length, before the photo waits for the next time. */
const CORRECTIONS = 4;

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./push.js").Ended} Ended */

/**
 * Send the photos whose text is stored.
 * @param {Store} store
 * @returns {Promise<Ended>}
 */
export async function sendPhotos(store) {
  const states = new Map((await store.rows.all("outbox")).map((row) => [row.op_id, row.state]));
  const rows = (await store.rows.all("photos"))
    .filter((row) => row.state === outbox.QUEUED && (states.get(row.op_id) ?? outbox.ACKNOWLEDGED) === outbox.ACKNOWLEDGED)
    .sort((a, b) => a.at - b.at);
  for (const row of rows) {
    const ended = await sendPhoto(store, row);
    if (ended.end !== "done") return ended;
  }
  return { end: "done" };
}

/** @param {Store} store @param {any} row @returns {Promise<Ended>} */
async function sendPhoto(store, row) {
  const path = `/api/v1/files/${row.id}`;
  const deviceId = store.owner.device_id;
  let answer = await ask(path, { method: "HEAD", deviceId });
  // Its text was stored, but isn't applied yet (it waits for another): later.
  if (answer.status === 404) return { end: "done" };
  if (answer.status === 410) return refuse(store, row, "Foto ini terlalu lama belum selesai dikirim.");
  if (answer.offset === null) return endOf(answer);
  const bytes = await store.photo(row.id);
  for (let corrections = 0; answer.offset !== null && answer.offset < bytes.byteLength;) {
    const from = answer.offset;
    answer = await ask(path, {
      method: "PATCH",
      body: bytes.slice(from, from + PIECE),
      headers: { "Content-Type": "application/octet-stream", "Upload-Offset": String(from) },
      deviceId,
    });
    if (answer.status === 409) {
      corrections += 1;
      if (corrections > CORRECTIONS) return { end: "wait" };
      answer = await ask(path, { method: "HEAD", deviceId });
    } else if (answer.status >= 200 && answer.status < 300 && answer.offset !== null) {
      if (answer.offset <= from) return { end: "wait" };
    } else if ([400, 410, 413, 415, 422].includes(answer.status) && answer.body) {
      return refuse(store, row, answer.body.pesan);
    }
    if (answer.offset === null) return endOf(answer);
  }
  await store.rows.write(["photos", "blobs"], async (tx) => {
    await tx.objectStore("photos").delete(row.id);
    await tx.objectStore("blobs").delete(row.id);
  });
  store.tell();
  return { end: "done" };
}

/** @param {import("./connection.js").Answer} answer @returns {Ended} */
const endOf = ({ status, retryAfter }) => ({ end: status === 401 || status === 403 ? "login" : "wait", retryAfter });

/** @param {Store} store @param {any} row @param {string | undefined} pesan @returns {Promise<Ended>} */
async function refuse(store, row, pesan) {
  await store.rows.write(["photos"], (tx) =>
    tx.objectStore("photos").put({ ...row, state: outbox.QUARANTINE, pesan: pesan || "Foto tidak diterima." }));
  store.tell();
  return { end: "done" };
}
