"""Money that comes back: shared out by the rule, carried down at once, undone by a new row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput, WrongState
from app.core.ids import new_id
from app.core.money import format_rupiah
from app.core.scope import Scope
from app.credit.models import Instalment, Lender, Loan, Repayment, RepaymentPart
from app.credit.queries.lender_loans import owed_of, own_loan, own_repayment
from app.credit.queries.loan_rules import loan_rules
from app.credit.queries.settling import settling_parts
from app.credit.rules.allocation import Part, allocated
from app.credit.rules.loan_states import PAYABLE, SETTLED
from app.credit.rules.schedules import MOST_AMOUNT
from app.credit.services.carrying_down import carry_down
from app.credit.services.phone_cards import renewing_card
from app.credit.services.receipts import REPAYMENT, next_receipt
from app.credit.services.refunds import check_not_refunded
from app.db import db
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record

register_actions(
    {
        "repayment.kept": "Angsuran diterima",
        "repayment.undone": "Pembayaran angsuran dibatalkan",
        "repayment.settled": "Pinjaman dilunasi lebih awal",
    }
)
register_fields("repayment", {"receipt": FieldWording(label="Nomor kuitansi")})


def repay(
    *,
    scope: Scope,
    by: UUID,
    repayment_id: UUID,
    loan_id: UUID,
    amount: int,
    paid_on: date,
    note: str = "",
) -> Repayment:
    """Keep a sum that came back and let it pay what is due, then what comes, in the rule's order.

    The same content under the same id is kept once. What is more than all that is owed is kept as
    owed to the borrower; the loan that owes nothing more is settled.

    Raises:
        NotFound: the loan is none that the caller reaches.
        InvalidInput: no amount, or a day before the loan or after today.
        WrongState: nothing is owed.
        Conflict: the id stands for another sum.
    """
    loan = own_loan(scope, loan_id, locked=True)
    known = _known(repayment_id, loan, amount=amount, paid_on=paid_on, note=note)
    if known is not None:
        return known
    lender = _payable(loan, amount, paid_on)
    order = loan_rules(on=paid_on).order(lender.kind)
    parts = allocated(amount, owed_of(loan), on=paid_on, order=order)
    made = _kept(
        Repayment(id=repayment_id, amount=amount, paid_on=paid_on, note=note, recorded_by=by),
        loan,
        parts,
        "repayment.kept",
    )
    with renewing_card(loan):
        carry_down(loan, by=by)
    return made


def settle_early(
    *,
    scope: Scope,
    by: UUID,
    repayment_id: UUID,
    loan_id: UUID,
    amount: int,
    paid_on: date,
    note: str = "",
) -> Repayment:
    """Keep the sum that ends a loan before its time; interest that the rule leaves is given up.

    Raises:
        As `repay`; InvalidInput also when the sum does not settle the loan.
    """
    loan = own_loan(scope, loan_id, locked=True)
    known = _known(repayment_id, loan, amount=amount, paid_on=paid_on, note=note)
    if known is not None:
        return known
    lender = _payable(loan, amount, paid_on)
    parts = settling_parts(loan, lender, on=paid_on)
    needed = sum(one.principal + one.interest for one in parts)
    if amount < needed:
        message = f"Untuk lunas pada tanggal ini perlu {format_rupiah(needed)}."
        raise InvalidInput("settles_not", field="amount", message=message)
    if amount > needed:
        parts.append(Part(instalment_id=None, beyond=amount - needed))
    made = _kept(
        Repayment(id=repayment_id, amount=amount, paid_on=paid_on, note=note, recorded_by=by),
        loan,
        parts,
        "repayment.settled",
    )
    with renewing_card(loan):
        carry_down(loan, by=by, is_settled_early=True)
    return made


def undo_repayment(
    *, scope: Scope, by: UUID, undo_id: UUID, repayment_id: UUID, reason: str
) -> Repayment:
    """Take a repayment back by a row that names it; what it paid is owed again.

    Raises:
        NotFound: it is none that the caller reaches.
        InvalidInput: no reason.
        Conflict: it was undone, is itself an undoing, or the loan was set out anew after it.
        WrongState: what was beyond the loan was given back.
    """
    _, wrong = own_repayment(scope, repayment_id)
    loan = own_loan(scope, wrong.loan_id, locked=True)
    undone = select(Repayment).where(Repayment.undoes_id == repayment_id)
    done: Repayment | None = db.session.scalar(undone)
    if done is not None and done.id == undo_id:
        return done
    if done is not None or wrong.undoes_id is not None:
        raise Conflict("repayment_undone", message="Pembayaran ini sudah dibatalkan.")
    if not reason.strip():
        raise InvalidInput("reason", field="reason", message="Tulis alasannya.")
    parts = _taken_back(wrong, loan)
    check_not_refunded(loan, -sum(one.beyond for one in parts))
    made = _kept(
        Repayment(
            id=undo_id,
            amount=wrong.amount,
            paid_on=local_today(),
            note=reason.strip(),
            undoes_id=wrong.id,
            recorded_by=by,
        ),
        loan,
        parts,
        "repayment.undone",
    )
    with renewing_card(loan):
        carry_down(loan, by=by)
    return made


def _known(key: UUID, loan: Loan, *, amount: int, paid_on: date, note: str) -> Repayment | None:
    known = db.session.get(Repayment, key)
    if known is None:
        return None
    said = (loan.id, None, amount, paid_on, note)
    if (known.loan_id, known.undoes_id, known.amount, known.paid_on, known.note) != said:
        message = "Formulir ini sudah dipakai untuk pembayaran lain. Muat ulang."
        raise Conflict("repayment_other", message=message)
    return known


def _payable(loan: Loan, amount: int, paid_on: date) -> Lender:
    if loan.state == SETTLED:
        raise WrongState("loan_settled", message="Pinjaman ini sudah lunas.")
    if loan.state not in PAYABLE:
        raise WrongState("loan_not_open", message="Pinjaman ini belum dicairkan.")
    if not 0 < amount <= MOST_AMOUNT:
        raise InvalidInput("amount", field="amount", message="Isi jumlah yang diterima.")
    first = loan.disbursed_on or paid_on
    if not first <= paid_on <= local_today():
        message = "Tanggal bayar antara pencairan dan hari ini."
        raise InvalidInput("paid_on", field="paid_on", message=message)
    return db.session.get_one(Lender, loan.lender_id)


def _kept(made: Repayment, loan: Loan, parts: Sequence[Part], action: str) -> Repayment:
    last = select(func.coalesce(func.max(Repayment.turn), 0)).where(Repayment.loan_id == loan.id)
    made.loan_id = loan.id
    made.lender_id = loan.lender_id
    made.turn = int(db.session.scalar(last) or 0) + 1
    # The loan's row is held, the lender's comes last: two can't wait for each other.
    made.receipt = next_receipt(db.session.get_one(Lender, loan.lender_id), REPAYMENT)
    made.recorded_at = utc_now()
    db.session.add(made)
    db.session.flush()
    db.session.add_all(
        RepaymentPart(
            id=new_id(),
            repayment_id=made.id,
            instalment_id=one.instalment_id,
            principal=one.principal,
            interest=one.interest,
            beyond=one.beyond,
        )
        for one in parts
    )
    # Amounts stay with the loan: the history is read by more people than loans are.
    record(
        subject_type="repayment",
        subject_id=made.id,
        action=action,
        by=made.recorded_by,
        changes={"receipt": [None, made.receipt]},
    )
    return made


def _taken_back(wrong: Repayment, loan: Loan) -> list[Part]:
    rows = db.session.execute(
        select(RepaymentPart, Instalment.schedule_no)
        .outerjoin(Instalment, Instalment.id == RepaymentPart.instalment_id)
        .where(RepaymentPart.repayment_id == wrong.id)
    ).all()
    if any(number not in (None, loan.schedule_no) for _, number in rows):
        message = "Sesudah pembayaran ini pinjamannya ditata ulang, jadi tidak dapat dibatalkan."
        raise Conflict("repayment_before", message=message)
    return [
        Part(
            instalment_id=part.instalment_id,
            principal=-part.principal,
            interest=-part.interest,
            beyond=-part.beyond,
        )
        for part, _ in rows
    ]
