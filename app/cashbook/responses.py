"""The sheet of a month as a file to take along."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Response, send_file

from app.cashbook.queries.months import MonthSheet
from app.core.clock import utc_now
from app.core.errors import WrongState
from app.core.money import format_rupiah
from app.enterprises.guards import take_along
from app.printing import render_pdf
from app.printing.responses import pdf_response
from app.web.workbooks import XLSX

_MONTH = Path(__file__).parent / "prints" / "month.typ"


def check_taken(sheet: MonthSheet) -> None:
    """Refuse an office a file about an owner who withdrew; else note that it was taken along.

    Raises:
        WrongState: the owner withdrew, or restricted their data.
    """
    if sheet.enterprise_id in take_along([sheet.enterprise_id]):
        raise WrongState(
            "consent_missing",
            message="Pemilik menarik persetujuan atau membatasi datanya, jadi tidak dapat diunduh.",
        )


def month_pdf_response(sheet: MonthSheet, *, made_by: str) -> Response:
    """The sheet on paper."""
    pdf = month_pdf(sheet, made_by=made_by, made_at=utc_now())
    return pdf_response(pdf, filename=f"laporan-{sheet.code}.pdf")


def month_xlsx_response(book: BytesIO, *, code: str) -> Response:
    """The sheet as a workbook (`exports.months`)."""
    answer = send_file(
        book, mimetype=XLSX, as_attachment=True, download_name=f"laporan-{code}.xlsx"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def month_pdf(sheet: MonthSheet, *, made_by: str, made_at: datetime) -> bytes:
    """The sheet as PDF."""
    # The title stands unpacked in the file: nothing that somebody typed belongs there.
    return render_pdf(
        _MONTH, month_content(sheet, made_by), title=f"Laporan {sheet.label}", made_at=made_at
    )


def month_content(sheet: MonthSheet, made_by: str) -> dict[str, Any]:
    """What the printed sheet shows, in words."""
    return {
        "name": sheet.enterprise_name,
        "maker": made_by,
        "facts": [
            ["Usaha", sheet.enterprise_name],
            ["Bulan", sheet.label],
            ["Dicatat", f"{sheet.days} hari, {len(sheet.lines)} baris"],
        ],
        "statements": [
            {
                "heading": one.heading,
                "remark": one.remark,
                "rows": [[row.label, format_rupiah(row.amount), row.kind] for row in one.rows],
            }
            for one in sheet.statements
        ],
    }
