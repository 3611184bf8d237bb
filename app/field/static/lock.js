// @ts-check
/** One sender at a time on this phone, however many tabs are open. */
const LEASE_MS = 60_000;
const ME = crypto.randomUUID();

/**
 * Do it if nobody else on this phone is at it.
 * @param {string} name
 * @param {import("./store.js").Store} store for browsers without locks: a row with a time
 * @param {() => Promise<void>} work
 * @returns {Promise<boolean>} whether it was done
 */
export async function alone(name, store, work) {
  if (navigator.locks) {
    return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock) await work();
      return Boolean(lock);
    });
  }
  if (!(await lease(store, Date.now()))) return false;
  const renewed = setInterval(() => lease(store, Date.now()), LEASE_MS / 3);
  try {
    await work();
  } finally {
    clearInterval(renewed);
    await release(store);
  }
  return true;
}

/** @param {import("./store.js").Store} store @param {number} now */
const lease = (store, now) => store.rows.write(["meta"], async (tx) => {
  const held = (await tx.objectStore("meta").get("lease"))?.value;
  if (held && held.by !== ME && held.until > now) return false;
  await tx.objectStore("meta").put({ key: "lease", value: { by: ME, until: now + LEASE_MS } });
  return true;
});

/** What another tab took meanwhile, because this one slept, stays that one's. @param {import("./store.js").Store} store */
const release = (store) => store.rows.write(["meta"], async (tx) => {
  const held = (await tx.objectStore("meta").get("lease"))?.value;
  if (held?.by === ME) await tx.objectStore("meta").put({ key: "lease", value: null });
});
