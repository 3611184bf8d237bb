"""What is noted when somebody sees data of persons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

# A page of one person or enterprise, a list of several, a whole NIK, a search for a NIK, a file.
READ_KINDS: dict[str, str] = {
    "page": "Membuka halaman",
    "list": "Melihat daftar",
    "nik": "Membuka NIK lengkap",
    "search": "Mencari dengan NIK",
    "export": "Mengunduh daftar",
}
_ID_BYTES = 16
# How long it is kept: a misuse may have to be told to those who were seen.
READS_KEPT = timedelta(days=5 * 366)

# Village officials know everybody, and some may broker: many people opened in a short time are
# slowed down, and shown to those who answer for them.
MANY_WINDOW = timedelta(minutes=10)
MANY_PAGES = 60
# Stands for the page in the note of a refusal.
SLOWED = "slowed"


def pack(ids: Iterable[UUID]) -> bytes | None:
    """Ids as the table keeps them: 16 bytes each, in their order, without doubles."""
    return b"".join(one.bytes for one in dict.fromkeys(ids)) or None


def unpack(packed: bytes | None) -> tuple[UUID, ...]:
    """The ids that were packed.

    >>> unpack(pack([UUID(int=7)]))
    (UUID('00000000-0000-0000-0000-000000000007'),)
    """
    whole = packed or b""
    return tuple(
        UUID(bytes=whole[start : start + _ID_BYTES]) for start in range(0, len(whole), _ID_BYTES)
    )
