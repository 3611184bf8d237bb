"""Profile and indicators as a workbook: the same objects that the pages show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format

from app.core.clock import utc_now
from app.core.period import Period
from app.programme.queries import TypedLine
from app.programme.rules import Answer
from app.web.filters import tanggal, tanggal_pendek, waktu

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIRST_ROW = 6
_HEADINGS = (
    "Tentang", "Dihitung atau tidak", "Yang dihitung", "Jumlah", "Dari", "Bagian", "Tanggal",
    "Cara menghitung", "Yang tidak dihitung",
)  # fmt: skip
_TYPED = ("Tentang", "Angka", "Satuan", "Dari", "Tanggal", "Sumber", "Catatan", "Ditulis oleh")
Cells = Sequence[str | int | float | None]


def workbook(
    *,
    area_name: str,
    area_code: str,
    period: Period,
    answers: tuple[Sequence[Answer], Sequence[Answer]],
    typed: Mapping[str, TypedLine],
    made_by: str,
) -> BytesIO:
    """Three sheets: profile, indicators, and apart from them what the office typed."""
    stream = BytesIO()
    # Names of areas, offices and people are text, whatever sign they begin with.
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    percent = book.add_format({"num_format": "0.0%"})
    about = (
        f"{area_name} {area_code}".strip(),
        f"Masa: {tanggal(period.from_on)} sampai {tanggal(period.until_on)}",
        f"Dibuat {waktu(utc_now())} oleh {made_by}",
    )
    titles = {answer.item.key: answer.item.title for part in answers for answer in part}
    sheets: tuple[tuple[str, Sequence[str], list[Cells]], ...] = (
        ("Profil", _HEADINGS, [row for one in answers[0] for row in _rows(one)]),
        ("Indikator", _HEADINGS, [row for one in answers[1] for row in _rows(one)]),
        ("Angka kantor", _TYPED, [_typed(titles[key], one) for key, one in typed.items()]),
    )
    for title, headings, rows in sheets:
        _write(book, title, about, headings, rows, bold, percent)
    book.close()
    stream.seek(0)
    return stream


def list_workbook(
    words: str, about: Sequence[str], headings: Sequence[str], rows: Sequence[Cells]
) -> BytesIO:
    """One sheet: what the list is, and its lines."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    percent = book.add_format({"num_format": "0.0%"})
    _write(book, "Daftar", (words, *about), headings, rows, bold, percent)
    book.close()
    stream.seek(0)
    return stream


def _write(
    book: xlsxwriter.Workbook,
    title: str,
    about: Sequence[str],
    headings: Sequence[str],
    rows: Sequence[Cells],
    bold: Format,
    percent: Format,
) -> None:
    sheet = book.add_worksheet(title)
    sheet.set_column(0, 2, 40)
    sheet.set_column(3, len(headings) - 1, 18)
    sheet.write_string(0, 0, title, bold)
    for row, words in enumerate(about, start=1):
        sheet.write_string(row, 0, words)
    for column, heading in enumerate(headings):
        sheet.write_string(_FIRST_ROW - 1, column, heading, bold)
    for row, cells in enumerate(rows, start=_FIRST_ROW):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            elif isinstance(cell, float):
                sheet.write_number(row, column, cell, percent)
            elif cell is not None:
                sheet.write_number(row, column, cell)


def _rows(answer: Answer) -> Iterator[Cells]:
    item = answer.item
    told = (item.how, item.missing)
    for one in answer.figures:
        whole = None if one.out_of is None else one.out_of.value
        yield (
            item.title, item.coverage_label, one.label, one.number.value, whole, one.share,
            one.dated, *told,
        )  # fmt: skip
    for group in answer.named:
        for number in group.numbers:
            words = f"{group.heading}: {number.name}"
            yield (
                item.title, item.coverage_label, words, number.value, None, None, "", *told,
            )  # fmt: skip
    if not answer.figures and not any(group.numbers for group in answer.named):
        yield (item.title, item.coverage_label, "", None, None, None, "", *told)


def _typed(title: str, line: TypedLine) -> Cells:
    return (
        title,
        _plain(line.value),
        line.unit,
        None if line.out_of is None else _plain(line.out_of),
        tanggal_pendek(line.counted_on),
        line.source,
        line.note,
        line.typed_by,
    )


def _plain(value: object) -> str:
    return f"{value:f}".replace(".", ",")
