"""What was written of late: the lines of a day to repeat, the sums that are usual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from app.cashbook.models import CashEntry
from app.cashbook.queries.reach import channel_of_book, pays_by_ledger
from app.cashbook.rules.entries import CATEGORIES
from app.db import db

_LATELY = timedelta(days=60)
_MOST_USUAL = 4
_MOST_REPEATED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatLine:
    """A line of a day before, to be written once more."""

    id: UUID
    category: str
    amount: int
    channel_id: UUID | None
    note: str

    @property
    def label(self) -> str:
        """What it was for."""
        return CATEGORIES[self.category]


def usual_amounts(enterprise_id: UUID, category: str, *, on: date) -> tuple[int, ...]:
    """The sums most often written for this, of late, in a book that the caller found."""
    times = func.count()
    rows = db.session.execute(
        select(CashEntry.amount)
        .where(
            CashEntry.enterprise_id == enterprise_id,
            CashEntry.category == category,
            CashEntry.is_current,
            CashEntry.settles_id.is_(None),
            CashEntry.happened_on > on - _LATELY,
        )
        .group_by(CashEntry.amount)
        .order_by(times.desc(), func.max(CashEntry.happened_on).desc(), CashEntry.amount)
        .limit(_MOST_USUAL)
    )
    return tuple(sorted(row.amount for row in rows))


def last_day(enterprise_id: UUID, *, before: date) -> date | None:
    """The last day before another on which something was paid at once."""
    found: date | None = db.session.scalar(
        select(func.max(CashEntry.happened_on)).where(
            *_repeatable(enterprise_id), CashEntry.happened_on < before
        )
    )
    return found


def lines_to_repeat(enterprise_id: UUID, day: date) -> tuple[RepeatLine, ...]:
    """What was paid at once on a day, in a book that the caller found."""
    rows = db.session.scalars(
        select(CashEntry)
        .where(*_repeatable(enterprise_id), CashEntry.happened_on == day)
        .order_by(CashEntry.recorded_at, CashEntry.id)
        .limit(_MOST_REPEATED)
    ).all()
    return tuple(
        RepeatLine(
            id=row.id,
            category=row.category,
            amount=row.amount,
            channel_id=_channel_still_direct(enterprise_id, row.channel_id),
            note=row.note,
        )
        for row in rows
    )


def _repeatable(enterprise_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        CashEntry.enterprise_id == enterprise_id,
        CashEntry.is_current.is_(True),
        ~CashEntry.is_owed,
        CashEntry.settles_id.is_(None),
    )


def _channel_still_direct(enterprise_id: UUID, channel_id: UUID | None) -> UUID | None:
    if channel_id is None:
        return None
    return None if pays_by_ledger(channel_of_book(enterprise_id, channel_id)) else channel_id
