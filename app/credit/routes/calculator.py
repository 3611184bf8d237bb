"""The loan calculator: by itself, for an enterprise, and its schedule on paper."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.permissions import Permission
from app.credit.forms.calculator import SECOND, LoanForm, known_answers
from app.credit.queries.carriers import KnownCarrier, known_carrier
from app.credit.queries.offers import offers
from app.credit.responses import schedule_pdf
from app.credit.rules.affordability import affordability
from app.credit.rules.calculation import calculated, compared
from app.credit.rules.offers import outside
from app.printing.responses import pdf_response
from app.web.access import current_scope, requires

blueprint = Blueprint("loan_calculator", __name__, template_folder="../templates")


@blueprint.get("/pinjaman/hitung")
@requires(Permission.CREDIT_READ)
def show() -> ResponseReturnValue:
    """Calculate without keeping anything."""
    return _page(LoanForm(request.args), None)


@blueprint.get("/usaha/<uuid:enterprise_id>/pinjaman/hitung")
@requires(Permission.CASHBOOK_READ)
def enterprise(enterprise_id: UUID) -> ResponseReturnValue:
    """Calculate for an enterprise, beginning with what its cash book says."""
    known = known_carrier(current_scope(), enterprise_id)
    form = LoanForm(request.args) if request.args else LoanForm(data=known_answers(known))
    return _page(form, known)


@blueprint.get("/pinjaman/hitung/jadwal.pdf")
@requires(Permission.CREDIT_READ)
def paper() -> ResponseReturnValue:
    """The schedule of one loan to print; what makes no loan is told on the page."""
    form = LoanForm(request.args).know(offers(on=local_today()))
    if not form.validate():
        return redirect(url_for(".show", **form.address(request.args)), code=303)
    found = calculated(form.terms(), form.name())
    return pdf_response(schedule_pdf(found, form.offer()), filename="jadwal-angsuran.pdf")


def _page(form: LoanForm, known: KnownCarrier | None) -> ResponseReturnValue:
    form.know(offers(on=local_today()))
    # A link from an offer fills in what it offers, and asks for nothing yet.
    is_valid = "jumlah" in request.args and form.validate()
    one = calculated(form.terms(), form.name()) if is_valid else None
    other = calculated(form.terms(SECOND), form.name(SECOND)) if one and form.has_second else None
    offer = form.offer()
    return render_template(
        "credit/calculator.html",
        form=form,
        known=known,
        one=one,
        other=other,
        sentence=compared(one, other) if one and other else "",
        outside=outside(offer, one.terms) if one and offer else (),
        carried=affordability(form.carrier(), one.terms, one.schedule.largest)
        if one and form.asks_to_carry
        else None,
        paper=form.address(request.args),
        asking=form.asking(request.args),
    )
