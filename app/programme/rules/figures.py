"""Items with their figures: value, numerator, denominator, day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.day_words import short_day
from app.core.period import Period
from app.programme.rules.items import AT_END, AT_START, BETWEEN, Asked, Item

USUAL_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A count; `fact` names the list behind it, "" where there is none.

    That is a list of enterprises, or where `is_amount`, of what else was counted or summed.
    """

    value: int
    fact: str = ""
    name: str = ""
    is_amount: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line: a number, what it is counted out of, and when that holds."""

    label: str
    unit: str
    number: Number
    out_of: Number | None
    dated: str

    @property
    def share(self) -> float | None:
        """The part of the whole; None where nothing is divided, or the whole is nothing."""
        if self.out_of is None or not self.out_of.value:
            return None
        return self.number.value / self.out_of.value


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedList:
    """Numbers by a name that people wrote: products, offices."""

    heading: str
    numbers: Sequence[Number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An item with its figures."""

    item: Item
    figures: Sequence[Figure]
    named: Sequence[NamedList]


def dated(when: str, period: Period, today: date) -> str:
    """When a figure holds, in words."""
    days = {AT_END: period.until_on, AT_START: period.from_on}
    if when == BETWEEN:
        return f"{short_day(period.from_on)} sampai {short_day(period.until_on)}"
    return short_day(days.get(when, today))


def figures_of(
    lines: Sequence[Asked],
    counts: Mapping[str, int],
    listed: frozenset[str],
    amounts: frozenset[str],
    *,
    period: Period,
    today: date,
) -> list[Figure]:
    """The lines with their numbers; `listed` are the facts that have a list of enterprises,
    `amounts` those with another list."""

    def number(fact: str) -> Number:
        return Number(
            value=counts.get(fact, 0),
            fact=fact if fact in listed or fact in amounts else "",
            is_amount=fact in amounts,
        )

    return [
        Figure(
            label=line.label,
            unit=line.unit,
            number=number(line.fact),
            out_of=number(line.out_of) if line.out_of else None,
            dated=dated(line.when, period, today),
        )
        for line in lines
    ]
