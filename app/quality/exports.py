"""The list of doubtful data as a workbook: the same lines that the page shows."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import xlsxwriter

from app.quality.queries.findings import FindingLine
from app.quality.rules.facts import KIND_LABELS
from app.web.filters import tanggal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEADINGS = (
    "Usaha",
    "Pemilik",
    "Desa",
    "Jenis",
    "Soal",
    "Mengapa",
    "Yang satu",
    "Isinya",
    "Yang lain",
    "Isinya",
    "Yang perlu dilakukan",
    "Ditemukan pada",
    "Alasan dinyatakan benar",
    "Dinyatakan oleh",
)
_WIDTHS = (28, 24, 40, 20, 36, 44, 24, 28, 24, 36, 44, 18, 36, 24)


def workbook(lines: Iterable[FindingLine], *, about: list[tuple[str, str]]) -> BytesIO:
    """A workbook of one sheet; it says what it shows, for when, and who made it."""
    stream = BytesIO()
    # What people typed is text, whatever sign it begins with.
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Data dipertanyakan")
    sheet.write_string(0, 0, "Data yang perlu diperiksa", bold)
    for row, (what, which) in enumerate(about, start=1):
        sheet.write_string(row, 0, f"{what}: {which}")
    head = len(about) + 2
    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(head, column, heading, bold)
    for row, line in enumerate(lines, start=head + 1):
        for column, text in enumerate(_values(line)):
            sheet.write_string(row, column, text, wrapped)
    book.close()
    stream.seek(0)
    return stream


def _values(line: FindingLine) -> list[str]:
    first, second = line.sides
    return [
        line.name,
        line.owner_name,
        line.village,
        KIND_LABELS[line.rule.kind],
        line.rule.name,
        line.rule.why,
        first.label,
        first.text,
        second.label,
        second.text,
        line.rule.advice,
        tanggal(line.found_at),
        line.reason,
        line.decided_by,
    ]
