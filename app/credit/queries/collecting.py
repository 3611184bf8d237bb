"""For what somebody may take in money at enterprises: loans and memberships of their lenders."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, and_, func, select

from app.core.scope import Scope
from app.credit.models import Instalment, Lender, Loan, Member, RepaymentPart
from app.credit.queries.loan_reach import lent
from app.credit.queries.members import seen
from app.credit.rules.loan_states import OPEN
from app.db import db
from app.enterprises.models import Enterprise


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLoan:
    """A loan that runs; `amount` is what is left of the oldest payment not wholly paid."""

    id: UUID
    enterprise_id: UUID
    lender_name: str
    due_on: date | None
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Saver:
    """A member whose savings may be taken in, by an enterprise of theirs."""

    id: UUID
    enterprise_id: UUID
    lender_name: str
    number: int


def due_loans(scope: Scope, enterprise_ids: Collection[UUID]) -> list[DueLoan]:
    """Loans that run, of lenders that the caller works for and that the owner agreed to.

    Of enterprises that the caller found within its scope. One statement.
    """
    rows = db.session.execute(
        select(
            Loan.id,
            Loan.enterprise_id,
            Lender.name,
            Loan.next_due_on,
            (Instalment.principal + Instalment.interest - _paid()).label("left"),
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
        .where(Loan.enterprise_id.in_(list(enterprise_ids)), Loan.state.in_(OPEN), lent(scope))
        .order_by(Lender.name, Loan.id)
    )
    return [
        DueLoan(
            id=row.id,
            enterprise_id=row.enterprise_id,
            lender_name=row.name,
            due_on=row.next_due_on,
            amount=max(0, int(row.left or 0)),
        )
        for row in rows
    ]


def _paid() -> ScalarSelect[Any]:
    """What came back of an instalment of the query around it."""
    return (
        select(func.coalesce(func.sum(RepaymentPart.principal + RepaymentPart.interest), 0))
        .where(RepaymentPart.instalment_id == Instalment.id)
        .correlate(Instalment)
        .scalar_subquery()
    )


def savers(scope: Scope, enterprise_ids: Collection[UUID]) -> list[Saver]:
    """Members whom the caller may see for their lender, as `due_loans`. One statement."""
    rows = db.session.execute(
        select(Member.id, Enterprise.id.label("enterprise_id"), Lender.name, Member.number)
        .join(Enterprise, Enterprise.owner_id == Member.owner_id)
        .join(Lender, Lender.id == Member.lender_id)
        .where(Enterprise.id.in_(list(enterprise_ids)), Member.left_on.is_(None), seen(scope))
        .order_by(Lender.name, Member.id, Enterprise.id)
    )
    return [
        Saver(
            id=row.id,
            enterprise_id=row.enterprise_id,
            lender_name=row.name,
            number=row.number,
        )
        for row in rows
    ]
