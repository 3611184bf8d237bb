"""A report as a workbook: one sheet a section, numbers as numbers, a chart that Excel draws."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from app.enterprises.rules.export_limits import safe_text
from app.reports.rules.document import (
    DAY,
    MONEY,
    NUMBER,
    SHARE,
    TEXT,
    Chart,
    Document,
    Section,
    Table,
    Value,
)
from app.web.drawings import FILLS
from app.web.filters import waktu

_FORMATS = {NUMBER: "#,##0", MONEY: '"Rp "#,##0', SHARE: "0%", DAY: "dd-mm-yyyy", TEXT: "@"}
_A4 = 9
_CHART_ROWS = 16


def report_workbook(document: Document) -> bytes:
    """The report as XLSX; texts stay texts, whatever they begin with."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    mark = f"Dibuat dengan Pulih, {waktu(document.made_at)}, oleh {document.made_by}, nomor "
    mark = _safe(mark + document.number)
    title = f"{document.title}: {document.subject}, {document.span_label}"
    book.set_properties(
        {"title": _safe(title), "author": _safe(document.made_by), "comments": mark}
    )
    styles = _Styles(book)
    for section in document.sections:
        sheet = book.add_worksheet(section.sheet)
        _lay_out(sheet, title, mark)
        line = _head(sheet, document, styles) if section is document.sections[0] else 0
        _write(book, sheet, section, styles, line)
    book.close()
    return stream.getvalue()


class _Styles:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self.bold = book.add_format({"bold": True})
        self.large = book.add_format({"bold": True, "font_size": 14})
        self.words = book.add_format({"text_wrap": True, "valign": "top"})
        self.quiet = book.add_format({"text_wrap": True, "valign": "top", "italic": True})
        frame = {"border": 1, "border_color": "#9aa8a2", "valign": "top"}
        self.heading = book.add_format(
            {**frame, "bold": True, "text_wrap": True, "bg_color": "#edf2ef"}
        )
        self.cell = {
            kind: book.add_format({**frame, "num_format": shape, "text_wrap": kind == TEXT})
            for kind, shape in _FORMATS.items()
        }
        self.total = {
            kind: book.add_format({**frame, "num_format": shape, "bold": True})
            for kind, shape in _FORMATS.items()
        }


def _lay_out(sheet: Any, title: str, mark: str) -> None:
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{_safe(title).replace('&', '&&')[:200]}")
    sheet.set_footer(f"&L{mark.replace('&', '&&')[:200]}&R&P/&N")
    sheet.set_column(0, 0, 38)
    sheet.set_column(1, 12, 16)


def _head(sheet: Any, document: Document, styles: _Styles) -> int:
    office = document.office
    lines = [office.above, office.name, office.address]
    line = 0
    for words in filter(None, lines):
        sheet.write_string(line, 0, _safe(words), styles.bold)
        line += 1
    sheet.write_string(line + 1, 0, _safe(document.title), styles.large)
    line += 2
    for what, which in document.facts:
        sheet.write_string(line, 0, what)
        sheet.write_string(line, 1, _safe(which))
        line += 1
    return line + 1


def _write(book: Any, sheet: Any, section: Section, styles: _Styles, line: int) -> None:
    sheet.write_string(line, 0, section.heading, styles.large)
    line += 1
    for sentence in section.sentences:
        sheet.merge_range(line, 0, line, 5, "")
        sheet.write_string(line, 0, _safe(sentence), styles.words)
        sheet.set_row(line, 32)
        line += 1
    for place, table in enumerate(section.tables):
        first = line + 2
        line = _table(sheet, table, styles, line + 1)
        if place == 0 and section.chart is not None:
            # Beside the table that holds its numbers.
            _draw(book, sheet, section, section.chart, first)
            line = max(line, first + _CHART_ROWS)


def _table(sheet: Any, table: Table, styles: _Styles, line: int) -> int:
    """Write a table; gives the line behind it."""
    if table.title:
        sheet.write_string(line, 0, table.title, styles.bold)
        line += 1
    for place, column in enumerate(table.columns):
        sheet.write_string(line, place, column.label, styles.heading)
    for number, row in enumerate(table.rows, start=1):
        is_total = table.has_total and number == len(table.rows)
        look = styles.total if is_total else styles.cell
        for place, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            _cell(sheet, (line + number, place), value, look[column.kind], look[TEXT])
    line += len(table.rows) + 1
    if table.remark:
        sheet.merge_range(line, 0, line, 5, "")
        sheet.write_string(line, 0, _safe(table.remark), styles.quiet)
        sheet.set_row(line, 32)
        line += 1
    return line


def _cell(sheet: Any, at: tuple[int, int], value: Value, style: Any, plain: Any) -> None:
    if value is None:
        sheet.write_blank(*at, None, plain)
    elif isinstance(value, str):
        sheet.write_string(*at, _safe(value), plain)
    elif isinstance(value, date):
        sheet.write_datetime(*at, value, style)
    else:
        sheet.write_number(*at, value, style)


def _draw(book: Any, sheet: Any, section: Section, chart: Chart, first: int) -> None:
    """Bars beside the first table; their numbers stand right of it."""
    beside = len(section.tables[0].columns) + 1
    for number, (label, value, _) in enumerate(chart.bars):
        sheet.write_string(first + number, beside, _safe(label))
        sheet.write_number(first + number, beside + 1, value)
    last = first + len(chart.bars) - 1
    drawn = book.add_chart({"type": "bar"})
    drawn.add_series(
        {
            "categories": [section.sheet, first, beside, last, beside],
            "values": [section.sheet, first, beside + 1, last, beside + 1],
            "points": [{"fill": {"color": FILLS[tone]}} for *_, tone in chart.bars],
            "data_labels": {"value": True},
        }
    )
    drawn.set_title({"name": chart.title, "name_font": {"size": 11}})
    drawn.set_legend({"none": True})
    drawn.set_y_axis({"reverse": True})
    sheet.insert_chart(first, beside + 3, drawn, {"object_position": 1, "description": chart.title})


def _safe(text: str) -> str:
    return safe_text(text)[0]
