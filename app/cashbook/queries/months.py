"""The sheet of a month: earnings and cash flow of one book, with the lines behind them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from app.cashbook.models import CashEntry
from app.cashbook.queries.book import CashAtHand, cash_at_hand
from app.cashbook.queries.diaries import DiaryLine, diary_lines
from app.cashbook.queries.lines import CHANNEL, first_day_of, lines_of
from app.cashbook.rules.entries import CATEGORIES, IN, OUT
from app.cashbook.rules.sheet import (
    CashFlow,
    Earnings,
    SheetLine,
    by_category,
    cash_flow_of,
    earnings_of,
)
from app.cashbook.rules.statement import (
    Statement,
    earned_statement,
    flow_statement,
    owed_statement,
)
from app.core.clock import local_today
from app.core.day_words import long_day, long_month
from app.core.errors import NotFound
from app.core.months import add_months, first_of, month_end, month_named
from app.core.scope import Scope
from app.db import db
from app.enterprises.queries import enterprise as enterprise_within
from app.market.models import SalesChannel

# Older books than this were not kept by anybody here.
_OLDEST_YEAR = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetGroup:
    """The lines of one category."""

    code: str
    lines: tuple[SheetLine, ...]

    @property
    def label(self) -> str:
        """The category in words."""
        return CATEGORIES[self.code]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSheet:
    """A month of one book. `owed_to` and `owed_by`: what was still unpaid when it ended."""

    enterprise_id: UUID
    enterprise_name: str
    month: date
    until: date
    lines: tuple[SheetLine, ...]
    earnings: Earnings
    flow: CashFlow
    opening: CashAtHand
    closing: CashAtHand
    owed_to: int
    owed_by: int
    diary: DiaryLine
    has_earlier: bool
    is_over: bool

    @property
    def label(self) -> str:
        """The month in words."""
        return long_month(self.month)

    @property
    def code(self) -> str:
        """The month as addresses name it."""
        return f"{self.month:%Y-%m}"

    @property
    def earlier(self) -> str | None:
        """The month before, where the book had begun."""
        return f"{add_months(self.month, -1):%Y-%m}" if self.has_earlier else None

    @property
    def later(self) -> str | None:
        """The month after, where it has begun."""
        return f"{add_months(self.month, 1):%Y-%m}" if self.is_over else None

    @property
    def days(self) -> int:
        """On how many days something was written down."""
        return len({line.happened_on for line in self.lines})

    @property
    def until_words(self) -> str:
        """Up to which day it tells."""
        return "akhir bulan" if self.is_over else long_day(self.until)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The sheet as tables."""
        is_estimate = self.opening.is_estimate or self.closing.is_estimate
        return (
            earned_statement(self.earnings),
            flow_statement(self.flow, is_estimate=is_estimate, until=self.until_words),
            owed_statement(owed_to=self.owed_to, owed_by=self.owed_by, until=self.until_words),
        )

    @property
    def groups(self) -> tuple[SheetGroup, ...]:
        """The lines by what they were for."""
        return tuple(SheetGroup(code=code, lines=lines) for code, lines in by_category(self.lines))


def sheet_month(code: str) -> date:
    """The month of an address ("2026-10"); the running one may be looked at too.

    Raises:
        NotFound: no month, or one that has not come.
    """
    month = month_named(code)
    if month is None or month > local_today() or month.year < _OLDEST_YEAR:
        raise NotFound("month_unknown", message="Bulan ini tidak ditemukan.")
    return month


def last_sheet_month() -> date:
    """The newest month that is over."""
    return add_months(first_of(local_today()), -1)


def month_sheet(scope: Scope, enterprise_id: UUID, month: date) -> MonthSheet:
    """The sheet of a month (its first day) of one enterprise.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    until = min(month_end(month), local_today())
    lines = lines_between([enterprise.id], month, until)
    opening = cash_at_hand(enterprise.id, on=month - timedelta(days=1))
    closing = cash_at_hand(enterprise.id, on=until)
    begun = first_day_of(enterprise.id)
    return MonthSheet(
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        month=month,
        until=until,
        lines=lines,
        earnings=earnings_of(lines),
        flow=cash_flow_of(lines, opening=opening.amount, closing=closing.amount),
        opening=opening,
        closing=closing,
        owed_to=_owed(enterprise.id, IN, until),
        owed_by=_owed(enterprise.id, OUT, until),
        diary=diary_lines(enterprise.id, [month])[0],
        has_earlier=begun is not None and begun < month,
        is_over=month_end(month) < local_today(),
    )


def lines_between(
    enterprise_ids: Collection[UUID], first: date, last: date
) -> tuple[SheetLine, ...]:
    """What counts between two days (both within) in books that the caller found, the oldest
    first."""
    every = lines_of(enterprise_ids).subquery()
    rows = db.session.execute(
        select(every, SalesChannel.name.label("channel_name"))
        .outerjoin(SalesChannel, SalesChannel.id == every.c.channel_id)
        .where(every.c.happened_on.between(first, last))
        .order_by(every.c.happened_on, every.c.recorded_at, every.c.id)
    )
    return tuple(
        SheetLine(
            happened_on=row.happened_on,
            direction=row.direction,
            category=row.category,
            amount=row.amount,
            is_owed=row.is_owed,
            is_settling=row.settles_id is not None,
            is_channel=row.source == CHANNEL,
            channel_name=row.channel_name or "",
            note=row.note,
        )
        for row in rows
    )


def _owed(enterprise_id: UUID, direction: str, on: date) -> int:
    """What was written down as owed up to a day, less what was paid of it up to that day."""
    paid = aliased(CashEntry)
    settled = (
        select(func.coalesce(func.sum(paid.amount), 0))
        .where(paid.settles_id == CashEntry.id, paid.is_current, paid.happened_on <= on)
        .correlate(CashEntry)
        .scalar_subquery()
    )
    left = db.session.scalar(
        select(func.sum(CashEntry.amount - settled)).where(
            and_(
                CashEntry.enterprise_id == enterprise_id,
                CashEntry.is_current,
                CashEntry.is_owed,
                CashEntry.direction == direction,
                CashEntry.happened_on <= on,
            )
        )
    )
    return int(left or 0)
