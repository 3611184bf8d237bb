// @ts-check
/** Before the work: log-in, PIN, another account on this phone. */
import * as device from "../device.js";
import { changeOwner, owners } from "../phone.js";
import { weakness } from "../vault.js";
import { draw, onClick, part, say } from "./pieces.js";

/** @typedef {import("../phone.js").Owner} Owner */
/** @typedef {{root: HTMLElement, version: string, opened: (owner: Owner, raw: Uint8Array<ArrayBuffer>, isFresh: boolean) => Promise<void>}} Gate */

/** Set while somebody goes to the log-in page for another PIN. */
const FORGOTTEN = "pulih-lupa-pin";
export const WORDS = {
  not_allowed: "Aplikasi ini untuk pendamping. Masuk dengan akun pendamping.",
  revoked: "Kantor mencabut izin ponsel ini. Masuk lagi dengan kata sandi; data Anda tetap tersegel di ponsel.",
  no_signal: "Belum ada sinyal. Masuk pertama kali memerlukan sinyal.",
  sealed: "Data di ponsel ini tidak dapat dibuka dengan akun Anda. Hubungi kantor; datanya tetap tersegel.",
};

/** @param {Gate} gate @param {{words?: string, notice?: string}} [said] */
export function login({ root }, { words = "", notice = "" } = {}) {
  draw(root, "lap-login");
  if (words) part(root, "words").textContent = words;
  say(part(root, "notice"), notice);
  part(root, "again").hidden = !words;
  onClick(root, "again", () => location.reload());
  // Somebody else may still be logged in to this browser: the password is asked for.
  onClick(root, "to-login", async () => {
    // Who left without signal has left now: else the next start would end the log-in that comes.
    await device.finishLeaving();
    await device.leaveBrowser();
    location.assign("/masuk?next=/lapangan");
  });
}

/**
 * Somebody is logged in: register the phone, get at the key, and open.
 * @param {Gate} gate
 * @param {{account: {id: string, name: string}, csrf: string}} found
 * @param {string} notice
 */
export async function afterLogin(gate, found, notice) {
  const sealed = await sealedOfOthers(found.account.id);
  if (sealed) await warned(gate, sealed);
  const entered = await device.enter(found.account, found.csrf, gate.version);
  if (entered.kind !== "open") {
    login(gate, { words: WORDS[entered.kind], notice });
  } else if (entered.owner.pin && !sessionStorage.getItem(FORGOTTEN)) {
    await gate.opened(entered.owner, entered.raw, true);
  } else {
    newPin(gate, entered.owner, entered.raw, found.account.name, notice);
  }
}

/** @param {string} accountId */
async function sealedOfOthers(accountId) {
  const others = (await owners()).filter((one) => one.account_id !== accountId);
  const counts = await Promise.all(others.map((one) => device.unsentOf(one.account_id)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** @param {Gate} gate @param {number} sealed @returns {Promise<void>} */
function warned({ root }, sealed) {
  return new Promise((goOn) => {
    draw(root, "lap-other");
    part(root, "notice").textContent = `Masih ada ${sealed} kiriman milik akun lain yang belum terkirim.`;
    onClick(root, "go-on", () => goOn());
  });
}

/** @param {Gate} gate @param {Owner} owner @param {Uint8Array<ArrayBuffer>} raw @param {string} name @param {string} notice */
function newPin(gate, owner, raw, name, notice) {
  const { root } = gate;
  draw(root, "lap-pin-new");
  part(root, "person").textContent = `Masuk sebagai ${name}.`;
  say(part(root, "notice"), notice);
  const form = /** @type {HTMLFormElement} */ (part(root, "form"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const typed = new FormData(form);
    const pin = String(typed.get("pin"));
    const wrong = weakness(pin) || (pin === typed.get("again") ? "" : "Kedua PIN tidak sama. Ulangi.");
    complain(root, wrong);
    if (wrong) return;
    await device.setPin(owner, raw, pin);
    sessionStorage.removeItem(FORGOTTEN);
    await gate.opened(owner, raw, true);
  });
}

/** @param {HTMLElement} root @param {string} words */
function complain(root, words) {
  say(part(root, "error"), words);
  part(root, "group").classList.toggle("govuk-form-group--error", Boolean(words));
  if (words) root.querySelector("input")?.focus();
}

/** @param {Gate} gate @param {Owner} owner @param {string} [notice] */
export function pin(gate, owner, notice = "") {
  const { root } = gate;
  draw(root, "lap-pin");
  say(part(root, "notice"), notice);
  const form = /** @type {HTMLFormElement} */ (part(root, "form"));
  const box = /** @type {HTMLInputElement} */ (root.querySelector("input"));
  const button = /** @type {HTMLButtonElement} */ (part(root, "open"));
  box.focus();
  const toLogin = async () => {
    if (!(await device.leaveBrowser())) return complain(root, "Masuk memerlukan sinyal. Coba lagi di tempat bersinyal.");
    await changeOwner(owner.account_id, { needs_login: true });
    location.assign("/masuk?next=/lapangan");
  };
  onClick(root, "forgotten", () => { sessionStorage.setItem(FORGOTTEN, "1"); toLogin(); });
  onClick(root, "another", () => { sessionStorage.removeItem(FORGOTTEN); toLogin(); });
  // Six digits are a whole PIN: no tap besides.
  box.addEventListener("input", () => { if (/^\d{6}$/.test(box.value)) form.requestSubmit(); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    if (!/^\d{6}$/.test(box.value)) return complain(root, "Isi PIN dengan 6 angka.");
    button.disabled = true;
    const tried = await device.tryPin(owner.account_id, box.value);
    button.disabled = false;
    box.value = "";
    if (tried.kind === "open") await gate.opened(owner, tried.raw, false);
    else if (tried.kind === "thrown_away") login(gate, { notice: "PIN salah 10 kali, jadi PIN ini tidak berlaku lagi. Masuk saat ada sinyal untuk membuat PIN baru; data Anda tetap aman." });
    else if (tried.kind === "wait") complain(root, `Terlalu banyak PIN salah. Tunggu ${Math.ceil(tried.ms / 1000)} detik, lalu coba lagi.`);
    else complain(root, `PIN salah. Masih ada ${tried.left} kesempatan.`);
  });
}
