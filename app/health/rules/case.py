"""What one assessment found: points in the order of the instrument, and the raw facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.health.rules.instrument import Code, Instrument, Points, Sheet, sheet_for

Number = int | float | Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The raw facts that the rules read beside the points; None is unknown.

    Days are whole days before the assessment. `book_coverage` is the lowest share of open days
    with an entry among the last 3 full months, `loss_months` how many of them had a loss.
    `debt_service_ratio` is instalments over surplus in a month, `quick_ratio` cash and sure
    receivables over what falls due, both within 30 days.
    """

    has_equipment: bool = False
    declared_non_halal: bool = False
    sold_outside_home: bool = False
    off_season: bool = False
    days_since_last_sale: int | None = None
    loss_months: int | None = None
    book_coverage: Number | None = None
    arrears_days: int | None = None
    debt_service_ratio: Number | None = None
    installments_without_surplus: bool = False
    quick_ratio: Number | None = None
    incident_open: bool | None = None
    started_on: date | None = None


NO_FACTS = Context()


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found on the spot. Evidence is "buku", "dilihat" or "pengakuan" by question."""

    answers: Mapping[Code, Points]
    context: Context
    evidence: Mapping[Code, str | None] = field(default_factory=dict)
    not_known: frozenset[Code] = frozenset()
    main_problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One assessment to be scored. Points of questions that don't apply are ignored."""

    sector: str
    assessed_on: date
    points: tuple[Points, ...]
    context: Context = field(default=NO_FACTS)

    def sheet(self, instrument: Instrument) -> Sheet:
        """The questions that apply to this case."""
        return sheet_for(
            instrument, self.sector, self.context.has_equipment, self.context.declared_non_halal
        )


def points_in_order(instrument: Instrument, answers: Mapping[Code, Points]) -> tuple[Points, ...]:
    """The points of answers by code, in the order of the instrument; what is absent is missing."""
    return tuple(answers.get(indicator.code) for indicator in instrument.indicators)
