"""The health of one enterprise, and one assessment with its reasons."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account_id, current_scope, may, requires
from app.core.permissions import Permission
from app.health import queries
from app.health.routes.pictures import dimension_trends, total_chart

blueprint = Blueprint("health", __name__, template_folder="../templates")


@blueprint.get("/usaha/<uuid:enterprise_id>/kesehatan")
@requires(Permission.HEALTH_READ)
def enterprise(enterprise_id: UUID) -> ResponseReturnValue:
    """How an enterprise stands, why, and what lifts it."""
    page = queries.enterprise_health(
        current_scope(),
        enterprise_id,
        current_account_id(),
        is_office=may(Permission.HEALTH_SETTLE),
    )
    return render_template(
        "health/enterprise.html",
        page=page,
        chart=total_chart(page.trend),
        trends=dimension_trends(page.trend),
    )


@blueprint.get("/penilaian/<uuid:assessment_id>")
@requires(Permission.HEALTH_READ)
def show(assessment_id: UUID) -> ResponseReturnValue:
    """One assessment with the reasons as they were."""
    return render_template(
        "health/assessment.html", result=queries.result(current_scope(), assessment_id)
    )
