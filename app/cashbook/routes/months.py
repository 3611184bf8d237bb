"""The sheet of a month, on the page and as a file; sales and surplus over two years."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account
from app.cashbook.exports.charts import course_chart
from app.cashbook.exports.months import month_workbook
from app.cashbook.queries.charts import course_of
from app.cashbook.queries.months import MonthSheet, month_sheet, sheet_month
from app.cashbook.responses import check_taken, month_pdf_response, month_xlsx_response
from app.core.clock import utc_now
from app.core.permissions import Permission
from app.web.access import current_scope, requires

blueprint = Blueprint(
    "cash_months",
    __name__,
    url_prefix="/usaha/<uuid:enterprise_id>/buku",
    template_folder="../templates",
)
_MONTH = "/<string(length=7):month>/laporan"


@blueprint.get(_MONTH)
@requires(Permission.CASHBOOK_READ)
def sheet(enterprise_id: UUID, month: str) -> ResponseReturnValue:
    """Earnings and cash flow of a month."""
    page = _sheet(enterprise_id, month)
    hrefs = {
        code: url_for(".sheet", enterprise_id=enterprise_id, month=code)
        for code in (page.earlier, page.later)
        if code
    }
    return render_template("cashbook/month.html", page=page, hrefs=hrefs)


@blueprint.get(f"{_MONTH}.pdf")
@requires(Permission.CASHBOOK_READ)
def printed(enterprise_id: UUID, month: str) -> ResponseReturnValue:
    """The same to print."""
    page = _sheet(enterprise_id, month)
    check_taken(page)
    return month_pdf_response(page, made_by=current_account().name)


@blueprint.get(f"{_MONTH}.xlsx")
@requires(Permission.CASHBOOK_READ)
def workbook(enterprise_id: UUID, month: str) -> ResponseReturnValue:
    """The same as a workbook, with its lines."""
    page = _sheet(enterprise_id, month)
    check_taken(page)
    book = month_workbook(page, made_by=current_account().name, made_at=utc_now())
    return month_xlsx_response(book, code=page.code)


@blueprint.get("/grafik")
@requires(Permission.CASHBOOK_READ)
def chart(enterprise_id: UUID) -> ResponseReturnValue:
    """Sales and surplus of the last 24 months."""
    page = course_of(current_scope(), enterprise_id)
    hrefs = {
        point.code: url_for(".sheet", enterprise_id=enterprise_id, month=point.code)
        for point in page.points
    }
    return render_template(
        "cashbook/chart.html", page=page, hrefs=hrefs, drawn=course_chart(page.points)
    )


def _sheet(enterprise_id: UUID, month: str) -> MonthSheet:
    return month_sheet(current_scope(), enterprise_id, sheet_month(month))
