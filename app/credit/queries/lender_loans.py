"""Loans as those who work for a lender reach them: their lender's, of owners who agreed to it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from app.core.errors import NotFound
from app.core.scope import Scope
from app.credit.models import Instalment, Loan, Repayment, RepaymentPart
from app.credit.queries.consented import is_consented
from app.credit.queries.reach import own_lender_ids
from app.credit.rules.allocation import Owed
from app.db import db


def own_loan(scope: Scope, loan_id: UUID, *, locked: bool = False) -> Loan:
    """A loan of a lender that the caller works for; `locked` holds its row until the end.

    Raises:
        NotFound: unknown, of another lender, or its owner does not (or no longer) agree that the
            lender sees the business: the answer is the same.
    """
    lender_id = db.session.scalar(
        select(Loan.lender_id).where(Loan.id == loan_id, Loan.lender_id.in_(own_lender_ids(scope)))
    )
    if lender_id is not None:
        statement = select(Loan).where(Loan.id == loan_id, is_consented(Loan.owner_id, lender_id))
        if locked:
            # What was read before somebody else let go of the row is old.
            statement = statement.with_for_update(of=Loan).execution_options(populate_existing=True)
        found = db.session.scalars(statement).one_or_none()
        if found is not None:
            return found
    raise NotFound("loan_unknown", message="Pinjaman ini tidak ditemukan.")


def own_repayment(scope: Scope, repayment_id: UUID) -> tuple[Loan, Repayment]:
    """A repayment of such a loan, with its loan.

    Raises:
        NotFound: unknown, or of a loan that the caller does not reach: the answer is the same.
    """
    row = db.session.get(Repayment, repayment_id)
    if row is None:
        raise NotFound("repayment_unknown", message="Pembayaran ini tidak ditemukan.")
    try:
        return own_loan(scope, row.loan_id), row
    except NotFound as refusal:
        message = "Pembayaran ini tidak ditemukan."
        raise NotFound("repayment_unknown", message=message) from refusal


def owed_of(loan: Loan) -> list[Owed]:
    """What each payment of the schedule in force still asks for, in its order. One statement."""
    paid_principal = func.coalesce(func.sum(RepaymentPart.principal), 0)
    paid_interest = func.coalesce(func.sum(RepaymentPart.interest), 0)
    rows = db.session.execute(
        select(Instalment, paid_principal, paid_interest)
        .outerjoin(RepaymentPart, RepaymentPart.instalment_id == Instalment.id)
        .where(Instalment.loan_id == loan.id, Instalment.schedule_no == loan.schedule_no)
        .group_by(Instalment.id)
        .order_by(Instalment.number)
    )
    return [
        Owed(
            id=one.id,
            number=one.number,
            due_on=one.due_on,
            principal=one.principal - int(principal),
            interest=one.interest - int(interest),
        )
        for one, principal, interest in rows
    ]
