"""The month of a mentor as a workbook and as a printed sheet: the same objects as the page."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from app.core.clock import utc_now
from app.enterprises.rules.export_limits import safe_text
from app.mentoring.queries.reports import WholeMonth
from app.printing import ROWS_AT_ONCE, render_pdf
from app.web.filters import tanggal, waktu

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHEET = Path(__file__).parent / "prints" / "month.typ"


def workbook(whole: WholeMonth, *, made_by: str) -> BytesIO:
    """A workbook: figures, visits, expenses. Texts stay texts, whatever they begin with."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    _figures(book.add_worksheet("Ringkasan"), whole, bold, made_by)
    visits = [(row.on, row.enterprise_name, row.what, row.number) for row in whole.visits]
    _rows(
        book.add_worksheet("Kunjungan"),
        ("Tanggal", "Usaha", "Hasil", "Lama (menit)"),
        visits,
        (bold, day),
    )
    spent = [(one.spent_on, one.kind, one.what, one.amount, one.proof) for one in whole.expenses]
    _rows(
        book.add_worksheet("Pengeluaran"),
        ("Tanggal", "Jenis", "Untuk apa", "Jumlah (Rp)", "Bukti"),
        spent,
        (bold, day),
    )
    book.close()
    stream.seek(0)
    return stream


def _figures(sheet: Any, whole: WholeMonth, bold: Any, made_by: str) -> None:
    page = whole.page
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 2, 30)
    head = [
        ("Laporan pendamping", page.mentor_name),
        ("Bulan", page.month.label),
        ("Keadaan", page.state_label),
        ("Dibuat", f"{waktu(utc_now())} oleh {made_by}"),
    ]
    line = 0
    for what, which in head:
        sheet.write_string(line, 0, what, bold)
        sheet.write_string(line, 1, safe_text(which)[0])
        line += 1
    for group in page.groups:
        line += 1
        sheet.write_string(line, 0, group.heading, bold)
        line += 1
        for figure in group.figures:
            sheet.write_string(line, 0, figure.label)
            sheet.write_number(line, 1, figure.value)
            sheet.write_string(line, 2, " ".join(filter(None, (figure.unit, figure.note))))
            line += 1


def _rows(sheet: Any, headings: tuple[str, ...], rows: list[Any], formats: tuple[Any, Any]) -> None:
    bold, day = formats
    sheet.set_column(0, len(headings) - 1, 24)
    sheet.freeze_panes(1, 0)
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading, bold)
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if place == 0:
                sheet.write_datetime(line, place, value, day)
            elif isinstance(value, int):
                sheet.write_number(line, place, value)
            elif value:
                sheet.write_string(line, place, safe_text(value)[0])


def sheet(whole: WholeMonth) -> bytes:
    """The month as a PDF to be signed."""
    page = whole.page
    visits = whole.visits[:ROWS_AT_ONCE]
    content = {
        "mentor": page.mentor_name,
        "month": page.month.label,
        "state": page.state_label,
        "note": page.mentor_note,
        "decision": page.decision_note,
        "groups": [
            {
                "heading": group.heading,
                "rows": [[one.label, one.text, one.note] for one in group.figures],
            }
            for group in page.groups
        ],
        "visits": [
            [tanggal(row.on), row.enterprise_name or "usaha yang sudah pindah pendamping", row.what]
            for row in visits
        ],
        "left_out": len(whole.visits) - len(visits),
        "expenses": [
            [tanggal(one.spent_on), one.what, one.amount_text, one.proof]
            for one in whole.expenses[:ROWS_AT_ONCE]
        ],
        "decider": page.decider_name or "",
    }
    title = f"Laporan pendamping {page.month.label}"
    return render_pdf(_SHEET, content, title=title, made_at=utc_now())
