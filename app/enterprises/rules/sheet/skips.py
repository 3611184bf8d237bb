"""Rows that are no enterprise: blanks, titles, totals, numbering, repeated headers, signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.enterprises.rules.sheet.headers import Header, Merge

_TOTAL = re.compile(
    r"^(?:sub ?-?|grand ?)?(?:jumlah|total|jml|rekap(?:itulasi)?|rata-rata)\b", re.IGNORECASE
)
_TITLE = re.compile(
    r"^(?:data|daftar|rekap\w*|tabel|laporan|kecamatan|kec\.|desa|kelurahan|kabupaten|kab\.|"
    r"provinsi|dusun|tahun|bulan|keterangan|catatan|ket\b|nb\b|sumber|mengetahui|kepala|"
    r"dinas|pemerintah|periode|lanjutan|lampiran|[ivx]+\.|[a-f]\.)",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\b(?:mengetahui|menyetujui|nip\.?\s*[:.]?\s*\d|tanda tangan|ttd|kepala (?:dinas|desa|bidang)|"
    r"camat|lurah|petugas pendata|yang membuat)\b",
    re.IGNORECASE,
)

# A repeated header shows within its first cells.
_GLANCE = 3

MESSAGES = {
    "row_blank": "Baris kosong.",
    "row_title": "Baris judul, bukan usaha.",
    "row_total": "Baris jumlah, bukan usaha.",
    "row_numbering": "Baris nomor kolom, bukan usaha.",
    "row_header_repeated": "Judul kolom yang berulang, bukan usaha.",
    "row_not_enterprise": "Tidak ada nama usaha atau pemilik di baris ini, jadi bukan usaha.",
}


@dataclass(slots=True, kw_only=True)
class SkipRule:
    """Tells rows of one sheet that are no enterprise; columns count from 1, 0 is none."""

    header: Header
    merges: Sequence[Merge] = ()
    _name: int = 0
    _owner: int = 0
    _numbers: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Look up once where the telling columns stand."""
        places = {field: column.index for field, column in self.header.by_field.items()}
        self._name = places.get("name", 0)
        self._owner = places.get("owner_name", 0)
        self._numbers = tuple(places[field] for field in ("nik", "nib") if field in places)

    def reason(self, row: int, cells: Sequence[object]) -> str | None:
        """The code of why a row below the header is no enterprise, or None when it may be one."""
        if self._is_plainly_one(cells):
            return None
        filled = {index: cell for index, cell in enumerate(cells, start=1) if not _is_blank(cell)}
        if not filled:
            return "row_blank"
        if _repeats_header(filled, self.header):
            return "row_header_repeated"
        return self._reason_without_number(row, filled)

    def _is_plainly_one(self, cells: Sequence[object]) -> bool:
        """Whether a name and a NIK or NIB stand in the row: what nearly all rows of a list have."""
        width = len(cells)
        name = cells[self._name - 1] if 0 < self._name <= width else None
        if not isinstance(name, str) or not _has_letter(name):
            return False
        if name.strip().casefold() in self.header.texts:
            return False
        return any(index <= width and not _is_blank(cells[index - 1]) for index in self._numbers)

    def _reason_without_number(self, row: int, filled: dict[int, object]) -> str | None:
        has_number = any(index in filled for index in self._numbers)
        texts = [str(cell).strip() for cell in filled.values() if isinstance(cell, str)]
        if _is_numbering(filled):
            return "row_numbering"
        if not has_number and any(_TOTAL.match(text) for text in texts[:2]):
            return "row_total"
        if len(filled) == 1 and _SIGNED.search(texts[0] if texts else ""):
            return "row_not_enterprise"
        if self._is_title(row, filled):
            return "row_title"
        if not has_number and self._is_unnamed(filled, texts):
            return "row_not_enterprise"
        return None

    def _is_title(self, row: int, filled: dict[int, object]) -> bool:
        if len(filled) != 1:
            return False
        index, cell = next(iter(filled.items()))
        spreads = any(
            top <= row <= bottom and left <= index <= right and right > left
            for top, left, bottom, right in self.merges
        )
        if spreads or index != self._name:
            return True
        return bool(_TITLE.match(str(cell).strip()))

    def _is_unnamed(self, filled: dict[int, object], texts: Sequence[str]) -> bool:
        if self._name not in filled and self._owner not in filled:
            return True
        return len(filled) <= 3 and any(_SIGNED.search(text) for text in texts)


def _has_letter(text: str) -> bool:
    return text[:1].isalpha() or any(letter.isalpha() for letter in text)


def _is_blank(cell: object) -> bool:
    return cell is None or cell == "" or (isinstance(cell, str) and cell.isspace())


def _repeats_header(filled: dict[int, object], header: Header) -> bool:
    same = 0
    for seen, cell in enumerate(filled.values(), start=1):
        same += isinstance(cell, str) and " ".join(cell.split()).casefold() in header.texts
        if seen == _GLANCE and same == 0:
            return False
    return same >= 2 and same * 2 >= len(filled)


def _is_numbering(filled: dict[int, object]) -> bool:
    """Whether the cells number the columns: 1, 2, 3 … or (1), (2), (3) …"""
    numbers: list[int] = []
    for cell in filled.values():
        text = str(cell).strip().strip("()").removesuffix(".0")
        if not (text.isascii() and text.isdigit() and len(text) <= 2):
            return False
        numbers.append(int(text))
    return len(numbers) >= 3 and all(later == earlier + 1 for earlier, later in pairwise(numbers))
