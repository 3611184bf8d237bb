"""The mentor's day."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from app.aid.queries import due_count, idle_count
from app.cashbook.queries.runway import runway_lines
from app.core.clock import local_today
from app.core.permissions import Permission
from app.market.queries.due import certificate_lines
from app.market.queries.market_desk import late_count, red_count, untried_count
from app.mentoring.queries.checks import returned_to
from app.mentoring.queries.reports import returned_reports
from app.mentoring.queries.today import today_lines
from app.mentoring.routes.blueprint import blueprint
from app.mentoring.rules import counts_of, group_by_hamlet
from app.web.access import current_account_id, current_scope, requires


@blueprint.get("/hari-ini")
@requires(Permission.CASELOAD_READ)
def today() -> ResponseReturnValue:
    """What is to be done today, hamlet by hamlet, and why."""
    day = local_today()
    lines = today_lines(current_scope(), today=day)
    return render_template(
        "mentoring/today.html",
        day=day,
        groups=group_by_hamlet(lines),
        idle_tools=idle_count(current_scope()),
        due_tools=due_count(current_scope()),
        late_channels=late_count(current_scope()),
        red_channels=red_count(current_scope()),
        untried_channels=untried_count(current_scope()),
        certificates=certificate_lines(current_scope(), on=day, only_for_today=True),
        thin_cash=runway_lines(current_scope(), on=day),
        counts=counts_of(lines),
        returned=returned_to(current_account_id(), current_scope()),
        returned_months=returned_reports(current_account_id()),
        mentor_id=current_account_id(),
    )
