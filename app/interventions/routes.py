"""Pages of therapy: the plan of an enterprise, one therapy, the office's lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account_id, current_scope, may, requires, scope_for
from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.interventions import queries, services
from app.interventions.forms import (
    AddForm,
    CloseForm,
    DetailsForm,
    ReasonForm,
    ResultForm,
    VersionForm,
)

blueprint = Blueprint("interventions", __name__, template_folder="templates")
blueprints = [blueprint]

_PLAN = "/usaha/<uuid:enterprise_id>/terapi"
_ITEM = "/terapi/<uuid:intervention_id>"
_BOTH = ["GET", "POST"]
_APPROVE = "setujui"


@blueprint.get("/terapi")
@requires(Permission.INTERVENTION_DECIDE)
def index() -> ResponseReturnValue:
    """What waits for the office: decisions, therapies due, enterprises without a plan."""
    scope = current_scope()
    return render_template(
        "interventions/index.html",
        waiting=queries.waiting(scope),
        due=queries.due(scope),
        unplanned=queries.unplanned(scope),
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


@blueprint.route(f"{_PLAN}/tambah", methods=_BOTH)
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
            **_actor(),
        )
        if is_approving:
            _approve_at_once(row.id, row.version, form)

    status = _attempt(form, save)
    if status is None:
        flash("Terapi disetujui." if is_approving else "Terapi diusulkan.", "success")
        return redirect(url_for(".enterprise", enterprise_id=enterprise_id), code=303)
    return render_template("interventions/add.html", form=form, offer=offer), status


@blueprint.route(f"{_PLAN}/tolak/<string(length=3):code>", methods=_BOTH)
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
            **_actor(),
        )

    status = _attempt(form, save)
    if status is None:
        flash("Saran terapi ditolak.", "success")
        return redirect(url_for(".enterprise", enterprise_id=enterprise_id), code=303)
    return render_template("interventions/refuse_need.html", form=form, offer=offer), status


@blueprint.get(_ITEM)
@requires(Permission.INTERVENTION_READ)
def show(intervention_id: UUID) -> ResponseReturnValue:
    """One therapy, its story and its effect."""
    item = queries.item(current_scope(), intervention_id)
    return render_template(
        "interventions/show.html", item=item, start_form=VersionForm(data={"version": item.version})
    )


@blueprint.route(f"{_ITEM}/putuskan", methods=_BOTH)
@requires(Permission.INTERVENTION_DECIDE)
def decide(intervention_id: UUID) -> ResponseReturnValue:
    """Approve a proposal, changed or as it is."""
    return _details_page(
        intervention_id,
        "interventions/decide.html",
        lambda form: services.approve(
            **_step(intervention_id, form),
            details=form.details(),
            gates_checked=form.gates_checked.data,
        ),
        "Terapi disetujui.",
    )


@blueprint.route(f"{_ITEM}/ubah", methods=_BOTH)
@requires(Permission.INTERVENTION_DECIDE)
def change(intervention_id: UUID) -> ResponseReturnValue:
    """Change who, when and how much."""
    return _details_page(
        intervention_id,
        "interventions/change.html",
        lambda form: services.change(**_step(intervention_id, form), details=form.details()),
        "Rencana terapi diubah.",
    )


@blueprint.route(f"{_ITEM}/tolak", methods=_BOTH)
@requires(Permission.INTERVENTION_DECIDE)
def refuse(intervention_id: UUID) -> ResponseReturnValue:
    """Refuse a proposal with a reason."""
    return _form_page(
        intervention_id,
        ReasonForm,
        "interventions/refuse.html",
        lambda form: services.refuse(**_step(intervention_id, form), reason=form.reason.data),
        "Usulan ditolak.",
    )


@blueprint.route(f"{_ITEM}/batal", methods=_BOTH)
@requires(Permission.INTERVENTION_DECIDE)
def cancel(intervention_id: UUID) -> ResponseReturnValue:
    """End a therapy that will not be delivered."""
    return _form_page(
        intervention_id,
        ReasonForm,
        "interventions/cancel.html",
        lambda form: services.cancel(**_step(intervention_id, form), reason=form.reason.data),
        "Terapi dibatalkan.",
    )


@blueprint.post(f"{_ITEM}/mulai")
@requires(Permission.INTERVENTION_REPORT)
def start(intervention_id: UUID) -> ResponseReturnValue:
    """Note that delivery began today."""
    with transaction():
        services.start(**_step(intervention_id, VersionForm()))
    flash("Terapi dimulai.", "success")
    return redirect(url_for(".show", intervention_id=intervention_id), code=303)


@blueprint.route(f"{_ITEM}/selesai", methods=_BOTH)
@requires(Permission.INTERVENTION_REPORT)
def close(intervention_id: UUID) -> ResponseReturnValue:
    """End a therapy with its result."""
    return _form_page(
        intervention_id,
        CloseForm,
        "interventions/close.html",
        lambda form: services.close(
            **_step(intervention_id, form),
            result=form.result.data,
            result_note=form.result_note.data,
            closed_on=form.closed_on.data,
        ),
        "Terapi selesai.",
        closed_on=local_today(),
    )


@blueprint.route(f"{_ITEM}/hasil", methods=_BOTH)
@requires(Permission.INTERVENTION_REPORT)
def settle(intervention_id: UUID) -> ResponseReturnValue:
    """Tell the result of a therapy that could not be measured when it ended."""
    return _form_page(
        intervention_id,
        ResultForm,
        "interventions/settle.html",
        lambda form: services.settle_result(
            **_step(intervention_id, form),
            result=form.result.data,
            result_note=form.result_note.data,
        ),
        "Hasil terapi dicatat.",
    )


def _details_page(
    intervention_id: UUID, template: str, save: Callable[[Any], object], done: str
) -> ResponseReturnValue:
    scope = current_scope()
    offer = queries.offer_of(scope, intervention_id)
    form = DetailsForm(data=offer.defaults)
    form.offer_people(queries.people(offer.mentor_id, current_account_id(), offer.responsible_id))
    status = _attempt(form, lambda: save(form))
    if status is None:
        flash(done, "success")
        return redirect(url_for(".show", intervention_id=intervention_id), code=303)
    item = queries.item(scope, intervention_id)
    return render_template(template, form=form, offer=offer, item=item), status


def _form_page(
    intervention_id: UUID,
    form_class: type[VersionForm],
    template: str,
    save: Callable[[Any], object],
    done: str,
    **defaults: Any,
) -> ResponseReturnValue:
    item = queries.item(current_scope(), intervention_id)
    form = form_class(data={"version": item.version, **defaults})
    status = _attempt(form, lambda: save(form))
    if status is None:
        flash(done, "success")
        return redirect(url_for(".show", intervention_id=intervention_id), code=303)
    return render_template(template, form=form, item=item), status


def _attempt(form: Any, save: Callable[[], object]) -> int | None:
    """Save a posted form in its own transaction: None when saved, else the page's status."""
    if not form.is_submitted():
        return 200
    if not form.validate():
        return 422
    try:
        with transaction():
            save()
    except (Conflict, InvalidInput, WrongState) as refusal:
        form.add_errors(refusal)
        return 422 if isinstance(refusal, InvalidInput) else 409
    return None


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


def _step(intervention_id: UUID, form: VersionForm) -> dict[str, Any]:
    return {"intervention_id": intervention_id, "version": form.seen_version, **_actor()}


def _actor() -> dict[str, Any]:
    return {"scope": current_scope(), "by": current_account_id()}
