"""The owner's own month on one sheet, to read, to print, to take along."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account
from app.cashbook.exports.charts import course_chart
from app.cashbook.exports.months import month_workbook
from app.cashbook.queries.charts import course_of
from app.cashbook.queries.months import MonthSheet, last_sheet_month, month_sheet, sheet_month
from app.cashbook.responses import month_pdf_response, month_xlsx_response
from app.core.clock import utc_now
from app.core.permissions import Permission
from app.portal.guards import pin_needed
from app.portal.queries.own_enterprises import Choice, own_choice
from app.web.access import current_scope, requires

blueprint = Blueprint(
    "own_months", __name__, url_prefix="/saya/buku", template_folder="../templates"
)


@blueprint.get("/laporan")
@requires(Permission.OWN_PAGE)
@pin_needed
def sheet() -> ResponseReturnValue:
    """Earnings and cash flow of a month; without one, of the last that is over."""
    choice = _choice()
    page = _sheet(choice)
    hrefs = {code: _href(choice, ".sheet", code) for code in (page.earlier, page.later) if code}
    return render_template(
        "portal/month.html",
        page=page,
        hrefs=hrefs,
        choice=choice,
        pdf=_href(choice, ".printed", page.code),
        xlsx=_href(choice, ".workbook", page.code),
        chart=url_for(".chart", usaha=choice.asked),
    )


@blueprint.get("/laporan.pdf")
@requires(Permission.OWN_PAGE)
@pin_needed
def printed() -> ResponseReturnValue:
    """The same to print."""
    return month_pdf_response(_sheet(_choice()), made_by=current_account().name)


@blueprint.get("/laporan.xlsx")
@requires(Permission.OWN_PAGE)
@pin_needed
def workbook() -> ResponseReturnValue:
    """The same as a workbook, with its lines."""
    sheet = _sheet(_choice())
    book = month_workbook(sheet, made_by=current_account().name, made_at=utc_now())
    return month_xlsx_response(book, code=sheet.code)


@blueprint.get("/grafik")
@requires(Permission.OWN_PAGE)
@pin_needed
def chart() -> ResponseReturnValue:
    """Sales and surplus of the last 24 months."""
    choice = _choice()
    page = course_of(current_scope(), choice.chosen.id)
    hrefs: dict[str, Any] = {
        point.code: _href(choice, ".sheet", point.code) for point in page.points
    }
    return render_template(
        "portal/chart.html",
        page=page,
        hrefs=hrefs,
        choice=choice,
        drawn=course_chart(page.points),
    )


def _choice() -> Choice:
    return own_choice(current_scope(), request.args.get("usaha"))


def _sheet(choice: Choice) -> MonthSheet:
    asked = request.args.get("bulan")
    month = sheet_month(asked) if asked else last_sheet_month()
    return month_sheet(current_scope(), choice.chosen.id, month)


def _href(choice: Choice, endpoint: str, month: str) -> str:
    return url_for(endpoint, bulan=month, usaha=choice.asked)
