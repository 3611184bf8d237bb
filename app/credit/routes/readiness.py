"""The sheet of readiness: for lenders that the owner agreed to, for mentors, and on paper."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.permissions import Permission
from app.credit.queries import readiness
from app.credit.queries.readiness import ReadinessSheet
from app.credit.responses import readiness_pdf
from app.history.responses import note_taken
from app.printing.responses import pdf_response
from app.web.access import current_scope, requires

blueprint = Blueprint("readiness", __name__, template_folder="../templates")


@blueprint.get("/koperasi/<uuid:lender_id>/usaha/<uuid:enterprise_id>/kesiapan")
@requires(Permission.LENDER_WORK)
def show(lender_id: UUID, enterprise_id: UUID) -> ResponseReturnValue:
    """The sheet as the lender's officer reads it."""
    found = readiness.sheet_for_lender(current_scope(), lender_id, enterprise_id, on=local_today())
    return render_template("credit/readiness.html", sheet=found)


@blueprint.get("/koperasi/<uuid:lender_id>/usaha/<uuid:enterprise_id>/kesiapan.pdf")
@requires(Permission.LENDER_WORK)
def paper(lender_id: UUID, enterprise_id: UUID) -> ResponseReturnValue:
    """The same on paper."""
    found = readiness.sheet_for_lender(current_scope(), lender_id, enterprise_id, on=local_today())
    return _paper(found)


@blueprint.get("/usaha/<uuid:enterprise_id>/pinjaman/kesiapan")
@requires(Permission.LOAN_READ)
def enterprise(enterprise_id: UUID) -> ResponseReturnValue:
    """The sheet as mentors and officers read it."""
    found = readiness.sheet_of(current_scope(), enterprise_id, on=local_today())
    return render_template("credit/readiness.html", sheet=found)


@blueprint.get("/usaha/<uuid:enterprise_id>/pinjaman/kesiapan/<uuid:lender_id>.pdf")
@requires(Permission.LOAN_READ)
def hand_over(enterprise_id: UUID, lender_id: UUID) -> ResponseReturnValue:
    """On paper, to be taken to a lender that the owner agreed to."""
    found = readiness.sheet_to_hand_over(
        current_scope(), lender_id, enterprise_id, on=local_today()
    )
    return _paper(found)


def _paper(sheet: ReadinessSheet) -> ResponseReturnValue:
    note_taken([sheet.enterprise.id])
    return pdf_response(readiness_pdf(sheet), filename="lembar-kesiapan.pdf")
