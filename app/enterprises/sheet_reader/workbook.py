"""XLSX by calamine, after its parts were looked over."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from posixpath import normpath
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from app.core.errors import InvalidInput
from app.enterprises.sheet_reader.csv_text import too_many_rows
from app.enterprises.sheet_reader.guards import NOT_XLSX
from app.enterprises.sheet_reader.scan import SheetScan, check_bounds, check_prolog, scan_sheet
from app.enterprises.sheet_reader.shapes import ROW_HEADROOM, Book, Limits, Sheet, SheetRow

# What reading a damaged zip, or the XML in it, may raise.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ParseError,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
)
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(slots=True)
class _RowBudget:
    """Rows left for all sheets of the file together."""

    left: int


def read_xlsx(content: bytes, limits: Limits, only: str | None = None) -> Book:
    """The visible sheets of a workbook, or the one called `only` even if it is hidden.

    Raises:
        InvalidInput: broken, hostile or over the limits.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        parts = _checked_parts(archive)
        book = CalamineWorkbook.from_filelike(BytesIO(content))
    except DefusedXmlException:
        raise _hostile() from None
    except (CalamineError, *_DAMAGED):
        raise _broken() from None
    found = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    hidden = [meta.name for meta in found if meta.visible != SheetVisibleEnum.Visible]
    names = [meta.name for meta in found]
    if only is not None and only not in names:
        raise InvalidInput("sheet_unknown", message=f"Tidak ada lembar bernama “{only}”.")
    wanted = [only] if only is not None else [name for name in names if name not in hidden]
    budget = _RowBudget(limits.max_rows + ROW_HEADROOM)
    return Book(
        kind="xlsx",
        sheet_names=names,
        hidden_sheets=hidden,
        counts_from_1904=parts.counts_from_1904,
        sheets=(
            _sheet(archive, book, name, parts.paths.get(name), name in hidden, limits, budget)
            for name in wanted
        ),
    )


@dataclass(slots=True)
class _Parts:
    paths: dict[str, str]
    counts_from_1904: bool


def _checked_parts(archive: zipfile.ZipFile) -> _Parts:
    """Where the sheets lie; every part was read to its end, so its declared size is true."""
    for entry in archive.infolist():
        if entry.filename.casefold().endswith((".xml", ".rels", ".vml")):
            with archive.open(entry) as stream:
                check_prolog(stream)
        if not entry.filename.startswith("xl/worksheets/"):
            with archive.open(entry) as stream:
                while stream.read(1 << 20):
                    pass
    workbook = fromstring(archive.read(_WORKBOOK), forbid_dtd=True)
    relations = (
        {
            relation.get("Id"): relation.get("Target", "")
            for relation in fromstring(archive.read(_RELATIONS), forbid_dtd=True)
        }
        if _RELATIONS in archive.namelist()
        else {}
    )
    paths: dict[str, str] = {}
    counts_from_1904 = False
    for element in workbook.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "sheet":
            target = relations.get(element.get(_OFFICE), "")
            path = target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
            paths[element.get("name", "")] = path
        elif tag == "workbookPr":
            counts_from_1904 = element.get("date1904") in ("1", "true")
    return _Parts(paths, counts_from_1904)


def _sheet(
    archive: zipfile.ZipFile,
    book: Any,
    name: str,
    path: str | None,
    is_hidden: bool,
    limits: Limits,
    budget: _RowBudget,
) -> Sheet:
    scan = _scanned(archive, path, limits)
    try:
        sheet = book.get_sheet_by_name(name)
        merges = [
            (first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1)
            for first, last in sheet.merged_cell_ranges or []
        ]
    except CalamineError:
        raise _broken() from None
    return Sheet(
        name=name,
        is_hidden=is_hidden,
        merges=merges,
        hidden_rows=scan.hidden_rows,
        hidden_columns=scan.hidden_columns,
        oddities=scan.oddities,
        rows=_rows(sheet, limits, budget),
    )


def _scanned(archive: zipfile.ZipFile, path: str | None, limits: Limits) -> SheetScan:
    if path is None or path not in archive.namelist():
        raise _broken()
    try:
        with archive.open(path) as stream:
            scan = scan_sheet(stream, limits)
        if not scan.is_in_bounds:
            with archive.open(path) as stream:
                check_bounds(stream, limits)
    except DefusedXmlException:
        raise _hostile() from None
    except _DAMAGED:
        raise _broken() from None
    return scan


def _rows(sheet: Any, limits: Limits, budget: _RowBudget) -> Iterator[SheetRow]:
    if sheet.start is None:
        return
    # The rows begin at row 1 whatever the first filled one is, the columns at the first filled.
    before = [""] * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if cells.count("") == len(cells):
            continue
        budget.left -= 1
        if budget.left < 0:
            raise too_many_rows(limits)
        yield number, before + cells if before else cells


def _broken() -> InvalidInput:
    return InvalidInput(
        "file_unreadable", message=f"{NOT_XLSX} Berkas rusak; simpan ulang dari aslinya."
    )


def _hostile() -> InvalidInput:
    return InvalidInput(
        "file_suspicious",
        message=f"{NOT_XLSX} Berkas ini berisi perintah XML yang tidak diizinkan. Salin tabelnya "
        "ke berkas baru, lalu unggah.",
    )
