"""Giving back what was paid beyond a loan: by those who work for the lender."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.permissions import Permission
from app.credit.forms.lender_loans import RefundForm, UndoForm
from app.credit.queries.loan_pages import LoanPage, loan_page
from app.credit.queries.refunds import own_refund, saver_of
from app.credit.responses import refund_pdf
from app.credit.rules.refunds import AS_SAVING, IN_HAND, REFUND_WAYS
from app.credit.services.refunds import give_back, undo_refund
from app.history.responses import note_shown
from app.printing.responses import pdf_response
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint(
    "loan_refunds", __name__, url_prefix="/koperasi", template_folder="../templates"
)


@blueprint.route("/pinjaman/<uuid:loan_id>/kembalikan", methods=["GET", "POST"])
@requires(Permission.LENDER_WORK)
def add(loan_id: UUID) -> ResponseReturnValue:
    """Note that an overpayment was given back."""
    page = _page(loan_id)
    ways = dict(REFUND_WAYS)
    if saver_of(page.loan) is None:
        del ways[AS_SAVING]
    form = RefundForm(
        data={"way": IN_HAND, "amount": page.loan.overpaid or None, "given_on": local_today()}
    )
    form.way.offer(list(ways.items()))
    kept = []

    def save() -> None:
        kept.append(
            give_back(
                **actor(),
                refund_id=form.key,
                loan_id=loan_id,
                amount=form.amount.data or 0,
                way=form.way.data,
                given_on=form.given_on.data or local_today(),
                note=form.note.data or "",
            ).receipt
        )

    status = attempt(form, save)
    if status is None:
        flash(f"Pengembalian dicatat. Nomor bukti {kept[0]}.", "success")
        return redirect(url_for("lender_loans.show", loan_id=loan_id), code=303)
    return render_template("credit/refund_form.html", page=page, form=form), status


@blueprint.get("/kembalian/<uuid:loan_refund_id>/bukti.pdf")
@requires(Permission.LENDER_WORK)
def paper(loan_refund_id: UUID) -> ResponseReturnValue:
    """The receipt of what was given back, to print and sign."""
    loan, row = own_refund(current_scope(), loan_refund_id)
    sheet = refund_pdf(_page(loan.id), row.id)
    return pdf_response(sheet, filename=f"bukti-{row.receipt}.pdf")


@blueprint.route("/kembalian/<uuid:loan_refund_id>/batal", methods=["GET", "POST"])
@requires(Permission.LENDER_WORK)
def undo(loan_refund_id: UUID) -> ResponseReturnValue:
    """Undo what was noted wrongly."""
    loan, row = own_refund(current_scope(), loan_refund_id)
    page, form = _page(loan.id), UndoForm()
    status = attempt(
        form,
        lambda: undo_refund(
            **actor(),
            undo_id=form.key,
            refund_id=loan_refund_id,
            reason=form.reason.data or "",
        ),
    )
    if status is None:
        flash("Pengembalian dibatalkan. Lebih bayarnya belum kembali.", "success")
        return redirect(url_for("lender_loans.show", loan_id=page.loan.id), code=303)
    return render_template("credit/refund_undo.html", page=page, row=row, form=form), status


def _page(loan_id: UUID) -> LoanPage:
    page = loan_page(current_scope(), loan_id, on=local_today())
    note_shown(enterprises=[page.loan.enterprise_id], one=True)
    return page
