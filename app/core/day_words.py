"""Days in Indonesian words, the same on pages, in messages and in files."""

from __future__ import annotations

from datetime import date, datetime

from app.core.clock import LOCAL_ZONE

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
# As the Indonesian locale of Unicode shortens them.
_SHORT_MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Mei",
    "Jun",
    "Jul",
    "Agu",
    "Sep",
    "Okt",
    "Nov",
    "Des",
)


def long_day(day: date) -> str:
    """The day with its month in full.

    >>> long_day(date(2026, 8, 7))
    '7 Agustus 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """The day with its month in three letters.

    >>> short_day(date(2026, 8, 7))
    '7 Agu 2026'
    """
    return f"{day.day} {_SHORT_MONTHS[day.month - 1]} {day.year}"


def moment(instant: datetime) -> str:
    """The local day and time of an aware instant, western Indonesia.

    >>> moment(datetime.fromisoformat("2026-11-22T02:30+00:00"))
    '22 November 2026 09.30 WIB'
    """
    local = instant.astimezone(LOCAL_ZONE)
    return f"{long_day(local)} {local:%H.%M} WIB"


def long_month(day: date) -> str:
    """The month of a day, in full.

    >>> long_month(date(2026, 8, 7))
    'Agustus 2026'
    """
    return f"{MONTHS[day.month - 1]} {day.year}"


def short_month(day: date) -> str:
    """The month of a day in three letters, for axes and narrow tables.

    >>> short_month(date(2026, 8, 7))
    'Agu 2026'
    """
    return f"{_SHORT_MONTHS[day.month - 1]} {day.year}"
