"""The register of tools as a workbook: the same lines that the page shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from io import BytesIO
from uuid import UUID

import xlsxwriter

from app.aid.queries import ToolLine
from app.enterprises.rules.consents import WITHDRAWN
from app.web.filters import tanggal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEADINGS = (
    "Alat",
    "Nomor seri",
    "Nilai (Rp)",
    "Sumber dana",
    "Tahun dana",
    "Pemegang",
    "Wilayah",
    "Tempat",
    "Dipegang sejak",
    "Keadaan",
    "Hari dipakai dalam 30 hari",
    "Dicek pada",
    "Menganggur (hari)",
)
_WIDTHS = (28, 18, 14, 18, 10, 28, 40, 24, 18, 18, 14, 18, 14)


def workbook(
    lines: Iterable[ToolLine], *, withdrawn: Collection[UUID], about: list[tuple[str, str]]
) -> BytesIO:
    """A workbook of one sheet; it says what it shows, for when, and who made it.

    Every tool stands in it, but no holder whose enterprise is among `withdrawn`.
    """
    stream = BytesIO()
    # What people typed is text, whatever sign it begins with.
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    money = book.add_format({"num_format": "#,##0"})
    sheet = book.add_worksheet("Alat")
    sheet.write_string(0, 0, "Daftar alat bantuan", bold)
    for row, (what, which) in enumerate(about, start=1):
        sheet.write_string(row, 0, f"{what}: {which}")
    head = len(about) + 2
    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(head, column, heading, bold)
    for row, line in enumerate(lines, start=head + 1):
        for column, value in enumerate(_values(line, withdrawn)):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                sheet.write_number(row, column, value, money if column == 2 else None)
    book.close()
    stream.seek(0)
    return stream


def _values(line: ToolLine, withdrawn: Collection[UUID]) -> list[str | int | None]:
    is_named = line.holder_id not in withdrawn
    return [
        line.name,
        line.serial_number,
        line.value,
        line.funding,
        line.funded_year,
        line.holder_name if is_named else WITHDRAWN,
        line.village,
        line.place if is_named else "",
        tanggal(line.held_from),
        line.condition_label,
        line.days_used,
        tanggal(line.checked_on),
        line.idle_days,
    ]
