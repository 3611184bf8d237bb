"""Proposals of assignments: asking, reading, taking parts."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import InvalidInput
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises.queries.choices import area_choices
from app.mentoring import services
from app.mentoring.queries import proposals as queries
from app.mentoring.routes.asked import ids_of
from app.mentoring.routes.blueprint import blueprint
from app.mentoring.rules.proposal import AIMS
from app.web.access import current_account_id, current_scope, requires


@blueprint.get("/penugasan/usulan/baru")
@requires(Permission.MENTOR_MANAGE)
def new_proposal() -> ResponseReturnValue:
    """What a proposal would weigh, and for which area."""
    scope = current_scope()
    area = request.args.get("wilayah", "")
    return render_template(
        "mentoring/new_proposal.html",
        aims=AIMS,
        area=area,
        areas=area_choices(scope, area),
        is_everywhere=scope.covers_area(""),
        proposals=queries.proposals(scope),
    )


@blueprint.post("/penugasan/usulan")
@requires(Permission.MENTOR_MANAGE)
def ask_proposal() -> ResponseReturnValue:
    """Have one computed in the background."""
    with transaction():
        job_id = services.begin_proposal(
            scope=current_scope(),
            area_code=request.form.get("wilayah", ""),
            by=current_account_id(),
        )
    return redirect(url_for("jobs.show", job_id=job_id), code=303)


@blueprint.get("/penugasan/usulan/<uuid:proposal_id>")
@requires(Permission.MENTOR_MANAGE)
def show_proposal(proposal_id: UUID) -> ResponseReturnValue:
    """What it would change, village by village."""
    scope = current_scope()
    return render_template(
        "mentoring/proposal.html",
        page=queries.proposal_page(scope, proposal_id),
        refused=queries.refused_lines(scope, proposal_id),
        aims=AIMS,
    )


@blueprint.get("/penugasan/usulan/<uuid:proposal_id>/desa/<string(maxlength=13):code>")
@requires(Permission.MENTOR_MANAGE)
def proposed_village(proposal_id: UUID, code: str) -> ResponseReturnValue:
    """The lines of one village."""
    scope = current_scope()
    page = queries.proposal_page(scope, proposal_id)
    return render_template(
        "mentoring/proposed_village.html",
        page=page,
        village=page.village(code),
        lines=queries.proposed_lines(scope, proposal_id, code),
    )


@blueprint.post("/penugasan/usulan/<uuid:proposal_id>/terima")
@requires(Permission.MENTOR_MANAGE)
def take_proposal(proposal_id: UUID) -> ResponseReturnValue:
    """Carry out what was ticked: whole villages, single lines."""
    try:
        with transaction():
            taken = services.take_lines(
                scope=current_scope(),
                proposal_id=proposal_id,
                line_ids=ids_of(request.form, "baris"),
                villages=request.form.getlist("desa"),
                by=current_account_id(),
            )
    except InvalidInput as refusal:
        flash(refusal.message or "", "error")
    else:
        flash(*taken.told)
    return redirect(url_for(".show_proposal", proposal_id=proposal_id), code=303)
