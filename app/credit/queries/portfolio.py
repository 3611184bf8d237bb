"""How a lender's loans stand on a day, of those who agreed that it sees them.

Whoever took the word back is not counted; the page says so. The classes come from what every loan
carries of its payments, by one GROUP BY; no payment is read for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from app.credit.models import Instalment, Lender, Loan, RepaymentPart
from app.credit.queries.consented import is_consented
from app.credit.queries.loan_rules import loan_rules
from app.credit.rules.collectability import CLASSES, RISK_DAYS, last_due_days
from app.credit.rules.loan_states import OPEN, SETTLED
from app.db import db

# Of what fell due in so many days the repayment rate tells how much came in; a week lies ahead.
RATE_DAYS, WEEK_DAYS = 30, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLine:
    """The running loans of one collectability: how many, and how much principal is left."""

    number: int
    count: int = 0
    principal_left: int = 0

    @property
    def word(self) -> str:
        """What the class is called."""
        return CLASSES[self.number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """A lender's running loans on a day. Shares are of 1; None where there is nothing to share."""

    on: date
    classes: tuple[ClassLine, ...]
    at_risk: int
    at_risk_count: int
    fell_due: int
    came_in: int
    due_count: int
    due_sum: int

    @property
    def count(self) -> int:
        """How many loans run."""
        return sum(line.count for line in self.classes)

    @property
    def principal_left(self) -> int:
        """How much principal is out."""
        return sum(line.principal_left for line in self.classes)

    @property
    def par30(self) -> Fraction | None:
        """What share of the principal has a payment more than 30 days late."""
        return Fraction(self.at_risk, self.principal_left) if self.principal_left else None

    @property
    def repayment_rate(self) -> Fraction | None:
        """What share of what fell due in the last 30 days came in."""
        return Fraction(self.came_in, self.fell_due) if self.fell_due else None


def portfolio(lender_id: UUID, *, on: date) -> Portfolio:
    """How the loans of a lender stand. The caller has made sure that it may be seen."""
    bounds = loan_rules(on=on).bounds(_kind(lender_id))
    rows = db.session.execute(_classes(lender_id, bounds, on)).all()
    classes = {
        number: ClassLine(
            number=number,
            count=sum(row.loans for row in rows if row.number == number),
            principal_left=sum(int(row.left) for row in rows if row.number == number),
        )
        for number in CLASSES
    }
    fell_due, came_in = _due(lender_id, on - timedelta(days=RATE_DAYS - 1), on)[1:]
    last = on + timedelta(days=WEEK_DAYS - 1)
    due_count, due_sum, paid_ahead = _due(lender_id, on, last, states=OPEN)
    return Portfolio(
        on=on,
        classes=tuple(classes.values()),
        at_risk=sum(int(row.left) for row in rows if row.is_at_risk),
        at_risk_count=sum(row.loans for row in rows if row.is_at_risk),
        fell_due=fell_due,
        came_in=came_in,
        due_count=due_count,
        due_sum=due_sum - paid_ahead,
    )


def stands_in(number: int, bounds: Sequence[int], on: date) -> ColumnElement[bool]:
    """The condition that a running loan has a collectability."""
    return _class_of(bounds, on) == number


def is_at_risk(on: date) -> ColumnElement[bool]:
    """The condition that a payment of a running loan is more than 30 days late."""
    late = Loan.next_due_on < on - timedelta(days=RISK_DAYS)
    return and_(Loan.next_due_on.is_not(None), late)


def runs_for(lender_id: UUID, states: Iterable[str] = OPEN) -> tuple[ColumnElement[bool], ...]:
    """The conditions on a loan that it is one of the lender's that it may see."""
    return (
        Loan.lender_id == lender_id,
        Loan.state.in_(tuple(states)),
        is_consented(Loan.owner_id, lender_id),
    )


def _kind(lender_id: UUID) -> str:
    return db.session.scalar(select(Lender.kind).where(Lender.id == lender_id)) or ""


def _class_of(bounds: Sequence[int], on: date) -> ColumnElement[int]:
    days = last_due_days(bounds, on)
    steps: list[Any] = [
        (or_(Loan.next_due_on.is_(None), Loan.next_due_on >= days[0]), 1),
        *((Loan.next_due_on >= day, number) for number, day in enumerate(days[1:], 2)),
    ]
    return case(*steps, else_=len(days) + 1)


def _classes(lender_id: UUID, bounds: Sequence[int], on: date) -> Any:
    number = _class_of(bounds, on).label("number")
    risk = is_at_risk(on).label("is_at_risk")
    return (
        select(
            number,
            risk,
            func.count().label("loans"),
            func.coalesce(func.sum(Loan.principal_left), 0).label("left"),
        )
        .where(*runs_for(lender_id))
        .group_by(number, risk)
    )


def _due(
    lender_id: UUID, first: date, last: date, states: Sequence[str] = (*OPEN, SETTLED)
) -> tuple[int, int, int]:
    """Of the payments due in some days: how many are not wholly paid, what was asked, what paid.

    Of a loan that was settled early only what was paid was asked in the end.
    """
    asked = Instalment.principal + Instalment.interest
    paid = (
        select(func.coalesce(func.sum(RepaymentPart.principal + RepaymentPart.interest), 0))
        .where(RepaymentPart.instalment_id == Instalment.id)
        .correlate(Instalment)
        .scalar_subquery()
    )
    inner = (
        select(case((Loan.state == SETTLED, paid), else_=asked).label("asked"), paid.label("paid"))
        .join(Loan, and_(Loan.id == Instalment.loan_id, Loan.schedule_no == Instalment.schedule_no))
        .where(*runs_for(lender_id, states), Instalment.due_on.between(first, last))
        .subquery()
    )
    row = db.session.execute(
        select(
            func.coalesce(func.sum(case((inner.c.asked > inner.c.paid, 1), else_=0)), 0),
            func.coalesce(func.sum(inner.c.asked), 0),
            func.coalesce(func.sum(inner.c.paid), 0),
        )
    ).one()
    return int(row[0]), int(row[1]), int(row[2])
