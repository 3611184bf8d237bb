"""CSV as it comes from many programs: its encoding and its separator are found or refused."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from app.core.errors import InvalidInput
from app.enterprises.sheet_reader.shapes import ROW_HEADROOM, Book, Limits, Sheet, SheetRow

_SEPARATORS = (";", ",", "\t", "|")
_SAMPLE_ROWS = 200
_LONGEST_CELL = 100_000
_SAVE_AS_UTF8 = "Simpan ulang sebagai “CSV UTF-8” atau Excel (.xlsx)."
# Letters with accents and typographic marks of Western languages; anything else in a file of
# Windows-1252 means that it is really something else.
_LIKELY_IN_1252 = re.compile(r"[À-ÖØ-öø-ÿŠšŽžŒœŸ‘’“”–—…•€£©®°±²³½¼¾·×´«»\u00a0]")


def read_csv(content: bytes, limits: Limits) -> Book:
    """The one sheet of a CSV file, all cells text.

    Raises:
        InvalidInput: encoding or separator can't be told, or limits are passed.
    """
    text = decoded(content)
    separator, text = _separator(text)
    sheet = Sheet(name="CSV", rows=_rows(text, separator, limits))
    return Book(kind="csv", sheet_names=["CSV"], hidden_sheets=[], sheets=[sheet])


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252.

    Raises:
        InvalidInput: none of them fits without doubt.
    """
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise _unclear() from None
    if "\0" in text:
        raise _unclear()
    if encoding == "cp1252":
        odd = [mark for mark in text if ord(mark) > 127 and not _LIKELY_IN_1252.match(mark)]
        if odd:
            raise _unclear()
    return text


def _encoding(content: bytes) -> str:
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = content[:4000]
    if b"\0" in sample:
        # Plain letters in UTF-16 have a zero in every second byte.
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _separator(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    declared = re.fullmatch(r"\s*\"?sep=(.)\"?\s*", first, re.IGNORECASE)
    if declared:
        return declared.group(1), rest
    scores = {separator: _fit(text, separator) for separator in _SEPARATORS}
    best = max(scores, key=lambda separator: scores[separator])
    ties = [separator for separator in _SEPARATORS if scores[separator] == scores[best]]
    if scores[best][0] == 0 or len(ties) > 1:
        raise InvalidInput(
            "separator_unclear",
            message="Pemisah kolom tidak jelas. Pisahkan kolom dengan titik koma (;), atau "
            "simpan sebagai Excel (.xlsx).",
        )
    return best, text


def _fit(text: str, separator: str) -> tuple[float, int]:
    """How well a separator cuts the first rows: the share of rows of one width, and that width."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        rows = [row for row in islice(reader, _SAMPLE_ROWS) if any(cell.strip() for cell in row)]
    except csv.Error:
        return 0, 0
    widths = Counter(len(row) for row in rows)
    if not widths:
        return 0, 0
    width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]))
    return (round(count / len(rows), 1), width) if width > 1 else (0, 0)


def _rows(text: str, separator: str, limits: Limits) -> Iterator[SheetRow]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    filled = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if not any(cell and not cell.isspace() for cell in cells):
                continue
            filled += 1
            _check_size(filled, cells, limits)
            yield number, list(cells)
    except csv.Error:
        raise InvalidInput(
            "file_unreadable",
            message=f"Baris {reader.line_num} tidak terbaca; mungkin ada tanda kutip yang tidak "
            "ditutup.",
        ) from None


def _check_size(filled: int, cells: list[str], limits: Limits) -> None:
    if filled > limits.max_rows + ROW_HEADROOM:
        raise too_many_rows(limits)
    if len(cells) > limits.max_columns and any(cells[limits.max_columns :]):
        raise InvalidInput(
            "too_many_columns",
            message=f"Berkas ini lebih dari {limits.max_columns} kolom. Hapus kolom yang tidak "
            "perlu.",
        )


def too_many_rows(limits: Limits) -> InvalidInput:
    """The refusal of a file with more rows than the published limit."""
    limit = f"{limits.max_rows:,}".replace(",", ".")
    return InvalidInput(
        "too_many_rows",
        message=f"Berkas ini lebih dari {limit} baris. Bagi menjadi beberapa berkas.",
    )


def _unclear() -> InvalidInput:
    return InvalidInput(
        "encoding_unclear",
        message=f"Huruf di berkas ini tidak terbaca dengan pasti. {_SAVE_AS_UTF8}",
    )
