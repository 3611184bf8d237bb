"""What a mentor spent: the form, the proof, taking it out again."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.files.responses import photo_response
from app.mentoring import services
from app.mentoring.forms import ExpenseForm
from app.mentoring.queries.expenses import expense_within
from app.mentoring.routes.blueprint import blueprint
from app.mentoring.rules.monthly import month_of
from app.mentoring.services.reports import Spending
from app.web.access import current_account_id, current_scope, requires
from app.web.errors import status_of


@blueprint.get("/pengeluaran/baru")
@requires(Permission.MENTOR_REPORT_WRITE)
def new_expense() -> ResponseReturnValue:
    """The form of an expense."""
    form = ExpenseForm(formdata=None)
    form.spent_on.show(local_today())
    return render_template("mentoring/expense_form.html", form=form)


@blueprint.post("/pengeluaran/baru")
@requires(Permission.MENTOR_REPORT_WRITE)
def add_expense() -> ResponseReturnValue:
    """Keep an expense."""
    form = ExpenseForm()
    if not form.validate_on_submit():
        return render_template("mentoring/expense_form.html", form=form), 422
    values = form.values()
    photo = values.pop("photo")
    try:
        with transaction():
            services.add_expense(
                by=current_account_id(),
                key=form.key,
                spending=Spending(**values),
                photo=photo.stream if photo else None,
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        return render_template("mentoring/expense_form.html", form=form), status_of(refusal)
    flash("Pengeluaran tersimpan.", "success")
    month = month_of(values["spent_on"])
    return redirect(url_for(".report", mentor_id=current_account_id(), code=month.code), code=303)


@blueprint.post("/pengeluaran/<uuid:expense_id>/hapus")
@requires(Permission.MENTOR_REPORT_WRITE)
def remove_expense(expense_id: UUID) -> ResponseReturnValue:
    """Take an own expense out again."""
    by = current_account_id()
    with transaction():
        spent_on = services.remove_expense(by=by, expense_id=expense_id)
    flash("Pengeluaran dihapus.", "success")
    code = month_of(spent_on).code
    return redirect(url_for(".report_list", mentor_id=by, code=code, name="pengeluaran"), code=303)


@blueprint.get("/pengeluaran/<uuid:expense_id>/bukti")
@requires(Permission.MENTOR_REPORT_READ)
def expense_proof(expense_id: UUID) -> ResponseReturnValue:
    """The photo of the proof."""
    return photo_response(expense_within(current_scope(), expense_id).photo_id)
