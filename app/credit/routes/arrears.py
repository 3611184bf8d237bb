"""Who is behind with what a lender asks for."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.permissions import Permission
from app.credit.queries.arrears import arrears_lines
from app.credit.rules.arrears import SHOWN, asked_days
from app.web.access import current_scope, requires

blueprint = Blueprint("loan_arrears", __name__, template_folder="../templates")


@blueprint.get("/pinjaman/tunggakan")
@requires(Permission.LOAN_READ)
def index() -> ResponseReturnValue:
    """The enterprises whose oldest payment waits for long."""
    days = asked_days(request.args.get("hari", ""))
    lines = arrears_lines(current_scope(), on=local_today(), at_least=days)
    return render_template("credit/arrears.html", lines=lines, days=str(days), choices=SHOWN)
