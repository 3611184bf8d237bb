"""One therapy, from its approval to its result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account_id, current_scope, requires
from app.core.clock import local_today
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.interventions import queries, services
from app.interventions.forms import CloseForm, DetailsForm, ReasonForm, ResultForm, VersionForm
from app.interventions.routes.blueprint import blueprint
from app.interventions.routes.steps import BOTH, attempt, form_page, step

_ITEM = "/terapi/<uuid:intervention_id>"


@blueprint.get(_ITEM)
@requires(Permission.INTERVENTION_READ)
def show(intervention_id: UUID) -> ResponseReturnValue:
    """One therapy, its story and its effect."""
    item = queries.item(current_scope(), intervention_id)
    return render_template(
        "interventions/show.html",
        item=item,
        referrals=queries.referrals_of(current_scope(), intervention_id),
        start_form=VersionForm(data={"version": item.version}),
    )


@blueprint.route(f"{_ITEM}/putuskan", methods=BOTH)
@requires(Permission.INTERVENTION_DECIDE)
def decide(intervention_id: UUID) -> ResponseReturnValue:
    """Approve a proposal, changed or as it is."""
    return _details_page(
        intervention_id,
        "interventions/decide.html",
        lambda form: services.approve(
            **step(intervention_id, form),
            details=form.details(),
            gates_checked=form.gates_checked.data,
        ),
        "Terapi disetujui.",
    )


@blueprint.route(f"{_ITEM}/ubah", methods=BOTH)
@requires(Permission.INTERVENTION_DECIDE)
def change(intervention_id: UUID) -> ResponseReturnValue:
    """Change who, when and how much."""
    return _details_page(
        intervention_id,
        "interventions/change.html",
        lambda form: services.change(**step(intervention_id, form), details=form.details()),
        "Rencana terapi diubah.",
    )


@blueprint.route(f"{_ITEM}/tolak", methods=BOTH)
@requires(Permission.INTERVENTION_DECIDE)
def refuse(intervention_id: UUID) -> ResponseReturnValue:
    """Refuse a proposal with a reason."""
    return _reason_page(intervention_id, "refuse", services.refuse, "Usulan ditolak.")


@blueprint.route(f"{_ITEM}/batal", methods=BOTH)
@requires(Permission.INTERVENTION_DECIDE)
def cancel(intervention_id: UUID) -> ResponseReturnValue:
    """End a therapy that will not be delivered."""
    return _reason_page(intervention_id, "cancel", services.cancel, "Terapi dibatalkan.")


@blueprint.post(f"{_ITEM}/mulai")
@requires(Permission.INTERVENTION_REPORT)
def start(intervention_id: UUID) -> ResponseReturnValue:
    """Note that delivery began today."""
    with transaction():
        services.start(**step(intervention_id, VersionForm()))
    flash("Terapi dimulai.", "success")
    return redirect(url_for(".show", intervention_id=intervention_id), code=303)


@blueprint.route(f"{_ITEM}/selesai", methods=BOTH)
@requires(Permission.INTERVENTION_REPORT)
def close(intervention_id: UUID) -> ResponseReturnValue:
    """End a therapy with its result."""
    return form_page(
        intervention_id,
        CloseForm,
        "interventions/close.html",
        lambda form: services.close(
            **step(intervention_id, form),
            result=form.result.data,
            result_note=form.result_note.data,
            closed_on=form.closed_on.data,
            spent=form.spent.data,
            spent_reason=form.spent_reason.data,
        ),
        "Terapi selesai.",
        closed_on=local_today(),
        **queries.told_result(current_scope(), intervention_id),
    )


@blueprint.route(f"{_ITEM}/hasil", methods=BOTH)
@requires(Permission.INTERVENTION_REPORT)
def settle(intervention_id: UUID) -> ResponseReturnValue:
    """Tell the result of a therapy that could not be measured when it ended."""
    return form_page(
        intervention_id,
        ResultForm,
        "interventions/settle.html",
        lambda form: services.settle_result(
            **step(intervention_id, form),
            result=form.result.data,
            result_note=form.result_note.data,
        ),
        "Hasil terapi dicatat.",
    )


def _reason_page(
    intervention_id: UUID, name: str, end: Callable[..., object], done: str
) -> ResponseReturnValue:
    """The page `name`, on which a therapy is ended with a reason."""
    return form_page(
        intervention_id,
        ReasonForm,
        f"interventions/{name}.html",
        lambda form: end(**step(intervention_id, form), reason=form.reason.data),
        done,
    )


def _details_page(
    intervention_id: UUID, template: str, save: Callable[[Any], object], done: str
) -> ResponseReturnValue:
    scope = current_scope()
    offer = queries.offer_of(scope, intervention_id)
    form = DetailsForm(data=offer.defaults)
    form.offer_people(queries.people(offer.mentor_id, current_account_id(), offer.responsible_id))
    status = attempt(form, lambda: save(form))
    if status is None:
        flash(done, "success")
        return redirect(url_for(".show", intervention_id=intervention_id), code=303)
    item = queries.item(scope, intervention_id)
    return render_template(template, form=form, offer=offer, item=item), status
