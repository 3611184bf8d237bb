"""A first walk over the XML of a sheet: its true bounds, hidden rows, and cells to distrust.

calamine fills the whole rectangle between the first and the last cell, and gives error cells and
formulas that were never calculated as blanks. So both are looked for before it reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import iterparse

from app.core.errors import InvalidInput
from app.enterprises.rules.sheet.addresses import column_number
from app.enterprises.sheet_reader.csv_text import too_many_rows
from app.enterprises.sheet_reader.shapes import ROW_HEADROOM, Limits, Oddity

_CHUNK = 512 * 1024
_LONGEST_ROW = 8 * 1024 * 1024
_MOST_ODDITIES = 50_000
# Patterns begin with plain bytes: that makes them several times faster. A file that writes the
# same things in another way than spreadsheet programs do is still bound by the limits of the
# process that reads it.
_ROW = re.compile(rb"<row\b([^>]*)>")
_NUMBERED_ROW = re.compile(rb'<row r="(\d+)"')
_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_WIDE = re.compile(rb' r="([A-Z]{2,})\d')
_COLUMN = re.compile(rb"<col\b([^>]*)>")
_SPAN = re.compile(rb'\b(min|max)="(\d+)"')
_ERROR = re.compile(rb'<c\b([^>]*\bt="e"[^>]*)>')
_UNCALCULATED = re.compile(
    rb"<c\b([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_TEXT_RESULT = re.compile(rb'\bt="str"')
_PREFIX = re.compile(rb"<(/?)[A-Za-z]\w*:(?=[A-Za-z])")


@dataclass(slots=True, kw_only=True)
class SheetScan:
    """What the first walk found; `is_in_bounds` is False when the bounds need a closer look."""

    is_in_bounds: bool = True
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)


def scan_sheet(stream: IO[bytes], limits: Limits) -> SheetScan:
    """Walk the XML once, by patterns: fast, and enough for all but odd files."""
    scan = SheetScan()
    last_row = 0
    for part in _parts(stream, scan):
        last_row = _scan_rows(part, scan, last_row)
        if last_row > limits.max_rows + ROW_HEADROOM:
            scan.is_in_bounds = False
        if any(
            column_number(match.group(1).decode()) > limits.max_columns
            for match in _WIDE.finditer(part)
        ):
            scan.is_in_bounds = False
        if not scan.is_in_bounds:
            return scan
        _scan_oddities(part, scan)
    return scan


def check_bounds(stream: IO[bytes], limits: Limits) -> None:
    """Walk the XML cell by cell: blank cells and rows far away are fine, contents are not.

    Raises:
        InvalidInput: a value beyond the limits; it names the cell.
    """
    filled, row_number, row_has_value = 0, 0, False
    root: Any = None
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        name = element.tag.rpartition("}")[2]
        if event == "start":
            root = element if root is None else root
            row_number = _next_row(element, row_number) if name == "row" else row_number
            continue
        if name == "c":
            row_has_value = _has_value_in_bounds(element, row_number, limits) or row_has_value
            element.clear()
        elif name == "row":
            filled += row_has_value
            row_has_value = False
            if filled > limits.max_rows + ROW_HEADROOM:
                raise too_many_rows(limits)
            element.clear()
            _forget_rows(root)


def _forget_rows(root: Any) -> None:
    # A million empty row elements would otherwise stay in memory as children of the root.
    for child in root:
        if child.tag.endswith("sheetData"):
            child.clear()


def _next_row(element: Any, row_number: int) -> int:
    written = element.get("r", "")
    return int(written) if written.isdigit() else row_number + 1


def _has_value_in_bounds(element: Any, row_number: int, limits: Limits) -> bool:
    has_value = any(
        child.tag.rpartition("}")[2] in ("v", "is") and "".join(child.itertext())
        for child in element
    )
    if not has_value:
        return False
    place = element.get("r", "")
    letters = place.rstrip("0123456789")
    row = int(place[len(letters) :] or row_number)
    if letters and column_number(letters) > limits.max_columns:
        raise _out_of_bounds(place, f"lebih dari {limits.max_columns} kolom")
    if row > 2 * (limits.max_rows + ROW_HEADROOM):
        raise _out_of_bounds(place or str(row), f"jauh di bawah baris {limits.max_rows}")
    return True


def _out_of_bounds(place: str, reason: str) -> InvalidInput:
    code = "too_many_columns" if "kolom" in reason else "too_many_rows"
    return InvalidInput(
        code, message=f"Ada isi {reason} (sel {place}). Hapus isi sel itu, lalu unggah lagi."
    )


def _parts(stream: IO[bytes], scan: SheetScan) -> Iterator[bytes]:
    """Pieces of the XML that end between rows."""
    rest, is_prefixed = b"", None
    while chunk := stream.read(_CHUNK):
        rest += chunk
        if is_prefixed is None:
            is_prefixed = b":worksheet" in rest
        if is_prefixed:
            rest = _PREFIX.sub(rb"<\1", rest)
        cut = rest.rfind(b"</row>")
        if cut < 0:
            if len(rest) > _LONGEST_ROW:
                scan.is_in_bounds = False
                return
            continue
        yield rest[: cut + 6]
        rest = rest[cut + 6 :]
    yield rest


def _scan_rows(part: bytes, scan: SheetScan, last_row: int) -> int:
    if b"hidden" not in part:
        # As good as always: every row says its number, and there is nothing else to learn of it.
        numbers = _NUMBERED_ROW.findall(part)
        if numbers and len(numbers) == part.count(b"<row"):
            return max(map(int, numbers))
    for match in _ROW.finditer(part):
        number = _NUMBER.search(match.group(1))
        last_row = int(number.group(1)) if number else last_row + 1
        if b"hidden" in match.group(1) and _HIDDEN.search(match.group(1)):
            scan.hidden_rows.append(last_row)
    if b"<col" in part:
        for match in _COLUMN.finditer(part):
            if _HIDDEN.search(match.group(1)):
                span = {key: int(value) for key, value in _SPAN.findall(match.group(1))}
                first, last = span.get(b"min", 1), min(span.get(b"max", 1), 500)
                scan.hidden_columns.extend(range(first, last + 1))
    return last_row


def _scan_oddities(part: bytes, scan: SheetScan) -> None:
    if b't="e"' in part:
        for match in _ERROR.finditer(part):
            _note(scan, match.group(1), "error")
    if b"<f" in part:
        for match in _UNCALCULATED.finditer(part):
            if not _TEXT_RESULT.search(match.group(1)):
                _note(scan, match.group(1), "formula")
    if len(scan.oddities) > _MOST_ODDITIES:
        raise InvalidInput(
            "too_many_errors",
            message="Terlalu banyak rumus yang rusak di berkas ini. Salin isinya sebagai nilai "
            "saja (Tempel Nilai), lalu unggah lagi.",
        )


def _note(scan: SheetScan, attributes: bytes, kind: str) -> None:
    place = _PLACE.search(attributes)
    if place:
        scan.oddities.append(
            Oddity(row=int(place[2]), column=column_number(place[1].decode()), kind=kind)
        )


def check_prolog(stream: IO[bytes]) -> None:
    """Refuse a document type or entities, which may only stand before the first element.

    Raises:
        defusedxml.DefusedXmlException: there are some.
        xml.etree.ElementTree.ParseError: no XML at all.
    """
    for _ in iterparse(stream, events=("start",), forbid_dtd=True):
        return
    raise ParseError("no element")
