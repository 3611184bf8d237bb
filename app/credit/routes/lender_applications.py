"""Applications as those who work for a lender handle them, up to giving the money."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.permissions import Permission
from app.credit.forms.applications import PayOutForm, StepForm, pay_out_answers
from app.credit.queries.applications import LoanPage, borrowers, ended_at, loan_page, waiting_at
from app.credit.queries.loan_reach import borrower
from app.credit.queries.reach import own_lenders
from app.credit.routes.applications import application_form
from app.credit.routes.steps import STEPS
from app.credit.services import applications
from app.credit.services.disbursing import disburse
from app.history.responses import note_shown
from app.market.routes.channels import around, page_number
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint(
    "loan_applications",
    __name__,
    url_prefix="/koperasi/pengajuan",
    template_folder="../templates",
)
_LOAN = "/<uuid:loan_id>"
_NEW = "/baru/<uuid:lender_id>"
_BOTH = ["GET", "POST"]


@blueprint.get("")
@requires(Permission.LENDER_WORK)
def index() -> ResponseReturnValue:
    """What waits, page by page, and beside its first page what was refused."""
    scope, number = current_scope(), page_number()
    waiting, has_more = waiting_at(scope, page=number)
    ended = [] if number else ended_at(scope)
    note_shown(enterprises=[one.enterprise_id for one in (*waiting, *ended)])
    return render_template(
        "credit/applications.html",
        waiting=waiting,
        ended=ended,
        lenders=[one for one in own_lenders(scope) if not (one.is_forming or one.is_closed)],
        **around(number, has_more, ".index"),
    )


@blueprint.get(_NEW)
@requires(Permission.LENDER_WORK)
def choose(lender_id: UUID) -> ResponseReturnValue:
    """For whom a new application is."""
    found = borrowers(current_scope(), lender_id)
    note_shown(enterprises=[key for key, *_ in found])
    return render_template("credit/application_choose.html", lender_id=lender_id, found=found)


@blueprint.route(f"{_NEW}/<uuid:enterprise_id>", methods=_BOTH)
@requires(Permission.LENDER_WORK)
def add(lender_id: UUID, enterprise_id: UUID) -> ResponseReturnValue:
    """A new application of somebody who agreed to be seen."""
    row = borrower(current_scope(), enterprise_id, lender_id)
    form = application_form().know_lenders(_lender(lender_id))
    made: list[UUID] = []
    status = attempt(
        form,
        lambda: made.append(
            applications.draft_loan(
                as_lender=True,
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
        back=url_for(".index"),
        has_lenders=True,
    ), status


@blueprint.get(_LOAN)
@requires(Permission.LENDER_WORK)
def show(loan_id: UUID) -> ResponseReturnValue:
    """One application."""
    page = _page(loan_id)
    return render_template("credit/application.html", page=page, as_lender=True)


@blueprint.route(f"{_LOAN}/ubah", methods=_BOTH)
@requires(Permission.LENDER_WORK)
def change(loan_id: UUID) -> ResponseReturnValue:
    """Change a draft."""
    page = _page(loan_id)
    form = application_form(page).know_lenders(_lender(page.row.lender_id))
    status = attempt(
        form,
        lambda: applications.change_draft(
            as_lender=True,
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
@requires(Permission.LENDER_WORK)
def give(loan_id: UUID) -> ResponseReturnValue:
    """Hand in what a lender's officer drafted."""
    return _step(loan_id, "serahkan", applications.hand_in, as_lender=True)


@blueprint.route(f"{_LOAN}/kembalikan", methods=_BOTH)
@requires(Permission.LENDER_WORK)
def send_back(loan_id: UUID) -> ResponseReturnValue:
    """Give it back to be changed."""
    return _step(loan_id, "kembalikan", applications.send_back, is_reasoned=True)


@blueprint.route(f"{_LOAN}/periksa", methods=_BOTH)
@requires(Permission.LENDER_WORK)
def check(loan_id: UUID) -> ResponseReturnValue:
    """Have checked it."""
    return _step(loan_id, "periksa", applications.check, is_reasoned=True)


@blueprint.route(f"{_LOAN}/komite", methods=_BOTH)
@requires(Permission.LENDER_WORK)
def to_committee(loan_id: UUID) -> ResponseReturnValue:
    """Bring it before those who decide."""
    return _step(loan_id, "komite", applications.to_committee, is_reasoned=True)


@blueprint.route(f"{_LOAN}/setujui", methods=_BOTH)
@requires(Permission.LENDER_WORK)
def decide(loan_id: UUID) -> ResponseReturnValue:
    """One person's word to lend."""
    return _step(loan_id, "setujui", applications.decide, is_reasoned=True)


@blueprint.route(f"{_LOAN}/tolak", methods=_BOTH)
@requires(Permission.LENDER_WORK)
def refuse(loan_id: UUID) -> ResponseReturnValue:
    """Refuse it with a reason."""
    return _step(loan_id, "tolak", applications.refuse, is_reasoned=True)


@blueprint.route(f"{_LOAN}/batal", methods=_BOTH)
@requires(Permission.LENDER_WORK)
def call_off(loan_id: UUID) -> ResponseReturnValue:
    """Call it off."""
    return _step(loan_id, "batal", applications.cancel, is_reasoned=True, as_lender=True)


@blueprint.route(f"{_LOAN}/cairkan", methods=_BOTH)
@requires(Permission.LENDER_WORK)
def pay_out(loan_id: UUID) -> ResponseReturnValue:
    """One person's word to give the money."""
    page = _page(loan_id)
    form = PayOutForm(data=pay_out_answers(page.row))
    return _posted(
        page,
        form,
        "cairkan",
        lambda: disburse(
            loan_id=loan_id,
            version=form.seen_version,
            **form.days(),
            **actor(),
        ),
    )


def _step(
    loan_id: UUID,
    step: str,
    service: Callable[..., object],
    *,
    is_reasoned: bool = False,
    **further: Any,
) -> ResponseReturnValue:
    page = _page(loan_id)
    form = StepForm(data={"version": page.row.version})

    def save() -> object:
        reason = {"reason": form.reason.data or ""} if is_reasoned else {}
        return service(loan_id=loan_id, version=form.seen_version, **reason, **further, **actor())

    return _posted(page, form, step, save)


def _posted(
    page: Any, form: StepForm, step: str, save: Callable[[], object]
) -> ResponseReturnValue:
    status = attempt(form, save)
    back = url_for(".show", loan_id=page.row.id)
    if status is None:
        flash(STEPS[step].done, "success")
        return redirect(back, code=303)
    return render_template(
        "credit/application_step.html", page=page, form=form, step=STEPS[step], back=back
    ), status


def _page(loan_id: UUID) -> LoanPage:
    page = loan_page(current_scope(), loan_id, as_lender=True)
    note_shown(enterprises=[page.enterprise.id], one=True)
    return page


def _lender(lender_id: UUID) -> list[Any]:
    return [one for one in own_lenders(current_scope()) if one.id == lender_id]
