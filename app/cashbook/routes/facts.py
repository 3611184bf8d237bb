"""What cash books say: the ratios of one, and whose cash does not last."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.cashbook.queries.fact_pages import fact_page
from app.cashbook.queries.runway import runway_lines
from app.core.clock import local_today
from app.core.permissions import Permission
from app.web.access import current_scope, requires

blueprint = Blueprint("cash_facts", __name__, template_folder="../templates")


@blueprint.get("/usaha/<uuid:enterprise_id>/buku/angka")
@requires(Permission.CASHBOOK_READ)
def enterprise(enterprise_id: UUID) -> ResponseReturnValue:
    """Every ratio with the numbers behind it."""
    page = fact_page(current_scope(), enterprise_id, on=local_today())
    return render_template("cashbook/facts.html", page=page)


@blueprint.get("/buku-kas/kas-tipis")
@requires(Permission.CASHBOOK_READ)
def thin() -> ResponseReturnValue:
    """The enterprises whose cash lasts less than 14 days."""
    lines = runway_lines(current_scope(), on=local_today())
    return render_template("cashbook/thin.html", lines=lines)
