"""The loans of an owner's own enterprises, as they see them: what is left, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select

from app.credit.models import Instalment, Lender, Loan, RepaymentPart
from app.credit.rules.collectability import days_in_arrears
from app.credit.rules.loan_states import OPEN
from app.db import db


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLoan:
    """One loan. `left` is what is owed of the principal, `next_amount` what is still to be paid of
    the oldest payment that is not wholly paid; `days_late` says for how long it waits."""

    id: UUID
    lender_name: str
    left: int
    next_due_on: date | None
    next_amount: int
    days_late: int


def own_loans(enterprise_id: UUID, *, on: date) -> tuple[OwnLoan, ...]:
    """The loans that run, of an enterprise that the caller found within its scope."""
    paid = func.coalesce(func.sum(RepaymentPart.principal + RepaymentPart.interest), 0)
    rows = db.session.execute(
        select(
            Loan.id,
            Lender.name,
            Loan.principal_left,
            Loan.next_due_on,
            Instalment.principal,
            Instalment.interest,
            paid.label("paid"),
        )
        .join(Lender, Lender.id == Loan.lender_id)
        .outerjoin(
            Instalment,
            and_(
                Instalment.loan_id == Loan.id,
                Instalment.schedule_no == Loan.schedule_no,
                Instalment.due_on == Loan.next_due_on,
            ),
        )
        .outerjoin(RepaymentPart, RepaymentPart.instalment_id == Instalment.id)
        .where(Loan.enterprise_id == enterprise_id, Loan.state.in_(OPEN))
        .group_by(
            Loan.id,
            Lender.name,
            Loan.principal_left,
            Loan.next_due_on,
            Instalment.principal,
            Instalment.interest,
        )
        .order_by(Lender.name, Loan.id)
    )
    return tuple(_loan(row, on) for row in rows)


def _loan(row: Any, on: date) -> OwnLoan:
    return OwnLoan(
        id=row.id,
        lender_name=row.name,
        left=row.principal_left,
        next_due_on=row.next_due_on,
        next_amount=max(0, (row.principal or 0) + (row.interest or 0) - int(row.paid)),
        days_late=days_in_arrears(row.next_due_on, on),
    )
