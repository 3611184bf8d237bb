// @ts-check
/**
 * Keeps the shell and its files, and nothing else: what is personal lies sealed in the database.
 * The server writes `self.PULIH` above: the version, the page, the files. A new version waits until
 * the person takes it.
 */
const worker = /** @type {any} */ (self);
/** @type {{version: string, shell: string, later: string, files: string[]}} */
const { version, shell, later, files } = worker.PULIH;
/** Made by the server and not named by their content: each says its version. */
const pages = [shell, later];
const NAME = `lapangan-${version}`;

/** Fetch one file; files are named by their content, the page isn't. Whatever doesn't come from us isn't kept. @param {string} path */
async function fresh(path) {
  const response = await fetch(path, { cache: pages.includes(path) ? "reload" : "default", redirect: "error", credentials: "omit" });
  const type = response.headers.get("Content-Type") ?? "";
  if (!response.ok || (!pages.includes(path) && type.startsWith("text/html"))) throw new Error(`bukan berkas kami: ${path}`);
  if (pages.includes(path) && !(await response.clone().text()).includes(`content="${version}"`)) throw new Error("versi lain");
  return response;
}

async function lay() {
  const responses = await Promise.all([...pages, ...files].map(async (path) => /** @type {const} */ ([path, await fresh(path)])));
  const cache = await caches.open(NAME);
  for (const [path, response] of responses) await cache.put(path, response);
}

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(lay()));

worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("lapangan-") && name !== NAME) await caches.delete(name);
  await worker.clients.claim();
})()));

worker.addEventListener("message", (/** @type {any} */ event) => {
  if (event.data === "ganti") worker.skipWaiting();
});

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  const isShell = request.mode === "navigate" && url.pathname === shell;
  if (!isShell && url.pathname !== later && !files.includes(url.pathname)) return;
  event.respondWith((async () => {
    const cache = await caches.open(NAME);
    const kept = await cache.match(isShell ? shell : url.pathname, { ignoreVary: true, ignoreSearch: true });
    return kept ?? fetch(request);
  })());
});
