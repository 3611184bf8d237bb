"""The sheet of a month as a workbook: its tables, and the lines they are made of."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from app.cashbook.queries.months import MonthSheet
from app.cashbook.rules.entries import CATEGORIES, DIRECTIONS
from app.cashbook.rules.statement import PART
from app.enterprises.rules.export_limits import AT_ONCE, check_size, safe_text
from app.web.filters import waktu
from app.web.workbooks import new_workbook

_A4 = 9
_COLUMNS = (
    ("Tanggal", 12), ("Arah", 14), ("Jenis", 22), ("Jumlah (Rp)", 16), ("Kas (Rp)", 16),
    ("Cara bayar", 20), ("Kanal", 24), ("Catatan", 40),
)  # fmt: skip


def month_workbook(sheet: MonthSheet, *, made_by: str, made_at: datetime) -> BytesIO:
    """Two sheets: the month, and its lines. Every text stays text, whatever it begins with.

    Raises:
        InvalidInput: more lines than one file may have.
    """
    check_size(len(sheet.lines), most=AT_ONCE)
    stream = BytesIO()
    book = new_workbook(stream)
    mark = _safe(f"Dibuat dengan Pulih, {waktu(made_at)}, oleh {made_by}")
    title = _safe(f"Laporan {sheet.label}: {sheet.enterprise_name}")
    book.set_properties({"title": title, "author": _safe(made_by), "comments": mark})
    looks = _looks(book)
    _write_month(_new_sheet(book, "Laporan", title, mark), sheet, title, mark, looks)
    _write_lines(_new_sheet(book, "Baris", title, mark), sheet, looks)
    book.close()
    stream.seek(0)
    return stream


def _looks(book: Any) -> dict[str, Any]:
    money = '"Rp "#,##0;-"Rp "#,##0'
    return {
        "large": book.add_format({"bold": True, "font_size": 14}),
        "bold": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "quiet": book.add_format({"italic": True, "text_wrap": True, "valign": "top"}),
        "money": book.add_format({"num_format": money}),
        "total": book.add_format({"num_format": money, "bold": True, "top": 1}),
        "day": book.add_format({"num_format": "dd-mm-yyyy"}),
    }


def _new_sheet(book: Any, name: str, title: str, mark: str) -> Any:
    sheet = book.add_worksheet(name)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{title.replace('&', '&&')[:200]}")
    sheet.set_footer(f"&L{mark.replace('&', '&&')[:200]}&R&P/&N")
    return sheet


def _write_month(page: Any, sheet: MonthSheet, title: str, mark: str, looks: Any) -> None:
    page.set_column(0, 0, 44)
    page.set_column(1, 1, 20)
    page.write_string(0, 0, title, looks["large"])
    page.write_string(1, 0, mark)
    page.write_string(2, 0, f"Dicatat pada {sheet.days} hari, {len(sheet.lines)} baris")
    line = 4
    for statement in sheet.statements:
        page.write_string(line, 0, statement.heading, looks["bold"])
        for place, row in enumerate(statement.rows, start=line + 1):
            is_part = row.kind == PART
            page.write_string(place, 0, row.label, None if is_part else looks["bold"])
            page.write_number(place, 1, row.amount, looks["money" if is_part else "total"])
        line += len(statement.rows) + 1
        if statement.remark:
            page.merge_range(line, 0, line, 1, "")
            page.write_string(line, 0, statement.remark, looks["quiet"])
            page.set_row(line, 45)
            line += 1
        line += 1


def _write_lines(page: Any, sheet: MonthSheet, looks: Any) -> None:
    for column, (heading, width) in enumerate(_COLUMNS):
        page.set_column(column, column, width)
        page.write_string(0, column, heading, looks["bold"])
    page.freeze_panes(1, 0)
    for place, line in enumerate(sheet.lines, start=1):
        page.write_datetime(place, 0, line.happened_on, looks["day"])
        page.write_string(place, 1, DIRECTIONS[line.direction])
        page.write_string(place, 2, CATEGORIES[line.category])
        page.write_number(place, 3, line.amount, looks["money"])
        page.write_number(place, 4, line.signed, looks["money"])
        page.write_string(place, 5, line.paid_label)
        page.write_string(place, 6, _safe(line.channel_name))
        page.write_string(place, 7, _safe(line.note))


def _safe(text: str) -> str:
    return safe_text(text)[0]
