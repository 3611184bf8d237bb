"""A workbook of just the rows to mend: as they stood, with a column that says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

PROBLEM_COLUMN = "Masalah"
ROW_COLUMN = "Baris asal"
_LONGEST_NAME = 31


def workbook_of(sheets: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """An XLSX with one sheet for each sheet that has rows to mend.

    Texts stay texts, so neither a NIK nor a formula-like name changes on the way.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    warn = book.add_format({"text_wrap": True, "bg_color": "#FFF1CC", "valign": "top"})
    days = book.add_format({"num_format": "dd/mm/yyyy"})
    text = book.add_format({"num_format": "@"})
    for facts in sheets:
        its_rows = [row for row in rows if row["sheet"] == facts["name"]]
        if its_rows:
            sheet = book.add_worksheet(facts["name"][:_LONGEST_NAME])
            _write_sheet(sheet, facts, its_rows, {"bold": bold, "warn": warn, "days": days,
                                                  "text": text})  # fmt: skip
    if not book.worksheets():
        book.add_worksheet("Kosong")
    book.close()
    return out.getvalue()


def _write_sheet(
    sheet: Any,
    facts: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    formats: Mapping[str, Any],
) -> None:
    columns = facts["columns"]
    width = max(column["index"] for column in columns)
    for column in columns:
        sheet.write_string(0, column["index"] - 1, column["header"], formats["bold"])
    sheet.write_string(0, width, PROBLEM_COLUMN, formats["bold"])
    sheet.write_string(0, width + 1, ROW_COLUMN, formats["bold"])
    sheet.set_column(0, width - 1, 18)
    sheet.set_column(width, width, 60)
    sheet.freeze_panes(1, 0)
    for place, row in enumerate(rows, start=1):
        for index, cell in enumerate(row["cells"][:width]):
            _write_cell(sheet, place, index, cell, formats)
        sheet.write_string(place, width, "\n".join(row["reasons"]), formats["warn"])
        sheet.write_number(place, width + 1, row["row"])


def _write_cell(sheet: Any, row: int, column: int, cell: Any, formats: Mapping[str, Any]) -> None:
    if isinstance(cell, dict):
        sheet.write_datetime(row, column, date.fromisoformat(cell["day"]), formats["days"])
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell)
    elif cell:
        sheet.write_string(row, column, str(cell), formats["text"])
