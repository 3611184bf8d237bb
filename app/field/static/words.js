// @ts-check
/** Sentences that the app puts together itself. */

const MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
const DAY_MS = 24 * 3600 * 1000;
const YELLOW_DAYS = 3;
const RED_DAYS = 5;

/** @param {string | null | undefined} iso a day @param {{short?: boolean}} [how] */
export function day(iso, { short = false } = {}) {
  const match = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso ?? "");
  if (!match) return "";
  const month = MONTHS[Number(match[2]) - 1];
  return `${Number(match[3])} ${short ? month.slice(0, 3) : month} ${match[1]}`;
}

/** @param {number} instant ms */
export function clock(instant) {
  const date = new Date(instant);
  return `${String(date.getHours()).padStart(2, "0")}.${String(date.getMinutes()).padStart(2, "0")}`;
}

/** "14.32" today, "kemarin 14.32", else with the day. @param {number} instant @param {number} now */
export function when(instant, now) {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  if (instant >= midnight) return clock(instant);
  if (instant >= midnight - DAY_MS) return `kemarin ${clock(instant)}`;
  const date = new Date(instant);
  return `${date.getDate()} ${MONTHS[date.getMonth()].slice(0, 3)} ${clock(instant)}`;
}

/** @param {number} count */
export function size(count) {
  const [value, unit] = count < 1_000_000 ? [count / 1000, "KB"] : [count / 1_000_000, "MB"];
  const digits = unit === "KB" ? Math.max(1, Math.round(value)).toString() : value.toFixed(1).replace(".", ",");
  return `${digits} ${unit}`;
}

/**
 * "Desa Cihonje — 38 usaha, 1,2 MB — siap pukul 14.32"
 * @param {{label: string, count: number, bytes: number, at: number}} prepared
 * @param {number} now
 */
export function preparedLine({ label, count, bytes, at }, now) {
  const time = when(at, now);
  return `${label} — ${count} usaha, ${size(bytes)} — siap ${/^\d/.test(time) && time.length === 5 ? "pukul " : ""}${time}`;
}

/**
 * "Desa Cihonje" for one village, "3 desa" for several.
 * @param {any[]} cards
 */
export function labelOf(cards) {
  const villages = new Set(cards.map((card) => card.village_code));
  const name = String(cards[0]?.village_label ?? "").split(",")[0];
  if (villages.size !== 1 || !name) return `${villages.size} desa`;
  return /^(desa|kelurahan)\s/i.test(name) ? name : `Desa ${name}`;
}

/** @param {number} ms */
function age(ms) {
  const days = Math.floor(ms / DAY_MS);
  if (days >= 1) return `${days} hari`;
  const hours = Math.floor(ms / 3_600_000);
  return hours >= 1 ? `${hours} jam` : `${Math.max(1, Math.floor(ms / 60_000))} menit`;
}

/**
 * What is where, in one line: "12 terkirim · 2 menunggu sinyal · 1 perlu dilihat: NIK sama dengan …".
 * @param {any} state of the store
 * @param {number} now
 * @returns {{line: string, tone: "" | "baik" | "awas" | "bahaya"}}
 */
export function statusLine(state, now) {
  const parts = [];
  if (state.sent) parts.push(`${state.sent} terkirim`);
  if (state.waiting) parts.push(`${state.waiting} menunggu ${needsLogin(state.trouble) ? "masuk" : "sinyal"}`);
  if (state.photos_waiting) parts.push(`${state.photos_waiting} foto belum terkirim`);
  const looked = state.quarantined.length;
  if (looked) parts.push(`${looked} perlu dilihat: ${state.quarantined[0].pesan}`);
  if (!state.waiting && !state.photos_waiting && !looked) parts.push(state.last_success_at ? "semua sudah terkirim" : "belum ada kiriman");
  const days = state.oldest_at === null ? 0 : (now - state.oldest_at) / DAY_MS;
  if (state.oldest_at !== null && now - state.oldest_at > 3_600_000) parts.push(`tertua ${age(now - state.oldest_at)}`);
  if (state.last_success_at) parts.push(`terakhir terhubung ${when(state.last_success_at, now)}`);
  const tone = days >= RED_DAYS ? "bahaya" : days >= YELLOW_DAYS || looked ? "awas" : "";
  const line = parts.join(" · ");
  return { line: line[0].toUpperCase() + line.slice(1), tone };
}

/** What other phones of the same person announced and never sent; "" if nothing. @param {any} state */
export const missingWords = ({ missing_elsewhere: count }) => (count
  ? `${count} kiriman dari ponsel lain Anda belum pernah sampai di kantor. Buka ponsel itu, atau muat cadangannya. Bila ponsel itu hilang atau datanya terhapus, minta kantor mencabutnya.`
  : "");

/** That the server was set back and what was sent goes there again; "" after a day. @param {any} state @param {number} now */
export const resentWords = ({ resent }, now) => (resent && resent.at > now - DAY_MS
  ? `Data kantor baru saja dipulihkan. Ponsel ini mengirim lagi ${resent.count} kiriman agar tidak ada yang hilang; tidak ada yang tercatat dua kali.`
  : "");

/** That enterprises went to somebody else; "" after a day. @param {any} state @param {number} now */
export const letGoWords = ({ let_go: gone }, now) => (gone && gone.at > now - DAY_MS
  ? `${gone.count} usaha bukan dampingan Anda lagi, jadi datanya dihapus dari ponsel ini.`
  : "");

/** How sending ended, in words. @param {any} state */
export function sentWords({ waiting, photos_waiting: photos, quarantined, trouble }) {
  if (waiting || photos) return troubleLine(trouble) || "Belum semua terkirim. Ponsel mencoba lagi sendiri.";
  return quarantined.length ? "Sudah dikirim. Yang perlu dilihat ada di bawah." : "Semua sudah sampai di kantor.";
}

/** Whether only a log-in lets the phone send again. @param {any} trouble */
export const needsLogin = (trouble) => trouble?.kind === "login" || trouble?.kind === "revoked";

/** What keeps the phone from sending, in words; "" if nothing does. @param {any} trouble */
export function troubleLine(trouble) {
  return {
    login: "Waktu masuk sudah habis. Data tetap aman di ponsel dan terkirim setelah Anda masuk.",
    revoked: "Kantor mencabut izin ponsel ini. Pekerjaan Anda tetap tersimpan di ponsel; masuk lagi dengan kata sandi untuk mengirimnya.",
    update: "Versi aplikasi ini sudah terlalu lama. Muat ulang untuk memperbarui; data tetap di ponsel.",
    incomplete: "Data usaha belum lengkap. Ponsel mencoba lagi saat ada sinyal.",
    busy: "Kantor sedang sibuk. Ponsel mencoba lagi sendiri.",
  }[/** @type {string} */ (trouble?.kind)] ?? "";
}

/** What is sent, in words. */
export const TYPES = /** @type {Record<string, string>} */ ({
  "visit.create": "Kunjungan",
  "assessment.create": "Penilaian kesehatan",
  "enterprise.register": "Usaha baru",
  "enterprise.edit": "Perubahan data usaha",
  "therapy.report": "Laporan terapi",
  "channel.delivery": "Barang dititipkan",
  "channel.count": "Barang terjual",
  "channel.payment": "Pembayaran kanal",
  "channel.return": "Barang kembali",
  "label.check": "Pemeriksaan label",
  "certificate.step": "Langkah izin",
  "visit.confirm": "PIN pemilik",
  "cash.entry": "Buku kas",
  "cash.take_back": "Pembatalan di buku kas",
  "cash.count": "Hitungan kas",
  "diary.month": "Catatan bulanan",
  "loan.repay": "Angsuran pinjaman",
  "saving.save": "Setoran simpanan",
  photo: "Foto",
});
