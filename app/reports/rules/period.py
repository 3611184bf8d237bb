"""The months and quarters that reports are made for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.core.day_words import MONTHS
from app.core.errors import InvalidInput
from app.dashboard.rules import Period
from app.mentoring.rules.monthly import Month, month_of, months_until

MONTHS_OFFERED = 13
QUARTERS_OFFERED = 5
_CODE = re.compile(r"(20\d\d)-(0[1-9]|1[0-2]|T[1-4])")
_NUMERALS = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A calendar month or quarter, by its months."""

    code: str
    label: str
    months: tuple[Month, ...]

    @property
    def first(self) -> date:
        """Its first day."""
        return self.months[0].first

    @property
    def last(self) -> date:
        """Its last day."""
        return self.months[-1].last

    @property
    def is_quarter(self) -> bool:
        """Whether it is longer than a month."""
        return len(self.months) > 1

    def days(self, today: date) -> Period:
        """The days to ask for: none lies ahead."""
        return Period(from_on=self.first, until_on=min(self.last, today))

    def is_over(self, today: date) -> bool:
        """Whether its last day is behind us."""
        return self.last < today


def span_named(code: str, *, today: date) -> Span:
    """The month ("2026-11") or quarter ("2026-T4") of an address.

    Raises:
        InvalidInput: neither, or one that has not begun.
    """
    found = _CODE.fullmatch(code)
    if found is None:
        raise InvalidInput("span_unknown", field="span", message="Pilih bulan atau triwulan.")
    year, part = int(found[1]), found[2]
    span = _quarter(year, int(part[1])) if part[0] == "T" else _month(year, int(part))
    if span.first > today:
        raise InvalidInput("span_ahead", field="span", message="Masa ini belum dimulai.")
    return span


def spans_until(today: date) -> list[Span]:
    """What is offered: the running month and quarter and those before them, newest first."""
    months = months_until(today, MONTHS_OFFERED)
    quarters = dict.fromkeys((one.first.year, (one.first.month + 2) // 3) for one in months)
    return [
        *(_month(one.first.year, one.first.month) for one in months),
        *(_quarter(year, number) for year, number in list(quarters)[:QUARTERS_OFFERED]),
    ]


def quarters_until(today: date) -> list[Span]:
    """The running quarter and those before it, newest first."""
    return [one for one in spans_until(today) if one.is_quarter]


def usual_span(today: date) -> Span:
    """The month that was last finished: what an office reports on."""
    before = month_of(today).before
    return _month(before.first.year, before.first.month)


def _month(year: int, number: int) -> Span:
    month = Month(first=date(year, number, 1))
    return Span(code=month.code, label=month.label, months=(month,))


def _quarter(year: int, number: int) -> Span:
    first = 3 * number - 2
    months = tuple(Month(first=date(year, first + place, 1)) for place in range(3))
    names = f"{MONTHS[first - 1]} sampai {MONTHS[first + 1]}"
    label = f"Triwulan {_NUMERALS[number - 1]} {year} ({names})"
    return Span(code=f"{year}-T{number}", label=label, months=months)
