"""When enterprises are open, whether they follow seasons, and what their diaries tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from app.cashbook.models import BookHabit, DiaryMonth
from app.cashbook.rules.facts import DiaryFacts
from app.cashbook.rules.habits import USUAL_DAYS
from app.db import db
from app.db.lists import is_among
from app.enterprises.models import Enterprise


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """The weekdays on which an enterprise is open (0 is Monday), and whether it has seasons."""

    weekdays: frozenset[int]
    is_seasonal: bool


USUAL = Habit(weekdays=frozenset(USUAL_DAYS), is_seasonal=False)


def habits_of(enterprise_ids: Collection[UUID]) -> dict[UUID, Habit]:
    """The habits that are not the usual one. The register and the book may both say that an
    enterprise follows seasons; one of them is enough."""
    rows = db.session.execute(
        select(
            Enterprise.id,
            Enterprise.is_seasonal,
            BookHabit.open_weekdays,
            BookHabit.is_seasonal.label("is_seasonal_book"),
        )
        .outerjoin(BookHabit, BookHabit.enterprise_id == Enterprise.id)
        .where(
            is_among(Enterprise.id, enterprise_ids),
            or_(Enterprise.is_seasonal, BookHabit.enterprise_id.is_not(None)),
        )
        .order_by(Enterprise.id)
    )
    return {
        row.id: Habit(
            weekdays=USUAL.weekdays if row.open_weekdays is None else frozenset(row.open_weekdays),
            is_seasonal=bool(row.is_seasonal or row.is_seasonal_book),
        )
        for row in rows
    }


Told = dict[UUID, dict[date, tuple[int | None, int | None]]]


def diary_months(enterprise_ids: Collection[UUID], months: Collection[date]) -> Told:
    """Sales and costs as the diary tells them, by enterprise and first day of the month."""
    rows = db.session.execute(
        select(DiaryMonth.enterprise_id, DiaryMonth.month, DiaryMonth.sales, DiaryMonth.costs)
        .where(
            is_among(DiaryMonth.enterprise_id, enterprise_ids),
            DiaryMonth.month.between(min(months), max(months)),
            DiaryMonth.is_current,
        )
        .order_by(DiaryMonth.enterprise_id, DiaryMonth.month)
    )
    found: Told = {}
    for row in rows:
        if row.month in months:
            found.setdefault(row.enterprise_id, {})[row.month] = (row.sales, row.costs)
    return found


def diary_facts(
    told: Mapping[date, tuple[int | None, int | None]],
    months: Sequence[date],
    earlier: Sequence[date],
) -> DiaryFacts:
    """The sums of the months that were told without a gap."""
    nothing = (None, None)
    return DiaryFacts(
        sales=_sum(told.get(month, nothing)[0] for month in months),
        costs=_sum(told.get(month, nothing)[1] for month in months),
        earlier_sales=_sum(told.get(month, nothing)[0] for month in earlier),
    )


def _sum(values: Iterable[int | None]) -> int | None:
    total = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total
