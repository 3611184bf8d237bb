"""Counting in months."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month that is too short.

    >>> add_months(date(2024, 2, 29), 60)
    datetime.date(2029, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def first_of(day: date) -> date:
    """The first day of its month.

    >>> first_of(date(2026, 8, 7))
    datetime.date(2026, 8, 1)
    """
    return day.replace(day=1)


def month_end(day: date) -> date:
    """The last day of its month.

    >>> month_end(date(2028, 2, 9))
    datetime.date(2028, 2, 29)
    """
    return day.replace(day=monthrange(day.year, day.month)[1])


def month_named(text: str) -> date | None:
    """The first day of a month written as in an address; None where it is no such month.

    >>> month_named("2026-08"), month_named("2026-13"), month_named("26-8")
    (datetime.date(2026, 8, 1), None, None)
    """
    if not _MONTH.fullmatch(text):
        return None
    return date(int(text[:4]), int(text[5:]), 1)


_MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")
