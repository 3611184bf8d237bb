"""Workbooks that are handed out: what was typed is text in them, whatever sign it begins with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MONEY = "(Rp)"


def new_workbook(stream: BytesIO) -> xlsxwriter.Workbook:
    """An empty workbook; nothing in it is read as a formula or an address."""
    return xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )


def one_sheet(
    name: str,
    title: str,
    about: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[str | int | None]],
) -> BytesIO:
    """A workbook of one sheet: its title, what it shows, for when and by whom, and its lines.

    `columns` are headings with their widths; one that ends on "(Rp)" holds money.
    """
    stream = BytesIO()
    book = new_workbook(stream)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    money = book.add_format({"num_format": "#,##0"})
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, title, bold)
    for row, (what, which) in enumerate(about, start=1):
        sheet.write_string(row, 0, f"{what}: {which}")
    head = len(about) + 2
    for column, (heading, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(head, column, heading, bold)
    for row, values in enumerate(rows, start=head + 1):
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                is_money = columns[column][0].endswith(_MONEY)
                sheet.write_number(row, column, value, money if is_money else None)
    book.close()
    stream.seek(0)
    return stream
