"""When the payments of a schedule are due."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.months import add_months
from app.credit.rules.schedules import WEEK


def due_days(first: date, count: int, every: str) -> list[date]:
    """The days of so many payments; the day of the first one is kept wherever a month has it.

    >>> [str(day) for day in due_days(date(2026, 1, 31), 3, "bulan")]
    ['2026-01-31', '2026-02-28', '2026-03-31']
    >>> [str(day) for day in due_days(date(2026, 12, 28), 2, "minggu")]
    ['2026-12-28', '2027-01-04']
    """
    if every == WEEK:
        return [first + timedelta(weeks=number) for number in range(count)]
    return [add_months(first, number) for number in range(count)]
