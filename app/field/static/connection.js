// @ts-check
/** Talking to the server: what an answer means (without browser), and the one place that asks. */

/**
 * @typedef {object} Answer
 * @property {number} status 0 when there was none
 * @property {any} body parsed JSON; null when it was none
 * @property {number | null} retryAfter seconds
 * @property {number | null} offset of a file
 */
/** @typedef {"results" | "one_by_one" | "login" | "csrf" | "epoch" | "halve" | "update" | "wait"} Meaning */

const LONGEST_MS = 15 * 60 * 1000;
const PATIENCE_MS = 45_000;

/**
 * What the answer to a push means.
 * @param {Answer} answer
 * @returns {Meaning}
 */
export function meaning({ status, body }) {
  // Whatever isn't our JSON didn't come from us: a portal of a café, a broken proxy.
  if (body === null || typeof body !== "object" || Array.isArray(body)) return status === 413 ? "halve" : status === 401 ? "login" : "wait";
  if (status === 200) return Array.isArray(body.results) && typeof body.epoch === "string" ? "results" : "wait";
  if (status === 400 || status === 415 || status === 422) return body.code === "csrf_expired" ? "csrf" : "one_by_one";
  if (status === 401) return "login";
  if (status === 403) return body.code === "csrf_expired" ? "csrf" : "login";
  if (status === 409) return body.code === "epoch_changed" ? "epoch" : "wait";
  if (status === 413) return "halve";
  if (status === 426) return "update";
  return "wait";
}

/**
 * How long to wait before another try: full jitter, so that phones don't all come back at once; the
 * server's own word is the least.
 * @param {number} tries failed ones so far, from 1
 * @param {number | null} [retryAfter] seconds
 * @param {() => number} [random]
 */
export function backoff(tries, retryAfter = null, random = Math.random) {
  const jittered = random() * Math.min(1000 * 2 ** Math.min(tries, 30), LONGEST_MS);
  return Math.min(Math.max(jittered, (retryAfter ?? 0) * 1000), Math.max(LONGEST_MS, (retryAfter ?? 0) * 1000));
}

/** Seconds in a Retry-After header, which may be a date. @param {string | null} header @param {number} now ms */
export function secondsOf(header, now) {
  if (!header) return null;
  if (/^\d{1,6}$/.test(header.trim())) return Number(header);
  const until = Date.parse(header);
  return Number.isNaN(until) ? null : Math.max(0, Math.ceil((until - now) / 1000));
}

/** @param {Response} response @returns {Promise<any>} */
async function jsonOf(response) {
  if (!(response.headers.get("Content-Type") ?? "").toLowerCase().startsWith("application/json")) return null;
  try {
    return await response.json();
  } catch {
    return null;
  }
}

/**
 * Ask the server.
 * @param {string} path
 * @param {{method?: string, body?: BodyInit, headers?: Record<string, string>, deviceId?: string}} [how]
 * @returns {Promise<Answer>}
 */
export async function ask(path, { method = "GET", body, headers = {}, deviceId } = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const response = await fetch(path, {
      method,
      body,
      headers: {
        Accept: "application/json",
        "X-Pulih-Lapangan": "1",
        ...(deviceId ? { "X-Pulih-Perangkat": deviceId } : {}),
        ...headers,
      },
      cache: "no-store",
      credentials: "same-origin",
      redirect: "manual",
      signal: stop.signal,
    });
    const offset = response.headers.get("Upload-Offset");
    return {
      status: response.status,
      body: method === "HEAD" || response.status === 204 ? null : await jsonOf(response),
      retryAfter: secondsOf(response.headers.get("Retry-After"), Date.now()),
      offset: offset !== null && /^\d+$/.test(offset) ? Number(offset) : null,
    };
  } catch {
    return { status: 0, body: null, retryAfter: null, offset: null };
  } finally {
    clearTimeout(timer);
  }
}

/** @param {string} path @param {unknown} value @param {{deviceId?: string, headers?: Record<string, string>}} [how] */
export const send = (path, value, { deviceId, headers = {} } = {}) =>
  ask(path, { method: "POST", body: JSON.stringify(value), headers: { "Content-Type": "application/json", ...headers }, deviceId });
