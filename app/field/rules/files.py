"""Files in pieces: how long a piece may be, and how long an unfinished file is kept."""

from __future__ import annotations

from app.core.errors import Conflict, InvalidInput

PIECE_BYTES = 256 * 1024
KEPT_DAYS = 30
# Why a file was thrown away.
EXPIRED, BROKEN, NO_PHOTO = "kedaluwarsa", "isi_berbeda", "bukan_foto"
# Why it isn't wanted at all: what it belongs to keeps no pictures. The phone is told that it is
# all there, so that it lets it go; the answer to what announced it says so in words.
NOT_KEPT = "tidak_disimpan"


def offset_of(text: str | None) -> int:
    """The place at which a piece begins.

    Raises:
        InvalidInput: code "offset_tidak_dikenal".
    """
    if text is None or not (text.isascii() and text.isdigit() and len(text) < 12):
        raise InvalidInput("offset_tidak_dikenal", message="Bagian berkas ini tidak dikenal.")
    return int(text)


def check_piece(*, offset: int, length: int, received: int, size: int) -> None:
    """Refuse a piece that doesn't go on where the last one ended.

    Raises:
        Conflict: code "offset_berbeda": the phone asks where to go on.
        InvalidInput: code "potongan_salah": empty, or more than was announced.
    """
    if offset != received:
        raise Conflict("offset_berbeda", message="Pengiriman dilanjutkan dari bagian lain.")
    if length == 0 or offset + length > size:
        raise InvalidInput("potongan_salah", message="Ukuran foto tidak sama dengan yang disebut.")
