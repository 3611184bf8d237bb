// @ts-check
/** All conversations with the server. */

/**
 * @param {string} url
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>} the answer's JSON, or null when there is none (no signal, refused, not JSON)
 */
export async function getJson(url, signal) {
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" }, signal });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} url
 * @param {AbortSignal} [signal]
 * @returns {Promise<string | null>} a piece of a page, or null when there is none
 */
export async function getPiece(url, signal) {
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" }, signal });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} url
 * @param {Record<string, string>} values
 * @param {AbortSignal} [signal]
 * @returns {Promise<string | null>} a piece of a page, or null when there is none
 */
export async function postPiece(url, values, signal) {
  try {
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams(values), headers: { Accept: "text/html" }, signal });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}
