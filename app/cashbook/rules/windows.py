"""Which days a ratio looks at."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from app.core.months import add_months, first_of

FULL_MONTHS = 3
# "Lately": coverage, what goes out, channels.
LATELY_DAYS = 30
# Payments longer ago say nothing about how soon money comes now; the market counts alike.
PAID_WITHIN_DAYS = 180
# What falls due; what is overdue for longer is no sure money any more.
DUE_DAYS = 30


def full_months(on: date) -> tuple[date, ...]:
    """The first days of the last full months before that of a day, the oldest first.

    >>> full_months(date(2026, 1, 31))[0]
    datetime.date(2025, 10, 1)
    """
    return tuple(add_months(first_of(on), back) for back in range(-FULL_MONTHS, 0))


def months_before(months: tuple[date, ...], *, is_seasonal: bool) -> tuple[date, ...]:
    """What they are compared with: as many months before, or for seasons those of last year."""
    back = -12 if is_seasonal else -len(months)
    return tuple(add_months(first, back) for first in months)


def lately(on: date) -> date:
    """The first of the last 30 days, `on` itself being the last."""
    return on - timedelta(days=LATELY_DAYS - 1)


def open_days(first: date, last: date, weekdays: Collection[int]) -> frozenset[date]:
    """The days between two, both included, on which an enterprise is open (0 is Monday)."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return frozenset(day for day in days if day.weekday() in weekdays)
