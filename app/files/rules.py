"""What may be stored as a photo, and where its file lies."""

from __future__ import annotations

from pathlib import PurePosixPath

from app.core.errors import InvalidInput

PHOTO = "photo"
KINDS = (PHOTO,)

MAX_UPLOAD_BYTES = 20_000_000
# A camera's JPEG is decoded at reduced size. All other images are decoded whole, WebP with
# several copies: each limit keeps the memory of one upload below 100 MB (measured).
MAX_JPEG_PIXELS = 40_000_000
MAX_PIXELS = {"JPEG": MAX_JPEG_PIXELS, "PNG": 16_000_000, "WEBP": 5_000_000}
MAX_PROGRESSIVE_PIXELS = 16_000_000
LONGEST_SIDE = 1600
THUMBNAIL_SIDE = 320
JPEG_QUALITY = 82

# What a phone of ours makes: such a file may stay as it came.
MAX_PLAIN_BYTES = 400 * 1024

_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")


def is_heic(head: bytes) -> bool:
    """Whether a file's first 12 bytes are those of a HEIC (or AVIF) photo, as iPhones make them."""
    return head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS


def photo_path(sha256: str, *, is_thumbnail: bool = False) -> PurePosixPath:
    """Where the file with this content lies, below the folder of files.

    >>> str(photo_path("ab" + "c" * 62, is_thumbnail=True))[:8]
    'ab/ccccc'
    """
    ending = f"-{THUMBNAIL_SIDE}.jpg" if is_thumbnail else ".jpg"
    return PurePosixPath(sha256[:2]) / (sha256[2:] + ending)


# Two pictures that differ in at most this many of 64 bits look the same.
SAME_PICTURE_BITS = 4
# A wall, the night, a thumb on the lens: nothing to recognise.
_PLAIN_BITS = 4


def looks_same(one: str | None, other: str | None) -> bool:
    """Whether two fingerprints are of the same picture; plain surfaces are never recognised.

    >>> looks_same("f0e1d2c3b4a59687", "f0e1d2c3b4a59685")
    True
    """
    if not one or not other:
        return False
    left, right = int(one, 16), int(other, 16)
    is_plain = any(not _PLAIN_BITS < bits.bit_count() < 64 - _PLAIN_BITS for bits in (left, right))
    return not is_plain and (left ^ right).bit_count() <= SAME_PICTURE_BITS


def check_pixels(width: int, height: int, kind: str, *, is_progressive: bool) -> None:
    """Refuse an image with too many pixels for its kind, before any of them is decoded."""
    most = MAX_PROGRESSIVE_PIXELS if is_progressive else MAX_PIXELS[kind]
    if width < 1 or height < 1 or width * height > most:
        raise too_large()


def too_large() -> InvalidInput:
    """The refusal of a photo beyond the limits."""
    return InvalidInput(
        "photo_too_large",
        field="photo",
        message="Foto terlalu besar. Pakai foto JPG dari kamera, paling besar 20 MB dan "
        "40 megapiksel.",
    )


def not_a_photo() -> InvalidInput:
    """The refusal of a file that is no photo, or a broken one."""
    return InvalidInput(
        "photo_unreadable",
        field="photo",
        message="Berkas ini tidak dapat dibaca sebagai foto. Pilih foto JPG, PNG, atau WebP.",
    )


def is_heic_refusal() -> InvalidInput:
    """The refusal of a HEIC photo, with what to do."""
    return InvalidInput(
        "photo_heic",
        field="photo",
        message=(
            "Foto ini berformat HEIC. Simpan dulu sebagai JPG: buka Pengaturan kamera, pilih "
            "format “Paling kompatibel”, lalu ambil foto lagi."
        ),
    )


# Markers of a JPEG (ITU-T T.81, table B.1) beside its pixels and their tables.
_START, _END, _SCAN, _JFIF = 0xD8, 0xD9, 0xDA, 0xE0
_TABLES = frozenset({0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD})
_JFIF_LENGTH = 16


def is_plain_jpeg(content: bytes) -> bool:
    """Whether a file is a JPEG of pixels and their tables alone: no EXIF, position, comment,
    profile, small picture, and nothing behind its end."""
    if content[:2] != bytes((0xFF, _START)):
        return False
    place, has_scan = 2, False
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        length = int.from_bytes(content[place + 2 : place + 4])
        if marker == _JFIF and length != _JFIF_LENGTH:
            return False
        if length < 2 or marker not in _TABLES | {_SCAN, _JFIF}:
            return False
        place += 2 + length
        if marker == _SCAN:
            has_scan = True
            place = _behind_pixels(content, place)
    return has_scan and content[place:] == bytes((0xFF, _END))


def _behind_pixels(content: bytes, place: int) -> int:
    """Where the compressed pixels end: at a marker that is neither stuffing nor a restart."""
    while 0 <= (place := content.find(b"\xff", place)) < len(content) - 1:
        following = content[place + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7:
            return place
        place += 2
    return len(content)
