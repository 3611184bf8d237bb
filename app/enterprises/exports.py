"""A list of enterprises as a workbook: the same filter as the page, row by row, flat in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import xlsxwriter
from sqlalchemy import Row

from app.accounts.queries import names, scope_of
from app.core import settings
from app.core.clock import utc_now
from app.core.day_words import moment
from app.core.permissions import Permission
from app.core.scope import Scope
from app.enterprises.models.exports import RegisterExport
from app.enterprises.queries.choices import area_label, mentor_name
from app.enterprises.queries.exports import export_rows, left_out_count
from app.enterprises.rules.export_columns import COLUMNS, Shown
from app.enterprises.rules.export_limits import KEPT_HOURS, safe_text
from app.enterprises.rules.list_filter import described, filter_from

Report = Callable[[int], None]
_REPORT_EVERY = 500
_SHEET, _ABOUT = "Usaha", "Keterangan"
_WIDE, _NARROW = 24, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came of writing: rows, and cells in which something was replaced or cut."""

    row_count: int
    replaced_count: int
    owner_ids: tuple[UUID, ...]


def make_file(asked: RegisterExport, scope: Scope, *, report: Report | None = None) -> Written:
    """Write the file of an export that was asked for; a half-written one is never seen."""
    wanted = filter_from(asked.filter)
    about = [
        ("Diunduh oleh", names([asked.account_id])[asked.account_id]),
        ("Waktu", moment(utc_now())),
        *described(
            wanted,
            area_label=area_label(wanted.area),
            mentor_name=mentor_name(scope, wanted.mentor),
        ),
        ("NIK", "lengkap" if asked.with_nik else "disamarkan"),
        *([("Alasan NIK lengkap", asked.reason)] if asked.reason else []),
        ("Tidak ikut karena pemilik menarik diri", str(left_out_count(scope, wanted))),
    ]
    shown = Shown(
        with_nik=asked.with_nik,
        with_phone=scope_of(asked.account_id, Permission.ENTERPRISE_READ_PHONE) == scope,
    )
    rows = export_rows(scope, wanted, sort=asked.sort)
    return write_file(asked.id, rows, about=about, shown=shown, report=report)


def write_file(
    export_id: UUID,
    rows: Iterator[Row[Any]],
    *,
    about: list[tuple[str, str]],
    shown: Shown,
    report: Report | None = None,
) -> Written:
    """Write the rows into the file of an export; a half-written one is never seen."""
    path = file_path(export_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    forget_old_files(path.parent)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        partial = Path(folder) / "daftar.xlsx"
        written = write_workbook(partial, rows, about=about, shown=shown, report=report)
        partial.replace(path)
    return written


def file_path(export_id: UUID) -> Path:
    """Where the file of an export lies."""
    return settings.current().folder / "exports" / f"{export_id}.xlsx"


def forget_old_files(folder: Path) -> None:
    """Delete files that were made more than a day ago: lists of people must not lie about."""
    before = (utc_now() - timedelta(hours=KEPT_HOURS)).timestamp()
    for old in folder.glob("*.xlsx"):
        if old.stat().st_mtime < before:
            old.unlink(missing_ok=True)


def write_workbook(
    path: Path,
    rows: Iterator[Row[Any]],
    *,
    about: list[tuple[str, str]],
    shown: Shown,
    report: Report | None = None,
) -> Written:
    """Write rows as text, numbers and days, never as formulas, and a sheet that says what it is."""
    # Texts are written as texts whatever they look like, so nothing of them is ever computed.
    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    workbook = xlsxwriter.Workbook(str(path), options)
    sheet = workbook.add_worksheet(_SHEET)
    bold = workbook.add_format({"bold": True})
    day = workbook.add_format({"num_format": "dd-mm-yyyy"})
    sheet.freeze_panes(1, 1)
    _mark(workbook, sheet, about)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, _WIDE if column.kind == "text" else _NARROW)
        sheet.write_string(0, place, column.heading, bold)
    written = _write_rows(sheet, rows, day, shown=shown, report=report)
    lines = [
        *about,
        ("Jumlah baris", str(written.row_count)),
        ("Sel yang diganti karena memuat huruf terlarang", str(written.replaced_count)),
    ]
    note = workbook.add_worksheet(_ABOUT)
    note.set_column(0, 1, 40)
    for place, (what, which) in enumerate(lines):
        note.write_string(place, 0, what, bold)
        note.write_string(place, 1, safe_text(which)[0])
    workbook.close()
    return written


def _mark(workbook: Any, sheet: Any, about: list[tuple[str, str]]) -> None:
    """Have printed pages and the file itself say who took them along, and when."""
    made = safe_text(", ".join(f"{what}: {which}" for what, which in about[:2]))[0]
    sheet.set_footer(f"&L{made.replace('&', '&&')[:200]}&R&P/&N")
    workbook.set_properties({"author": safe_text(about[0][1])[0], "comments": made})


def _write_rows(
    sheet: Any, rows: Iterator[Row[Any]], day: Any, *, shown: Shown, report: Report | None
) -> Written:
    count = replaced = 0
    owner_ids: list[UUID] = []
    layout: _Layout | None = None
    for count, row in enumerate(rows, start=1):
        layout = layout or _Layout(row, shown)
        owner_ids.append(row.owner_id)
        replaced += _write_texts(sheet, count, layout.texts(row))
        for place, number in layout.numbers(row):
            sheet.write_number(count, place, number)
        for place, on in layout.days(row):
            sheet.write_datetime(count, place, on, day)
        if report is not None and count % _REPORT_EVERY == 0:
            report(count)
    return Written(row_count=count, replaced_count=replaced, owner_ids=tuple(owner_ids))


class _Layout:
    """Which value of a row goes into which column, looked up once and not for a million cells."""

    def __init__(self, row: Row[Any], shown: Shown) -> None:
        position = {name: at for at, name in enumerate(row._fields)}
        placed = [
            (place, position[column.name], column)
            for place, column in enumerate(COLUMNS)
            if column.make is None
        ]
        self._shown = shown
        self._made = [
            (place, column.make) for place, column in enumerate(COLUMNS) if column.make is not None
        ]
        self._plain = [
            (place, at)
            for place, at, column in placed
            if column.kind == "text" and column.words is None
        ]
        self._worded = [(place, at, column.words) for place, at, column in placed if column.words]
        self._yes = [(place, at) for place, at, column in placed if column.kind == "yes"]
        self._numbers = [(place, at) for place, at, column in placed if column.kind == "number"]
        self._tenths = [(place, at) for place, at, column in placed if column.kind == "tenths"]
        self._days = [(place, at) for place, at, column in placed if column.kind == "day"]

    def texts(self, row: Row[Any]) -> list[tuple[int, str]]:
        """Column and text."""
        found = [(place, row[at]) for place, at in self._plain if row[at]]
        found += [(place, words[row[at]]) for place, at, words in self._worded if row[at]]
        found += [
            (place, "ya" if row[at] else "tidak") for place, at in self._yes if row[at] is not None
        ]
        made = [(place, make(row, self._shown)) for place, make in self._made]
        return found + [(place, text) for place, text in made if text]

    def numbers(self, row: Row[Any]) -> list[tuple[int, float]]:
        """Column and number; scores are kept in tenths."""
        found = [(place, row[at]) for place, at in self._numbers if row[at] is not None]
        found += [(place, row[at] / 10) for place, at in self._tenths if row[at] is not None]
        return found

    def days(self, row: Row[Any]) -> list[tuple[int, date]]:
        """Column and day."""
        return [(place, row[at]) for place, at in self._days if row[at] is not None]


def _write_texts(sheet: Any, line: int, texts: list[tuple[int, str]]) -> int:
    """Write the texts of one row; gives how many had to be changed."""
    replaced = 0
    # One look at all of them together: nearly no row has anything to replace.
    if safe_text("".join([text for _, text in texts]))[1]:
        checked = [(place, *safe_text(text)) for place, text in texts]
        replaced = sum(is_changed for _, _, is_changed in checked)
        texts = [(place, text) for place, text, _ in checked]
    for place, text in texts:
        sheet.write_string(line, place, text)
    return replaced
