"""Debts outside the books of lenders: for mentor and office alone."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.permissions import Permission
from app.credit.forms.debts import DebtForm, shown_debt
from app.credit.queries.debts import DebtPage, debt_page, debt_told, newest_of
from app.credit.services.debts import end_debt, record_debt
from app.db.transaction import transaction
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint(
    "informal_debts",
    __name__,
    url_prefix="/usaha/<uuid:enterprise_id>/utang",
    template_folder="../templates",
)


@blueprint.get("")
@requires(Permission.DEBT_READ)
def enterprise(enterprise_id: UUID) -> ResponseReturnValue:
    """The debts that the owner told of."""
    return render_template("credit/debts.html", page=debt_page(current_scope(), enterprise_id))


@blueprint.route("/baru", methods=["GET", "POST"])
@requires(Permission.DEBT_WRITE)
def new(enterprise_id: UUID) -> ResponseReturnValue:
    """Tell of a debt."""
    page = debt_page(current_scope(), enterprise_id)
    return _tell(page, DebtForm(data={"told_on": local_today()}), None)


@blueprint.route("/<uuid:informal_debt_id>", methods=["GET", "POST"])
@requires(Permission.DEBT_WRITE)
def change(enterprise_id: UUID, informal_debt_id: UUID) -> ResponseReturnValue:
    """Tell anew how a debt stands, as it was told last; nothing is sent over what is newer."""
    page = debt_page(current_scope(), enterprise_id)
    if request.method == "GET":
        newest = newest_of(enterprise_id, informal_debt_id)
        if newest is None:
            return redirect(url_for(".enterprise", enterprise_id=enterprise_id))
        if newest != informal_debt_id:
            return redirect(
                url_for(".change", enterprise_id=enterprise_id, informal_debt_id=newest)
            )
    line = debt_told(enterprise_id, informal_debt_id)
    shown = {**shown_debt(line), "told_on": local_today()}
    return _tell(page, DebtForm(data=shown), informal_debt_id)


@blueprint.post("/<uuid:informal_debt_id>/lunas")
@requires(Permission.DEBT_WRITE)
def end(enterprise_id: UUID, informal_debt_id: UUID) -> ResponseReturnValue:
    """It is paid back, or was none."""
    with transaction():
        end_debt(enterprise_id=enterprise_id, debt_id=informal_debt_id, **actor())
    flash("Utang ditandai selesai.", "success")
    return redirect(url_for(".enterprise", enterprise_id=enterprise_id), code=303)


def _tell(page: DebtPage, form: DebtForm, corrects_id: UUID | None) -> ResponseReturnValue:
    def save() -> None:
        record_debt(
            enterprise_id=page.enterprise_id,
            debt_id=form.key,
            corrects_id=corrects_id,
            told=form.told(),
            **actor(),
        )

    status = attempt(form, save)
    if status is None:
        flash("Catatan utang tersimpan.", "success")
        return redirect(url_for(".enterprise", enterprise_id=page.enterprise_id), code=303)
    return render_template(
        "credit/debt_form.html", form=form, page=page, is_known=corrects_id is not None
    ), status
