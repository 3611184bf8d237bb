// @ts-check
/** What the office refused and still lies on the phone: nothing was done for it yet. */

/** @typedef {import("../store.js").Store} Store */
/** @typedef {import("../outbox.js").Item} Item */

/** It goes again, with what it says now. @param {Store} store @param {Item} item @param {Record<string, any>} data */
export async function sendAgain(store, item, data) {
  await store.putItems([{ ...item, op: { ...item.op, data } }]);
  await store.retry(item.op.op_id);
}

/** It is dropped with its photos. @param {Store} store @param {Item} item */
export async function letGo(store, { op, seq }) {
  await store.rows.write(["outbox", "photos", "blobs"], async (tx) => {
    await tx.objectStore("outbox").delete(seq);
    for (const row of await tx.objectStore("photos").index("op_id").getAll(op.op_id)) {
      await tx.objectStore("photos").delete(row.id);
      await tx.objectStore("blobs").delete(row.id);
    }
  });
  store.tell();
}
