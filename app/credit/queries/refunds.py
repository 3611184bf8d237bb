"""What was given back of what was paid beyond a loan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select

from app.core.errors import NotFound
from app.core.scope import Scope
from app.credit.models import Loan, LoanRefund, Member, Repayment, RepaymentPart
from app.credit.queries.lender_loans import own_loan
from app.credit.rules.refunds import REFUND_WAYS
from app.db import db


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundLine:
    """One row; `undone` and `undoes` are the receipts of the other row of a pair."""

    id: UUID
    receipt: str
    given_on: date
    amount: int
    way_words: str
    note: str
    undone: str | None
    undoes: str | None


def own_refund(scope: Scope, refund_id: UUID) -> tuple[Loan, LoanRefund]:
    """A refund of a loan of the lender that the caller works for, with its loan.

    Raises:
        NotFound: unknown, or of a loan that the caller does not reach: the answer is the same.
    """
    row = db.session.get(LoanRefund, refund_id)
    refusal = NotFound("refund_unknown", message="Pengembalian ini tidak ditemukan.")
    if row is None:
        raise refusal
    try:
        return own_loan(scope, row.loan_id), row
    except NotFound as unseen:
        raise refusal from unseen


def refund_lines(loan_id: UUID) -> tuple[RefundLine, ...]:
    """What was given back of a loan that the caller found, newest first."""
    rows = db.session.scalars(
        select(LoanRefund).where(LoanRefund.loan_id == loan_id).order_by(LoanRefund.turn.desc())
    ).all()
    receipts = {row.id: row.receipt for row in rows}
    undone = {row.undoes_id: row.receipt for row in rows if row.undoes_id is not None}
    return tuple(
        RefundLine(
            id=row.id,
            receipt=row.receipt,
            given_on=row.given_on,
            amount=row.amount,
            way_words=REFUND_WAYS[row.way],
            note=row.note,
            undone=undone.get(row.id),
            undoes=None if row.undoes_id is None else receipts[row.undoes_id],
        )
        for row in rows
    )


def refunded(loan_id: Any) -> Any:
    """The sum that was given back of a loan, as a subquery; `loan_id` is an id or a column."""
    signed = case((LoanRefund.undoes_id.is_(None), LoanRefund.amount), else_=-LoanRefund.amount)
    return (
        select(func.coalesce(func.sum(signed), 0))
        .where(LoanRefund.loan_id == loan_id)
        .correlate(Loan)
        .scalar_subquery()
    )


def saver_of(loan: Loan) -> Member | None:
    """The membership into whose savings an overpayment may go; None: the borrower has none."""
    return db.session.scalars(
        select(Member).where(
            Member.lender_id == loan.lender_id,
            Member.owner_id == loan.owner_id,
            Member.left_on.is_(None),
        )
    ).one_or_none()


def overpaid_since(loan: Loan) -> date | None:
    """The first day on which more than was asked came in."""
    return db.session.scalar(
        select(func.min(Repayment.paid_on))
        .join(RepaymentPart, RepaymentPart.repayment_id == Repayment.id)
        .where(Repayment.loan_id == loan.id, RepaymentPart.beyond > 0)
    )
