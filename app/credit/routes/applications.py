"""Loans of an enterprise, as its mentor and the office see them, from the draft on."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.ids import new_id
from app.core.permissions import Permission
from app.credit.forms.applications import ApplicationForm, StepForm, loan_answers
from app.credit.queries.applications import LoanPage, loan_page, loans_of
from app.credit.queries.offers import offers
from app.credit.queries.reach import lenders_near
from app.credit.routes.steps import STEPS
from app.credit.services.applications import cancel, change_draft, draft_loan, hand_in
from app.enterprises.queries import enterprise as enterprise_within
from app.history.responses import note_shown
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint("loans", __name__, template_folder="../templates")
_LOAN = "/pinjaman/pengajuan/<uuid:loan_id>"
_BOTH = ["GET", "POST"]


@blueprint.get("/usaha/<uuid:enterprise_id>/pinjaman")
@requires(Permission.LOAN_READ)
def enterprise(enterprise_id: UUID) -> ResponseReturnValue:
    """The applications and loans of one enterprise."""
    return render_template("credit/loans.html", page=loans_of(current_scope(), enterprise_id))


@blueprint.route("/usaha/<uuid:enterprise_id>/pinjaman/ajukan", methods=_BOTH)
@requires(Permission.LOAN_ASK)
def add(enterprise_id: UUID) -> ResponseReturnValue:
    """A new application, beginning with what was calculated."""
    row = enterprise_within(current_scope(), enterprise_id)
    near = lenders_near([row.village_code])
    form = application_form().know_lenders(near)
    made: list[UUID] = []
    status = attempt(
        form,
        lambda: made.append(
            draft_loan(
                as_lender=False,
                loan_id=form.key,
                enterprise_id=enterprise_id,
                asked=form.asked(),
                **actor(),
            ).id
        ),
    )
    if status is None:
        flash("Draf pengajuan disimpan.", "success")
        return redirect(url_for(".show", loan_id=made[0]), code=303)
    return render_template(
        "credit/application_form.html",
        form=form,
        enterprise_name=row.name,
        back=url_for(".enterprise", enterprise_id=enterprise_id),
        has_lenders=bool(near),
    ), status


@blueprint.get(_LOAN)
@requires(Permission.LOAN_READ)
def show(loan_id: UUID) -> ResponseReturnValue:
    """One application or loan."""
    page = _page(loan_id)
    return render_template("credit/application.html", page=page, as_lender=False)


@blueprint.route(f"{_LOAN}/ubah", methods=_BOTH)
@requires(Permission.LOAN_ASK)
def change(loan_id: UUID) -> ResponseReturnValue:
    """Change a draft."""
    page = _page(loan_id)
    near = lenders_near([page.enterprise.village_code])
    form = application_form(page).know_lenders(near)
    status = attempt(
        form,
        lambda: change_draft(
            as_lender=False,
            loan_id=loan_id,
            version=form.seen_version,
            asked=form.asked(),
            **actor(),
        ),
    )
    if status is None:
        flash("Draf pengajuan diubah.", "success")
        return redirect(url_for(".show", loan_id=loan_id), code=303)
    return render_template(
        "credit/application_form.html",
        form=form,
        enterprise_name=page.enterprise.name,
        back=url_for(".show", loan_id=loan_id),
        has_lenders=True,
    ), status


@blueprint.route(f"{_LOAN}/serahkan", methods=_BOTH)
@requires(Permission.LOAN_ASK)
def give(loan_id: UUID) -> ResponseReturnValue:
    """Hand the application to its lender."""
    page = _page(loan_id)
    form = StepForm(data={"version": page.row.version})
    status = attempt(
        form,
        lambda: hand_in(as_lender=False, loan_id=loan_id, version=form.seen_version, **actor()),
    )
    return _after(page, form, status, "serahkan")


@blueprint.route(f"{_LOAN}/batal", methods=_BOTH)
@requires(Permission.LOAN_ASK)
def call_off(loan_id: UUID) -> ResponseReturnValue:
    """Call the application off."""
    page = _page(loan_id)
    form = StepForm(data={"version": page.row.version})
    status = attempt(
        form,
        lambda: cancel(
            as_lender=False,
            loan_id=loan_id,
            version=form.seen_version,
            reason=form.reason.data or "",
            **actor(),
        ),
    )
    return _after(page, form, status, "batal")


def application_form(page: LoanPage | None = None) -> ApplicationForm:
    """The form, beginning with a loan's answers or with what stands in the address."""
    if page is not None:
        form = ApplicationForm(data=loan_answers(page.row))
    elif request.method == "GET":
        form = ApplicationForm(request.args)
        form.number.data = form.number.data or str(new_id())
    else:
        form = ApplicationForm()
    return form.know(offers(on=local_today()))


def _page(loan_id: UUID) -> LoanPage:
    page = loan_page(current_scope(), loan_id, as_lender=False)
    note_shown(enterprises=[page.enterprise.id], one=True)
    return page


def _after(page: LoanPage, form: StepForm, status: int | None, step: str) -> ResponseReturnValue:
    words = STEPS[step]
    back = url_for(".show", loan_id=page.row.id)
    if status is None:
        flash(words.done, "success")
        return redirect(back, code=303)
    return render_template(
        "credit/application_step.html", page=page, form=form, step=words, back=back
    ), status
