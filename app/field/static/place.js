// @ts-check
/** Where the phone is; satellites need no signal. */
const PATIENCE_MS = 30_000;
const WORDS = /** @type {Record<number, string>} */ ({
  1: "Izin lokasi ditolak. Nyalakan izin lokasi untuk Pulih di pengaturan browser.",
  2: "Lokasi belum ditemukan. Coba di tempat terbuka.",
  3: "Lokasi belum ditemukan. Coba lagi di tempat terbuka.",
});

/**
 * The phone's point, to about a metre.
 * @returns {Promise<{lat: number, lng: number, accuracy: number}>}
 * @throws {Error} with words for the person
 */
export function fix() {
  return new Promise((done, fail) => {
    if (!navigator.geolocation) {
      fail(new Error("Ponsel ini tidak memberi tahu lokasi."));
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({ lat: rounded(coords.latitude), lng: rounded(coords.longitude), accuracy: Math.round(coords.accuracy) }),
      (error) => fail(new Error(WORDS[error.code] ?? WORDS[2])),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 60_000 },
    );
  });
}

/** @param {number} degrees */
export const rounded = (degrees) => Math.round(degrees * 1e6) / 1e6;
