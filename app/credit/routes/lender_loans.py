"""Running loans as those who work for the lender see them: list, one, money, papers, decisions."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.errors import NotFound
from app.core.permissions import Permission
from app.credit.forms.lender_loans import (
    SETTLING,
    USUAL,
    RepaymentForm,
    RestructureForm,
    UndoForm,
    WriteOffForm,
)
from app.credit.queries.lender_loans import own_repayment
from app.credit.queries.loan_pages import LISTS, RUNNING, LoanPage, loan_lines, loan_page
from app.credit.queries.portfolio import portfolio
from app.credit.queries.reach import duty_at, own_lender, own_lenders
from app.credit.responses import loan_schedule_pdf, repayment_pdf
from app.credit.rules.collectability import CLASSES
from app.credit.rules.lenders import BOARD
from app.credit.services.repayments import repay, settle_early, undo_repayment
from app.credit.services.restructuring import restructure, write_off
from app.history.responses import note_shown
from app.printing.responses import pdf_response
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint(
    "lender_loans", __name__, url_prefix="/koperasi", template_folder="../templates"
)


@blueprint.get("/pinjaman")
@requires(Permission.LENDER_WORK)
def index() -> ResponseReturnValue:
    """Loans of a lender, the oldest unpaid first; who asks for no list sees how all stand, too."""
    lenders = own_lenders(current_scope())
    if not lenders:
        return render_template("credit/lender_loans.html", lenders=[], lender=None)
    chosen = request.args.get("lembaga", lenders[0].id, type=UUID)
    lender = own_lender(current_scope(), chosen)
    shows, number = request.args.get("daftar"), request.args.get("golongan", type=int)
    shows = shows if shows in LISTS else RUNNING
    number = number if number in CLASSES else None
    page = min(max(request.args.get("halaman", 1, type=int), 1), 10_000)
    lines, has_more = loan_lines(lender, on=local_today(), shows=shows, number=number, page=page)
    note_shown(enterprises=[one.enterprise_id for one in lines])
    return render_template(
        "credit/lender_loans.html",
        lenders=lenders,
        lender=lender,
        found=None
        if {"daftar", "golongan"} & set(request.args)
        else portfolio(lender.id, on=local_today()),
        lists=LISTS,
        shows=shows,
        number=number,
        classes=CLASSES,
        lines=lines,
        previous_page=page - 1,
        next_page=page + 1 if has_more else None,
    )


@blueprint.get("/pinjaman/<uuid:loan_id>")
@requires(Permission.LENDER_WORK)
def show(loan_id: UUID) -> ResponseReturnValue:
    """One loan with its schedule and payments."""
    page = _page(loan_id)
    return render_template("credit/lender_loan.html", page=page, may_decide=_may_decide(page))


@blueprint.get("/pinjaman/<uuid:loan_id>/jadwal.pdf")
@requires(Permission.LENDER_WORK)
def schedule_paper(loan_id: UUID) -> ResponseReturnValue:
    """The schedule in force to print, with its totals; or, asked for by number, an older one."""
    page = _page(loan_id)
    said = request.args.get("jadwal", str(page.loan.schedule_no))
    plan = next((one for one in page.schedules if str(one.number) == said), None)
    if plan is None:
        raise NotFound("no_schedule", message="Pinjaman ini tidak punya jadwal itu.")
    return pdf_response(loan_schedule_pdf(page, plan), filename="jadwal-angsuran.pdf")


@blueprint.route("/pinjaman/<uuid:loan_id>/bayar", methods=["GET", "POST"])
@requires(Permission.LENDER_WORK)
def pay(loan_id: UUID) -> ResponseReturnValue:
    """Take in money for a loan."""
    page = _page(loan_id)
    form = RepaymentForm(data={"way": USUAL, "paid_on": local_today()})
    kept = []

    def save() -> None:
        keep = settle_early if form.way.data == SETTLING else repay
        kept.append(
            keep(
                **actor(),
                repayment_id=form.key,
                loan_id=loan_id,
                amount=form.amount.data or 0,
                paid_on=form.paid_on.data or local_today(),
                note=form.note.data or "",
            ).receipt
        )

    status = attempt(form, save)
    if status is None:
        flash(f"Pembayaran dicatat. Nomor kuitansi {kept[0]}.", "success")
        return redirect(url_for(".show", loan_id=loan_id), code=303)
    return render_template("credit/lender_loan_pay.html", page=page, form=form), status


@blueprint.get("/angsuran/<uuid:repayment_id>/kuitansi.pdf")
@requires(Permission.LENDER_WORK)
def receipt_paper(repayment_id: UUID) -> ResponseReturnValue:
    """The receipt of one payment to print."""
    loan, row = own_repayment(current_scope(), repayment_id)
    page = _page(loan.id)
    return pdf_response(repayment_pdf(page, row.id), filename=f"kuitansi-{row.receipt}.pdf")


@blueprint.route("/angsuran/<uuid:repayment_id>/batal", methods=["GET", "POST"])
@requires(Permission.LENDER_WORK)
def undo(repayment_id: UUID) -> ResponseReturnValue:
    """Take a payment back."""
    loan, row = own_repayment(current_scope(), repayment_id)
    loan_id = loan.id
    note_shown(enterprises=[loan.enterprise_id], one=True)
    form = UndoForm()
    status = attempt(
        form,
        lambda: undo_repayment(
            **actor(),
            undo_id=form.key,
            repayment_id=repayment_id,
            reason=form.reason.data or "",
        ),
    )
    if status is None:
        flash("Pembayaran dibatalkan. Yang dibayarnya terutang lagi.", "success")
        return redirect(url_for(".show", loan_id=loan_id), code=303)
    return (
        render_template("credit/repayment_undo.html", loan_id=loan_id, row=row, form=form),
        status,
    )


@blueprint.route("/pinjaman/<uuid:loan_id>/tata-ulang", methods=["GET", "POST"])
@requires(Permission.LENDER_WORK)
def set_out_anew(loan_id: UUID) -> ResponseReturnValue:
    """Lay a new schedule for what is left; the board decides."""
    page = _page(loan_id)
    form = RestructureForm(
        data={"version": page.loan.version, "gives_up": False, "rate": page.percent}
    )
    status = attempt(
        form,
        lambda: restructure(
            **actor(),
            loan_id=loan_id,
            version=_version(form.version.data),
            terms=form.terms(),
            reason=form.reason.data or "",
        ),
    )
    if status is None:
        flash("Jadwal baru dibuat. Jadwal lama tetap tersimpan.", "success")
        return redirect(url_for(".show", loan_id=loan_id), code=303)
    return _decision(page, form, "Tata ulang pinjaman", status)


@blueprint.route("/pinjaman/<uuid:loan_id>/hapus-buku", methods=["GET", "POST"])
@requires(Permission.LENDER_WORK)
def take_off_the_books(loan_id: UUID) -> ResponseReturnValue:
    """Take a loan off the books; the board decides."""
    page = _page(loan_id)
    form = WriteOffForm(data={"version": page.loan.version})
    status = attempt(
        form,
        lambda: write_off(
            **actor(),
            loan_id=loan_id,
            version=_version(form.version.data),
            reason=form.reason.data or "",
        ),
    )
    if status is None:
        flash("Pinjaman dihapus buku. Pembayaran masih dapat dicatat.", "success")
        return redirect(url_for(".show", loan_id=loan_id), code=303)
    return _decision(page, form, "Hapus buku", status)


def _decision(
    page: LoanPage, form: RestructureForm | WriteOffForm, title: str, status: int
) -> ResponseReturnValue:
    # A link that nobody of the desk is shown: the form would only be refused.
    if not _may_decide(page):
        raise NotFound("loan_unknown", message="Pinjaman ini tidak ditemukan.")
    return (
        render_template("credit/lender_loan_decide.html", page=page, form=form, heading=title),
        status,
    )


def _page(loan_id: UUID) -> LoanPage:
    page = loan_page(current_scope(), loan_id, on=local_today())
    note_shown(enterprises=[page.loan.enterprise_id], one=True)
    return page


def _may_decide(page: LoanPage) -> bool:
    return page.is_open and duty_at(current_scope(), page.loan.lender_id) == BOARD


def _version(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and len(said) < 10 else 0
