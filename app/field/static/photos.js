// @ts-check
/** Photos, made small on the phone. What a canvas writes carries no EXIF. */
export const LONGEST_SIDE = 1600;
export const MOST_BYTES = 400_000;
const MOST_PIXELS = 120_000_000;
const MOST_FILE_BYTES = 40_000_000;
const STEPS = [{ scale: 1, qualities: [0.82, 0.7, 0.55] }, { scale: 0.75, qualities: [0.7, 0.5] }, { scale: 0.5, qualities: [0.6, 0.4] }];

/** The photo can't be taken; `message` says why. */
export class Unfit extends Error {}

/** Sides within the limit, as whole pixels. @param {number} width @param {number} height @param {number} [longest] */
export function fitted(width, height, longest = LONGEST_SIDE) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Width and height that a JPEG or PNG says it has; null for others. @param {Uint8Array} bytes */
export function saidSize(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length > 24 && view.getUint32(0) === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) };
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 < bytes.length;) {
    if (view.getUint8(at) !== 0xff) return null;
    const kind = view.getUint8(at + 1);
    if (kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** Whether the file is of the kind that iPhones make and few browsers read. @param {Uint8Array} bytes */
export function isHeic(bytes) {
  return /^ftyp(heic|heix|hevc|hevx|heim|heis|mif1|msf1)/.test(String.fromCharCode(...bytes.subarray(4, 12)));
}

/** @param {File | Blob} file */
async function refuseUnfit(file) {
  if (file.size > MOST_FILE_BYTES) throw new Unfit("Berkas foto terlalu besar. Ambil foto lagi dengan kamera ponsel.");
  const head = new Uint8Array(await file.slice(0, 512 * 1024).arrayBuffer());
  if (isHeic(head)) throw new Unfit("Foto HEIC belum bisa dibaca. Atur kamera ke JPEG, lalu ambil lagi.");
  const said = saidSize(head);
  if (said && said.width * said.height > MOST_PIXELS) throw new Unfit("Ukuran foto terlalu besar. Ambil foto lagi dengan kamera ponsel.");
}

/** @param {HTMLCanvasElement} canvas @param {number} quality @returns {Promise<Blob | null>} */
const encoded = (canvas, quality) => new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));

/** @param {ImageBitmap} picture @param {{width: number, height: number}} sides */
function drawn(picture, { width, height }) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext("2d");
  if (!pen) throw new Unfit("Foto tidak dapat diolah di ponsel ini.");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.drawImage(picture, 0, 0, width, height);
  return canvas;
}

/**
 * A JPEG of at most 1,600 pixels and 400 KB.
 * @param {File | Blob} file
 * @returns {Promise<Blob>}
 * @throws {Unfit}
 */
export async function shrink(file) {
  await refuseUnfit(file);
  /** @type {ImageBitmap} */
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new Unfit("Berkas ini bukan foto yang dapat dibaca. Pilih foto JPEG atau PNG.");
  }
  try {
    for (const { scale, qualities } of STEPS) {
      const canvas = drawn(picture, fitted(picture.width, picture.height, LONGEST_SIDE * scale));
      for (const quality of qualities) {
        const blob = await encoded(canvas, quality);
        if (blob && blob.size <= MOST_BYTES) return blob;
      }
    }
  } finally {
    picture.close();
  }
  throw new Unfit("Foto tidak dapat dikecilkan. Ambil foto lagi dari jarak lain.");
}

/** A small picture for the page. @param {Blob} photo @param {number} [side] @returns {Promise<HTMLCanvasElement>} */
export async function thumbnail(photo, side = 160) {
  const picture = await createImageBitmap(photo);
  const canvas = drawn(picture, fitted(picture.width, picture.height, side));
  picture.close();
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "Foto");
  return canvas;
}
