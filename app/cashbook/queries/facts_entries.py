"""Sums over the lines of many cash books at once: each a statement that answers in one pass."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Date,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.sql.selectable import Subquery

from app.cashbook.models import CashCount, CashEntry
from app.cashbook.rules.entries import CAPITAL, COSTS, DRAWING, INSTALLMENTS, SALES
from app.cashbook.rules.windows import PAID_WITHIN_DAYS, lately
from app.core.months import month_end
from app.db import db
from app.db.columns import RepeatedUuid
from app.db.day_count import days_marked
from app.db.lists import is_among
from app.enterprises.queries.plans import beside_index

KEY = type_coerce(CashEntry.enterprise_id, RepeatedUuid())
# A sale or a cost on the day it came about; paying it later only moves cash.
_IS_FIRST = CashEntry.settles_id.is_(None)
IS_SALE = and_(CashEntry.category == SALES, _IS_FIRST)
_IS_COST = and_(CashEntry.category.in_(COSTS), _IS_FIRST)
_IS_PAID = ~CashEntry.is_owed
# Which lines pay an owed one is asked of the row: their own index would find them all.
_IS_FIRST_BESIDE = beside_index(CashEntry.settles_id).is_(None)
IS_CASH_OUT = and_(~CashEntry.is_owed, CashEntry.category.not_in((SALES, CAPITAL)))


class Lines(NamedTuple):
    """All lines of one book up to a day: how many, and what they moved in cash."""

    lines: int
    moved: int


class MonthSums(NamedTuple):
    """One calendar month of one book. `lines` are those that pay no older one; `sold_paid` are
    sales of the last 180 days that were paid at once; `marks` has a bit for each written day."""

    lines: int = 0
    sales: int = 0
    costs: int = 0
    drawn: int = 0
    installments: int = 0
    sold_paid: int = 0
    marks: int = 0


class Lately(NamedTuple):
    """What was sold through one channel in the last 30 days (None: to buyers directly), and what
    else was written of it."""

    channel_id: UUID | None
    lines: int
    first_on: date
    last_sale_on: date | None
    sold: int
    outflow: int
    installments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The newest count of cash, with what moved after it."""

    on: date
    cash: int


def all_lines(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, Lines]:
    """Everything that stands up to a day; books without a line are left out."""
    rows = db.session.execute(
        select(KEY, func.count(), _total(_moved()))
        .where(*_standing(enterprise_ids, None, on))
        .group_by(CashEntry.enterprise_id)
        .order_by(CashEntry.enterprise_id)
    )
    return {key: Lines(count, moved) for key, count, moved in rows}


def last_sales(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, date]:
    """The day of the last sale of each that ever sold."""
    rows = db.session.execute(
        select(KEY, func.max(CashEntry.happened_on))
        .where(*_standing(enterprise_ids, None, on), CashEntry.category == SALES, _IS_FIRST_BESIDE)
        .group_by(CashEntry.enterprise_id)
        .order_by(CashEntry.enterprise_id)
    )
    return {row[0]: row[1] for row in rows}


def moved_in_all(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, int]:
    """What all lines up to a day moved in cash; books without a line are left out."""
    if not enterprise_ids:
        return {}
    rows = db.session.execute(
        select(CashEntry.enterprise_id, _total(_moved()).label("moved"))
        .where(*_standing(enterprise_ids, None, on))
        .group_by(CashEntry.enterprise_id)
        .order_by(CashEntry.enterprise_id)
    )
    return {row.enterprise_id: row.moved for row in rows}


def month_sums(
    enterprise_ids: Collection[UUID], months: Collection[date], *, on: date
) -> dict[UUID, dict[date, MonthSums]]:
    """Some months up to a day, each where it has a line.

    One statement, said for each month: the index has its lines together, so that nothing is sorted.
    """
    first, last = bindparam("first", type_=Date), bindparam("last", type_=Date)
    sold_paid = and_(
        IS_SALE, _IS_PAID, CashEntry.happened_on > on - timedelta(days=PAID_WITHIN_DAYS)
    )
    statement = (
        select(
            KEY,
            func.count(case((_IS_FIRST, 1))),
            _sum_of(IS_SALE),
            _sum_of(_IS_COST),
            _sum_of(CashEntry.category == DRAWING),
            _sum_of(CashEntry.category.in_(INSTALLMENTS)),
            _sum_of(sold_paid),
            days_marked(CashEntry.happened_on),
        )
        .where(*_standing(enterprise_ids, first, last))
        .group_by(CashEntry.enterprise_id)
        .order_by(CashEntry.enterprise_id)
    )
    found: dict[UUID, dict[date, MonthSums]] = {}
    for month in months:
        said = {"first": month, "last": min(on, month_end(month))}
        for key, *values in db.session.execute(statement, said):
            found.setdefault(key, {})[month] = MonthSums(*values)
    return found


def lately_sums(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, list[Lately]]:
    """The 30 days up to a day, by channel."""
    rows = db.session.execute(
        select(
            KEY,
            CashEntry.channel_id,
            func.count(),
            func.min(CashEntry.happened_on),
            func.max(case((IS_SALE, CashEntry.happened_on))),
            _sum_of(IS_SALE),
            _sum_of(IS_CASH_OUT),
            _sum_of(CashEntry.category.in_(INSTALLMENTS)),
        )
        .where(*_standing(enterprise_ids, lately(on), on))
        .group_by(CashEntry.enterprise_id, CashEntry.channel_id)
        .order_by(CashEntry.enterprise_id, CashEntry.channel_id)
    )
    found: dict[UUID, list[Lately]] = {}
    for key, *values in rows:
        found.setdefault(key, []).append(Lately(*values))
    return found


def counted_cash(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, Counted]:
    """The newest count of each, and the cash by the book's lines after it. Two statements."""
    turn = func.row_number().over(
        partition_by=CashCount.enterprise_id,
        order_by=(CashCount.counted_on.desc(), CashCount.recorded_at.desc(), CashCount.id.desc()),
    )
    ranked = (
        select(CashCount.enterprise_id, CashCount.counted_on, CashCount.amount, turn.label("turn"))
        .where(is_among(CashCount.enterprise_id, enterprise_ids), CashCount.counted_on <= on)
        .subquery()
    )
    newest = select(ranked).where(ranked.c.turn == 1).order_by(ranked.c.enterprise_id)
    counts = {row.enterprise_id: row for row in db.session.execute(newest)}
    moved = _moved_since(ranked, on) if counts else {}
    return {
        key: Counted(on=row.counted_on, cash=row.amount + moved.get(key, 0))
        for key, row in counts.items()
    }


def _moved_since(ranked: Subquery, on: date) -> dict[UUID, int]:
    rows = db.session.execute(
        select(CashEntry.enterprise_id, _total(_moved()).label("moved"))
        .join(ranked, ranked.c.enterprise_id == CashEntry.enterprise_id)
        .where(
            ranked.c.turn == 1,
            CashEntry.is_current,
            CashEntry.happened_on > ranked.c.counted_on,
            CashEntry.happened_on <= on,
        )
        .group_by(CashEntry.enterprise_id)
        .order_by(CashEntry.enterprise_id)
    )
    return {row.enterprise_id: row.moved for row in rows}


Day = date | BindParameter[date]


def _standing(enterprise_ids: Collection[UUID], first: Day | None, last: Day) -> list[Any]:
    parts: list[Any] = [
        is_among(CashEntry.enterprise_id, enterprise_ids),
        CashEntry.is_current,
        CashEntry.happened_on <= last,
    ]
    if first is not None:
        parts.append(CashEntry.happened_on >= first)
    return parts


def _moved() -> ColumnElement[int]:
    """What a line does to the cash: an owed one nothing."""
    return case(
        (CashEntry.is_owed, 0),
        (or_(CashEntry.category == SALES, CashEntry.category == CAPITAL), CashEntry.amount),
        else_=-CashEntry.amount,
    )


def _sum_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return _total(case((condition, CashEntry.amount), else_=0))


def _total(value: ColumnElement[Any]) -> ColumnElement[int]:
    """A sum as a whole number: PostgreSQL makes it a decimal, which is slow to read."""
    return cast(func.sum(value), BigInteger)
