// @ts-check
/**
 * Keys and sealing. The data key is random and made on the phone; it is wrapped twice: by the PIN
 * together with a key that can't leave this browser, and by the key that the server gives after
 * log-in. Everything personal is sealed by it (AES-256-GCM), bound to the place where it lies.
 */
const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** OWASP's figure for PBKDF2 with SHA-256. */
export const ITERATIONS = 600_000;
const IV_BYTES = 12;

/** @typedef {{iv: Uint8Array<ArrayBuffer>, ct: ArrayBuffer}} Sealed */
/** @typedef {Sealed & {salt: Uint8Array<ArrayBuffer>, iterations: number}} PinWrap */

/** The PIN opened nothing. */
export class WrongPin extends Error {}

/** @param {Uint8Array | ArrayBuffer} bytes */
export function toBase64(bytes) {
  const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  let text = "";
  for (let at = 0; at < view.length; at += 0x8000) text += String.fromCharCode(...view.subarray(at, at + 0x8000));
  return btoa(text);
}

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
export const fromBase64 = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

/** @param {BufferSource} bytes @returns {Promise<string>} */
export async function sha256Hex(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((one) => one.toString(16).padStart(2, "0")).join("");
}

/** @param {number} count */
export const randomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

/** A key of this browser that no script can read out. */
export const newDeviceKey = () => crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);

/** @param {BufferSource} raw */
export const aes = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

/**
 * Seal bytes, bound to a place.
 * @param {CryptoKey} key
 * @param {string} place
 * @param {BufferSource} bytes
 * @returns {Promise<Sealed>}
 */
export async function encrypt(key, place, bytes) {
  const iv = randomBytes(IV_BYTES);
  const ct = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: encoder.encode(place) }, key, bytes);
  return { iv, ct };
}

/** @param {CryptoKey} key @param {string} place @param {Sealed} sealed */
const decrypt = (key, place, sealed) => crypto.subtle.decrypt(
  { name: "AES-GCM", iv: sealed.iv, additionalData: encoder.encode(place) }, key, sealed.ct);

/** @param {string} pin @param {CryptoKey} deviceKey @param {Uint8Array<ArrayBuffer>} salt @param {number} iterations */
async function keyOfPin(pin, deviceKey, salt, iterations) {
  const typed = await crypto.subtle.importKey("raw", encoder.encode(pin), "PBKDF2", false, ["deriveBits"]);
  const slow = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, typed, 256);
  // A copy of the store without this browser's key can't be tried out elsewhere.
  return aes(await crypto.subtle.sign("HMAC", deviceKey, slow));
}

/**
 * @param {Uint8Array<ArrayBuffer>} raw
 * @param {string} pin
 * @param {CryptoKey} deviceKey
 * @returns {Promise<PinWrap>}
 */
export async function wrapByPin(raw, pin, deviceKey) {
  const salt = randomBytes(16);
  const key = await keyOfPin(pin, deviceKey, salt, ITERATIONS);
  return { salt, iterations: ITERATIONS, ...(await encrypt(key, "pin", raw)) };
}

/**
 * @param {PinWrap} wrap
 * @param {string} pin
 * @param {CryptoKey} deviceKey
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {WrongPin}
 */
export async function unwrapByPin(wrap, pin, deviceKey) {
  const key = await keyOfPin(pin, deviceKey, wrap.salt, wrap.iterations);
  try {
    return new Uint8Array(await decrypt(key, "pin", wrap));
  } catch {
    throw new WrongPin();
  }
}

/** @param {Uint8Array<ArrayBuffer>} raw @param {string} serverKey base64 of 32 bytes @returns {Promise<Sealed>} */
export const wrapByServer = async (raw, serverKey) => encrypt(await aes(fromBase64(serverKey)), "server", raw);

/** @param {Sealed} wrap @param {string} serverKey */
export const unwrapByServer = async (wrap, serverKey) =>
  new Uint8Array(await decrypt(await aes(fromBase64(serverKey)), "server", wrap));

/** The opened vault: seals and opens what lies at a place. */
export class Vault {
  /** @param {CryptoKey} key */
  constructor(key) {
    this.key = key;
  }

  /** @param {BufferSource} raw */
  static async of(raw) {
    return new Vault(await aes(raw));
  }

  /** @param {string} place @param {unknown} value @returns {Promise<Sealed>} */
  seal(place, value) {
    return encrypt(this.key, place, encoder.encode(JSON.stringify(value)));
  }

  /** @param {string} place @param {Sealed} sealed @returns {Promise<any>} */
  async open(place, sealed) {
    return JSON.parse(decoder.decode(await decrypt(this.key, place, sealed)));
  }

  /** @param {string} place @param {BufferSource} bytes */
  sealBytes(place, bytes) {
    return encrypt(this.key, place, bytes);
  }

  /** @param {string} place @param {Sealed} sealed */
  openBytes(place, sealed) {
    return decrypt(this.key, place, sealed);
  }
}

export const PIN_DIGITS = 6;
/** After so many wrong ones the PIN opens nothing any more, and log-in has to. */
export const PIN_TRIES = 10;
const FREE_TRIES = 5;

/** How long to wait before the next try, in milliseconds: from the sixth on, and growing. @param {number} failures */
export function pauseAfter(failures) {
  return failures < FREE_TRIES ? 0 : Math.min(30_000 * 2 ** (failures - FREE_TRIES), 600_000);
}

/** What is left of it, `since` the last try; a clock that was set back locks nobody out. @param {number} failures @param {number} since ms */
export function pauseLeft(failures, since) {
  const pause = pauseAfter(failures);
  return Math.min(pause, Math.max(0, pause - since));
}

/** Why a PIN isn't taken, in words; "" if it is. @param {string} pin */
export function weakness(pin) {
  if (!/^\d{6}$/.test(pin)) return "Isi PIN dengan 6 angka.";
  const steps = new Set([...pin].slice(1).map((one, at) => Number(one) - Number(pin[at])));
  const isPlain = steps.size === 1 && [0, 1, -1].includes([...steps][0]);
  return isPlain ? "PIN ini mudah ditebak. Pilih angka lain." : "";
}
