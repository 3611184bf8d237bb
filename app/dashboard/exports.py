"""The overview and the matrix as a workbook: the same objects that the pages show."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.accounts.queries import names
from app.core.clock import utc_now
from app.core.scope import Scope
from app.dashboard.queries import left_out_count, list_rows, reached_area
from app.dashboard.rules import (
    CLASSES,
    GONE,
    OVERDUE,
    TOTAL,
    VISIT_LABELS,
    AreaLine,
    Movement,
    Overview,
    Period,
    wanted_in,
)
from app.enterprises.exports import Report, Written, write_file
from app.enterprises.models.exports import RegisterExport
from app.enterprises.rules.export_columns import Shown
from app.web.filters import tanggal, waktu

_FIRST_ROW = 5
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(
    overview: Overview, movement: Movement, *, made_by: str, made_at: datetime | None = None
) -> BytesIO:
    """A workbook of two sheets; each says what it shows, for when, and who made it."""
    stream = BytesIO()
    # Names of areas and people are text, whatever sign they begin with.
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    made = f"Dibuat {waktu(made_at or utc_now())} oleh {made_by}"
    name = overview.whole.name
    _write_areas(_sheet(book, "Wilayah", name, overview.period, made, bold), overview, bold)
    _write_movement(_sheet(book, "Perpindahan", name, movement.period, made, bold), movement, bold)
    book.close()
    stream.seek(0)
    return stream


def make_list(asked: RegisterExport, scope: Scope, *, report: Report | None = None) -> Written:
    """Write the enterprises behind a number as the register's own lists are written, NIK masked."""
    wanted = wanted_in(asked.filter)
    about = [
        ("Diunduh oleh", names([asked.account_id])[asked.account_id]),
        ("Waktu", waktu(utc_now())),
        *wanted.described(reached_area(scope, wanted.area)),
        ("NIK", "disamarkan"),
        ("Tidak ikut karena pemilik menarik diri", str(left_out_count(scope, wanted))),
    ]
    return write_file(asked.id, list_rows(scope, wanted), about=about, shown=Shown(), report=report)


def _sheet(
    book: xlsxwriter.Workbook, title: str, name: str, period: Period, made: str, bold: Format
) -> Worksheet:
    sheet: Worksheet = book.add_worksheet(title)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 12, 14)
    sheet.write_string(0, 0, f"{title} usaha: {name}", bold)
    days = f"{tanggal(period.from_on)} sampai {tanggal(period.until_on)}"
    sheet.write_string(1, 0, f"Masa: {days}")
    sheet.write_string(2, 0, made)
    return sheet


def _write_areas(sheet: Worksheet, overview: Overview, bold: Format) -> None:
    counted = (TOTAL, *CLASSES, OVERDUE, GONE)
    headings = ["Kode", "Wilayah", *(one.label for one in counted), *VISIT_LABELS.values()]
    sheet.set_column(1, 1, 32)
    for column, heading in enumerate(headings):
        sheet.write_string(_FIRST_ROW - 1, column, heading, bold)
    for row, line in enumerate((*overview.lines, overview.whole), start=_FIRST_ROW):
        is_whole = line is overview.whole
        sheet.write_string(row, 0, line.code)
        sheet.write_string(row, 1, f"Jumlah {line.name}" if is_whole else line.name)
        for column, value in enumerate(_values(line), start=2):
            sheet.write_number(row, column, value)


def _values(line: AreaLine) -> list[int]:
    parts = [line.total, *line.classes, line.overdue, line.gone]
    return [*(part.value for part in parts), *(line.counts[key] for key in VISIT_LABELS)]


def _write_movement(sheet: Worksheet, movement: Movement, bold: Format) -> None:
    for column, heading in enumerate(("Dari \\ ke", *movement.headings, "Jumlah")):
        sheet.write_string(_FIRST_ROW - 1, column, heading, bold)
    for row, one in enumerate(movement.rows, start=_FIRST_ROW):
        sheet.write_string(row, 0, one.label)
        for column, cell in enumerate(one.cells, start=1):
            sheet.write_number(row, column, cell.value)
        sheet.write_number(row, len(one.cells) + 1, one.total)
    last = _FIRST_ROW + len(movement.rows)
    sheet.write_string(last, 0, "Jumlah", bold)
    for column, cell in enumerate(movement.ends, start=1):
        sheet.write_number(last, column, cell.value)
    sheet.write_number(last, len(movement.ends) + 1, movement.total)
