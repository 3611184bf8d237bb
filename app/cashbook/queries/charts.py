"""Sales and surplus month by month: of the book, else of the diary, else nothing at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import case, extract, func, select

from app.cashbook.queries.diaries import diary_lines
from app.cashbook.queries.lines import BOOK as OWN
from app.cashbook.queries.lines import lines_of
from app.cashbook.rules.diaries import FiveNumbers
from app.cashbook.rules.entries import COSTS, SALES
from app.core.clock import local_today
from app.core.day_words import long_month
from app.core.months import add_months, first_of
from app.core.scope import Scope
from app.db import db
from app.enterprises.queries import enterprise as enterprise_within

SHOWN_MONTHS = 24
# Where from what is known of a month comes. Of a month in which only channels paid, nobody knows
# what it cost.
BOOK, DIARY, CHANNELS = "buku kas", "catatan bulanan", "pembayaran kanal saja"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPoint:
    """One month; None is not known, and `source` says where from what is known comes."""

    month: date
    sales: int | None = None
    costs: int | None = None
    source: str = ""

    @property
    def surplus(self) -> int | None:
        """What was left; None where one of the two is not known."""
        if self.sales is None or self.costs is None:
            return None
        return self.sales - self.costs

    @property
    def label(self) -> str:
        """The month in words."""
        return long_month(self.month)

    @property
    def code(self) -> str:
        """The month as addresses name it."""
        return f"{self.month:%Y-%m}"

    @property
    def is_from_book(self) -> bool:
        """Whether there are lines behind it."""
        return self.source == BOOK


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The last months of an enterprise that are over, the oldest first."""

    enterprise_id: UUID
    enterprise_name: str
    points: tuple[MonthPoint, ...]

    @property
    def latest_first(self) -> tuple[MonthPoint, ...]:
        """The months as a list shows them."""
        return self.points[::-1]

    @property
    def known_count(self) -> int:
        """Of how many months something is known."""
        return sum(point.source != "" for point in self.points)


def course_of(scope: Scope, enterprise_id: UUID, *, count: int = SHOWN_MONTHS) -> Course:
    """Sales and surplus of so many months that are over.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    running = first_of(local_today())
    months = [add_months(running, place - count) for place in range(count)]
    booked = _booked(enterprise.id, months[0], running - timedelta(days=1))
    told = {line.month: line.told for line in diary_lines(enterprise.id, months)}
    return Course(
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        points=tuple(_point(month, booked.get(month), told[month]) for month in months),
    )


def _point(month: date, booked: MonthPoint | None, told: FiveNumbers | None) -> MonthPoint:
    """What the book says of a month, else what the owner told, else what channels paid."""
    if booked is not None and booked.is_from_book:
        return booked
    if told is not None and not told.is_empty:
        return MonthPoint(month=month, sales=told.sales, costs=told.costs, source=DIARY)
    return booked or MonthPoint(month=month)


def _booked(enterprise_id: UUID, first: date, last: date) -> dict[date, MonthPoint]:
    """The months in which something was sold or spent, by one statement."""
    every = lines_of([enterprise_id]).subquery()
    year, month = extract("year", every.c.happened_on), extract("month", every.c.happened_on)
    is_sale, is_cost = every.c.category == SALES, every.c.category.in_(COSTS)
    rows = db.session.execute(
        select(
            year.label("year"),
            month.label("month"),
            func.sum(case((every.c.source == OWN, 1), else_=0)).label("own"),
            func.coalesce(func.sum(case((is_sale, every.c.amount), else_=0)), 0).label("sales"),
            func.coalesce(func.sum(case((is_cost, every.c.amount), else_=0)), 0).label("costs"),
        )
        .where(every.c.happened_on.between(first, last), every.c.settles_id.is_(None))
        .group_by(year, month)
    )
    points = (
        MonthPoint(
            month=date(int(row.year), int(row.month), 1),
            sales=int(row.sales),
            costs=int(row.costs) if row.own else None,
            source=BOOK if row.own else CHANNELS,
        )
        for row in rows
    )
    return {point.month: point for point in points}
