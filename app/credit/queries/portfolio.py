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
from app.credit.queries.consented import is_consented, joined_with_consent
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
    return portfolios([lender_id], on=on)[lender_id]


def portfolios(lender_ids: Iterable[UUID], *, on: date) -> dict[UUID, Portfolio]:
    """How the loans of each lender stand. The caller has made sure that they may be seen."""
    standing = classes_of(lender_ids, on=on)
    due = {key: db.session.execute(_due(key, on)).one() for key in standing}
    return {key: _portfolio(rows, due[key], on) for key, rows in standing.items()}


def classes_of(lender_ids: Iterable[UUID], *, on: date) -> dict[UUID, Sequence[Any]]:
    """The running loans of each lender by collectability and risk: how many, what is left of them.

    A statement for each lender: what is known of one, PostgreSQL plans well, and who works for
    lenders works for few. The caller has made sure that they may be seen.
    """
    rules = loan_rules(on=on)
    lenders = select(Lender.id, Lender.kind).where(Lender.id.in_(set(lender_ids)))
    return {
        row.id: db.session.execute(_classes(row.id, rules.bounds(row.kind), on)).all()
        for row in db.session.execute(lenders.order_by(Lender.id)).all()
    }


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


def _portfolio(rows: Sequence[Any], due: Any, on: date) -> Portfolio:
    return Portfolio(
        on=on,
        classes=tuple(
            ClassLine(
                number=number,
                count=sum(row.loans for row in rows if row.number == number),
                principal_left=sum(int(row.left) for row in rows if row.number == number),
            )
            for number in CLASSES
        ),
        at_risk=sum(int(row.left) for row in rows if row.is_at_risk),
        at_risk_count=sum(row.loans for row in rows if row.is_at_risk),
        fell_due=int(due.fell_due),
        came_in=int(due.came_in),
        due_count=int(due.due_count),
        due_sum=int(due.due_sum),
    )


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
    counted = select(
        number,
        risk,
        func.count().label("loans"),
        func.coalesce(func.sum(Loan.principal_left), 0).label("left"),
    ).where(Loan.lender_id == lender_id, Loan.state.in_(OPEN))
    return joined_with_consent(counted, Loan.owner_id, lender_id).group_by(number, risk)


def _due(lender_id: UUID, on: date) -> Any:
    """Of a lender what fell due in the last days and came in of it, and what is due this week:
    how many payments are not wholly paid, and what is still missing of all.

    Of a loan that was settled early only what was paid was asked in the end.
    """
    # Both engines would look for what was paid wherever the sums below name it.
    one = _payments(lender_id, on).cte("payment").prefix_with("MATERIALIZED")
    asked = case((one.c.state == SETTLED, one.c.paid), else_=one.c.asked)
    fell_due, ahead = one.c.due_on <= on, and_(one.c.due_on >= on, one.c.state != SETTLED)
    return select(
        _sum(fell_due, asked).label("fell_due"),
        _sum(fell_due, one.c.paid).label("came_in"),
        _sum(and_(ahead, one.c.asked > one.c.paid), 1).label("due_count"),
        _sum(ahead, one.c.asked - one.c.paid).label("due_sum"),
    )


def _payments(lender_id: UUID, on: date) -> Any:
    """The payments due from so many days ago to the end of the week, with what was paid of each."""
    first, last = on - timedelta(days=RATE_DAYS - 1), on + timedelta(days=WEEK_DAYS - 1)
    paid = (
        select(func.coalesce(func.sum(RepaymentPart.principal + RepaymentPart.interest), 0))
        .where(RepaymentPart.instalment_id == Instalment.id)
        .correlate(Instalment)
        .scalar_subquery()
    )
    payments = (
        select(
            Loan.state,
            Instalment.due_on,
            (Instalment.principal + Instalment.interest).label("asked"),
            paid.label("paid"),
        )
        .join(
            Instalment,
            and_(Instalment.loan_id == Loan.id, Instalment.schedule_no == Loan.schedule_no),
        )
        .where(
            Loan.lender_id == lender_id,
            Loan.state.in_((*OPEN, SETTLED)),
            Instalment.due_on.between(first, last),
        )
    )
    return joined_with_consent(payments, Loan.owner_id, lender_id)


def _sum(condition: ColumnElement[bool], value: Any) -> Any:
    return func.coalesce(func.sum(case((condition, value), else_=0)), 0)
