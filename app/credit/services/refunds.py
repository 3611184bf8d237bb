"""Giving back what was paid beyond a loan, in hand or into savings; undone by a new row."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.credit.models import Lender, Loan, LoanRefund, Member
from app.credit.queries.lender_loans import own_loan
from app.credit.queries.refunds import overpaid_since, own_refund, saver_of
from app.credit.rules.refunds import AS_SAVING, check_refund, check_refund_day
from app.credit.rules.savings import FREE, IN
from app.credit.services.carrying_down import carry_overpaid
from app.credit.services.receipts import REFUND, next_receipt
from app.credit.services.savings import save, take_back
from app.db import db
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record

register_actions(
    {
        "loan_refund.given": "Lebih bayar pinjaman dikembalikan",
        "loan_refund.undone": "Pengembalian lebih bayar dibatalkan",
    }
)
register_fields("loan_refund", {"receipt": FieldWording(label="Nomor bukti")})


def give_back(
    *,
    scope: Scope,
    by: UUID,
    refund_id: UUID,
    loan_id: UUID,
    amount: int,
    way: str,
    given_on: date,
    note: str = "",
) -> LoanRefund:
    """Note that an overpayment was given back, or put it into the borrower's free savings.

    The same content under the same id is kept once.

    Raises:
        NotFound: the loan is none that the caller reaches.
        Conflict: the id stands for another refund.
        InvalidInput, WrongState: see `check_refund`; the borrower has no savings here.
    """
    loan = own_loan(scope, loan_id, locked=True)
    known = db.session.get(LoanRefund, refund_id)
    if known is not None:
        return _same(known, loan, amount=amount, way=way, given_on=given_on, note=note)
    check_refund(amount=amount, way=way, overpaid=loan.overpaid)
    member = _saver(loan) if way == AS_SAVING else None
    days = [overpaid_since(loan) or given_on, *([member.joined_on] if member else [])]
    check_refund_day(given_on, first=max(days), today=local_today(), way=way)
    made = LoanRefund(
        id=refund_id, amount=amount, way=way, given_on=given_on, note=note, recorded_by=by
    )
    if member is not None:
        made.saving_row_id = _saved(made, member, scope)
    return _keep(made, loan, "loan_refund.given")


def undo_refund(
    *, scope: Scope, by: UUID, undo_id: UUID, refund_id: UUID, reason: str
) -> LoanRefund:
    """Take a refund back by a row that names it; what was put into savings leaves them.

    Raises:
        NotFound: it is none that the caller reaches.
        InvalidInput: no reason.
        Conflict: it was undone, or is itself an undoing.
        WrongState: what was put into savings was taken out since.
    """
    _, wrong = own_refund(scope, refund_id)
    loan = own_loan(scope, wrong.loan_id, locked=True)
    undone = select(LoanRefund).where(LoanRefund.undoes_id == refund_id)
    done: LoanRefund | None = db.session.scalar(undone)
    if done is not None and done.id == undo_id:
        return done
    if done is not None or wrong.undoes_id is not None:
        raise Conflict("refund_undone", message="Pengembalian ini sudah dibatalkan.")
    if not reason.strip():
        raise InvalidInput("reason", field="reason", message="Tulis alasannya.")
    made = LoanRefund(
        id=undo_id,
        amount=wrong.amount,
        way=wrong.way,
        given_on=local_today(),
        note=reason.strip(),
        undoes_id=wrong.id,
        recorded_by=by,
    )
    if wrong.saving_row_id is not None:
        made.saving_row_id = take_back(
            scope=scope,
            by=by,
            row_id=new_id(),
            undone_id=wrong.saving_row_id,
            note="Pengembalian lebih bayar dibatalkan",
        ).id
    return _keep(made, loan, "loan_refund.undone")


def check_not_refunded(loan: Loan, beyond: int) -> None:
    """Refuse to take back a repayment of which what was beyond the loan was given back.

    Raises:
        WrongState: it was.
    """
    if beyond > loan.overpaid:
        message = "Lebih bayarnya sudah dikembalikan. Batalkan pengembaliannya dahulu."
        raise WrongState("refunded_since", message=message)


def _saver(loan: Loan) -> Member:
    member = saver_of(loan)
    if member is None:
        message = "Peminjam bukan anggota lembaga ini. Serahkan uangnya."
        raise InvalidInput("no_member", field="way", message=message)
    return member


def _saved(made: LoanRefund, member: Member, scope: Scope) -> UUID:
    return save(
        scope=scope,
        by=made.recorded_by,
        row_id=new_id(),
        member_id=member.id,
        kind=FREE,
        direction=IN,
        amount=made.amount,
        happened_on=made.given_on,
        note="Dari lebih bayar pinjaman",
    ).id


def _same(
    known: LoanRefund, loan: Loan, *, amount: int, way: str, given_on: date, note: str
) -> LoanRefund:
    said = (loan.id, None, amount, way, given_on, note)
    kept = (known.loan_id, known.undoes_id, known.amount, known.way, known.given_on, known.note)
    if kept != said:
        message = "Formulir ini sudah dipakai untuk pengembalian lain. Muat ulang."
        raise Conflict("refund_other", message=message)
    return known


def _keep(made: LoanRefund, loan: Loan, action: str) -> LoanRefund:
    last = select(func.coalesce(func.max(LoanRefund.turn), 0)).where(LoanRefund.loan_id == loan.id)
    made.loan_id, made.lender_id = loan.id, loan.lender_id
    made.turn = int(db.session.scalar(last) or 0) + 1
    made.receipt = next_receipt(db.session.get_one(Lender, loan.lender_id), REFUND)
    made.recorded_at = utc_now()
    db.session.add(made)
    carry_overpaid(loan)
    # Amounts stay with the loan: the history is read by more people than loans are.
    record(
        subject_type="loan_refund",
        subject_id=made.id,
        action=action,
        by=made.recorded_by,
        changes={"receipt": [None, made.receipt]},
    )
    return made
