// @ts-check
/** The service worker: laid at the first visit; a newer one is offered, never taken by itself. */
const WORKER = "/lapangan/sw.js";
const SCOPE = "/lapangan";

/**
 * @param {(take: () => void) => void} offer called when a newer version waits; `take` brings it in
 * @returns {Promise<ServiceWorkerRegistration | null>}
 */
export async function watchVersions(offer) {
  if (!("serviceWorker" in navigator)) return null;
  let wasAsked = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => { if (wasAsked) location.reload(); });
  try {
    const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
    const tell = () => {
      const { waiting } = registration;
      if (waiting && registration.active) offer(() => { wasAsked = true; waiting.postMessage("ganti"); });
    };
    registration.addEventListener("updatefound", () => {
      const { installing } = registration;
      installing?.addEventListener("statechange", () => { if (installing.state === "installed") tell(); });
    });
    tell();
    document.addEventListener("visibilitychange", () => { if (!document.hidden) seekVersion(); });
    return registration;
  } catch {
    // No signal at the very first visit: the next one tries again.
    return null;
  }
}

/** Look for a newer version now. */
export async function seekVersion() {
  try {
    await (await navigator.serviceWorker?.getRegistration(SCOPE))?.update();
  } catch {
    // No signal.
  }
}

/** Whether the app opens without signal. @param {number} [patience] ms in which it may still get ready */
export async function opensOffline(patience = 0) {
  if (!("serviceWorker" in navigator)) return false;
  const late = new Promise((done) => setTimeout(done, patience, null));
  const isReady = async () => Boolean((await navigator.serviceWorker.getRegistration(SCOPE))?.active);
  if (!(await isReady()) && patience) await Promise.race([navigator.serviceWorker.ready, late]);
  return isReady();
}
