"""What was told of each month; a month of which nothing was told is a gap and stays one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import names
from app.cashbook.models import DiaryMonth
from app.cashbook.queries.covered import covered_months
from app.cashbook.rules.diaries import OLDEST_MONTHS, FiveNumbers, months_back
from app.cashbook.rules.entries import WAYS
from app.core.clock import local_today
from app.core.day_words import long_month
from app.core.errors import NotFound
from app.core.months import month_named
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import enterprise as enterprise_within

SHOWN_MONTHS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryLine:
    """One month: what stands of it, or that nothing was told (`told` is None). `is_in_book`: the
    book covers it, so that it needs no telling; known on pages of the diary only."""

    month: date
    id: UUID | None
    told: FiveNumbers | None
    is_in_book: bool = False

    @property
    def label(self) -> str:
        """The month in words."""
        return long_month(self.month)

    @property
    def code(self) -> str:
        """The month as it stands in an address."""
        return f"{self.month:%Y-%m}"

    @property
    def is_told(self) -> bool:
        """Whether anything is known of it."""
        return self.told is not None and not self.told.is_empty

    @property
    def is_asked(self) -> bool:
        """Whether it is still to be told."""
        return not self.is_told and not self.is_in_book


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryWord:
    """What was said of a month at one time, by whom."""

    id: UUID
    told: FiveNumbers
    is_current: bool
    way: str
    recorded_by: str
    recorded_at: datetime

    @property
    def way_label(self) -> str:
        """How it came here."""
        return WAYS[self.way]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryPage:
    """The last months of an enterprise, the newest first."""

    enterprise_id: UUID
    enterprise_name: str
    lines: tuple[DiaryLine, ...]

    @property
    def told_count(self) -> int:
        """Of how many months something is known."""
        return sum(line.is_told for line in self.lines)

    @property
    def book_count(self) -> int:
        """How many others the book covers."""
        return sum(line.is_in_book and not line.is_told for line in self.lines)

    @property
    def next_line(self) -> DiaryLine | None:
        """The newest month of which nothing is known yet, among the last three."""
        return next((line for line in self.lines[:3] if line.is_asked), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPage:
    """One month with all that was ever said of it, the newest first."""

    enterprise_id: UUID
    enterprise_name: str
    line: DiaryLine
    words: tuple[DiaryWord, ...]


def diary_page(scope: Scope, enterprise_id: UUID, *, count: int = SHOWN_MONTHS) -> DiaryPage:
    """The diary of one enterprise.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    row = enterprise_within(scope, enterprise_id)
    months = months_back(local_today(), count)
    covered = covered_months(row.id, months)
    lines = (replace(one, is_in_book=one.month in covered) for one in diary_lines(row.id, months))
    return _page(row, tuple(lines))


def diary_lines(enterprise_id: UUID, months: Collection[date]) -> tuple[DiaryLine, ...]:
    """These months of an enterprise that the caller found within its scope, in their order."""
    rows = {
        one.month: one
        for one in db.session.scalars(
            select(DiaryMonth).where(
                DiaryMonth.enterprise_id == enterprise_id,
                DiaryMonth.is_current,
                DiaryMonth.month.in_(months),
            )
        )
    }
    return tuple(_line(month, rows.get(month)) for month in months)


def month_page(scope: Scope, enterprise_id: UUID, month: date) -> MonthPage:
    """What was told of one month.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    rows = list(
        db.session.scalars(
            select(DiaryMonth)
            .where(DiaryMonth.enterprise_id == enterprise.id, DiaryMonth.month == month)
            .order_by(DiaryMonth.recorded_at.desc(), DiaryMonth.id.desc())
        )
    )
    people = names({row.recorded_by for row in rows})
    current = next((row for row in rows if row.is_current), None)
    return MonthPage(
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        line=replace(
            _line(month, current), is_in_book=month in covered_months(enterprise.id, [month])
        ),
        words=tuple(
            DiaryWord(
                id=row.id,
                told=told_of(row),
                is_current=row.is_current,
                way=row.way,
                recorded_by=people.get(row.recorded_by, ""),
                recorded_at=row.recorded_at,
            )
            for row in rows
        ),
    )


def told_of(row: DiaryMonth) -> FiveNumbers:
    """What a row says."""
    return FiveNumbers(
        sales=row.sales,
        costs=row.costs,
        produced=row.produced,
        workers=row.workers,
        keeps_record=row.keeps_record,
    )


def told_month(code: str) -> date:
    """The month of an address ("2026-10").

    Raises:
        NotFound: no month, or one that nobody can tell.
    """
    month = month_named(code)
    if month is None or month not in months_back(local_today(), OLDEST_MONTHS):
        raise NotFound("month_unknown", message="Bulan ini tidak ditemukan.")
    return month


def _page(row: Enterprise, lines: tuple[DiaryLine, ...]) -> DiaryPage:
    return DiaryPage(enterprise_id=row.id, enterprise_name=row.name, lines=lines)


def _line(month: date, row: DiaryMonth | None) -> DiaryLine:
    return DiaryLine(
        month=month,
        id=None if row is None else row.id,
        told=None if row is None else told_of(row),
    )
