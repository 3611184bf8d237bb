"""The plan of an enterprise, and what waits for the office."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account_id, current_scope, may, requires, scope_for
from app.core.errors import NotAllowed
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.interventions import queries, services
from app.interventions.forms import AddForm, ReasonForm
from app.interventions.routes.blueprint import blueprint
from app.interventions.routes.steps import BOTH, actor, attempt

_PLAN = "/usaha/<uuid:enterprise_id>/terapi"
_APPROVE = "setujui"


@blueprint.get("/terapi")
@requires(Permission.INTERVENTION_DECIDE)
def index() -> ResponseReturnValue:
    """What waits for the office: decisions, therapies due, enterprises without a plan."""
    scope = current_scope()
    return render_template(
        "interventions/index.html",
        waiting=queries.waiting(scope, cursor=request.args.get("keputusan")),
        due=queries.due(scope, cursor=request.args.get("tenggat")),
        unplanned=queries.unplanned(scope, cursor=request.args.get("rencana")),
        overdue_referrals=queries.overdue_referral_count(scope),
    )


@blueprint.get(_PLAN)
@requires(Permission.INTERVENTION_READ)
def enterprise(enterprise_id: UUID) -> ResponseReturnValue:
    """The plan of one enterprise and what its latest assessment asks for."""
    return render_template(
        "interventions/enterprise.html", plan=queries.plan(current_scope(), enterprise_id)
    )


@blueprint.post(f"{_PLAN}/usulkan")
@requires(Permission.INTERVENTION_PROPOSE)
def propose(enterprise_id: UUID) -> ResponseReturnValue:
    """Propose all that the latest assessment asks for now."""
    with transaction():
        made = services.propose_from_assessment(
            enterprise_id=enterprise_id, scope=current_scope(), by=current_account_id()
        )
    flash(f"{len(made)} terapi diusulkan." if made else "Tidak ada usulan baru.", "success")
    return redirect(url_for(".enterprise", enterprise_id=enterprise_id), code=303)


@blueprint.route(f"{_PLAN}/tambah", methods=BOTH)
@requires(Permission.INTERVENTION_PROPOSE)
def add(enterprise_id: UUID) -> ResponseReturnValue:
    """Put one therapy into the plan; an officer may approve it at once."""
    offer = queries.offer(current_scope(), enterprise_id, request.args.get("kode", ""))
    form = AddForm(data=offer.defaults)
    form.offer_people(queries.people(offer.mentor_id, current_account_id()))
    form.therapy_code.offer(queries.therapy_choices())
    is_approving = request.form.get("langkah") == _APPROVE

    def save() -> None:
        row = services.add(
            enterprise_id=enterprise_id,
            therapy_code=form.therapy_code.data,
            details=form.details(),
            **actor(),
        )
        if is_approving:
            _approve_at_once(row.id, row.version, form)

    status = attempt(form, save)
    if status is None:
        flash("Terapi disetujui." if is_approving else "Terapi diusulkan.", "success")
        return redirect(url_for(".enterprise", enterprise_id=enterprise_id), code=303)
    return render_template("interventions/add.html", form=form, offer=offer), status


@blueprint.route(f"{_PLAN}/tolak/<string(length=3):code>", methods=BOTH)
@requires(Permission.INTERVENTION_DECIDE)
def refuse_need(enterprise_id: UUID, code: str) -> ResponseReturnValue:
    """Refuse what the assessment asks for, with a reason."""
    offer = queries.offer(current_scope(), enterprise_id, code)
    form = ReasonForm()

    def save() -> None:
        services.refuse_need(
            enterprise_id=enterprise_id,
            therapy_code=code,
            reason=form.reason.data or "",
            **actor(),
        )

    status = attempt(form, save)
    if status is None:
        flash("Saran terapi ditolak.", "success")
        return redirect(url_for(".enterprise", enterprise_id=enterprise_id), code=303)
    return render_template("interventions/refuse_need.html", form=form, offer=offer), status


def _approve_at_once(intervention_id: UUID, version: int, form: AddForm) -> None:
    if not may(Permission.INTERVENTION_DECIDE):
        raise NotAllowed("permission_missing", message="Persetujuan adalah tugas Disnaker.")
    services.approve(
        intervention_id=intervention_id,
        version=version,
        details=form.details(),
        gates_checked=form.gates_checked.data,
        scope=scope_for(Permission.INTERVENTION_DECIDE),
        by=current_account_id(),
    )
