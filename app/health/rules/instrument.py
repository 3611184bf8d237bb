"""The instrument as frozen values: dimensions, indicators, bounds and knock-out rules.

Source: the published file `app/health/instruments/iku-dm-v1.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import lcm

Code = str
Points = int | None
"""0 (worst) to 4 (best); None is missing: not asked, or the owner doesn't know."""


class HealthClass(StrEnum):
    """The three classes, worst first in `RANK`."""

    SICK = "sakit"
    LESS_HEALTHY = "kurang_sehat"
    HEALTHY = "sehat"


RANK: dict[HealthClass, int] = {
    HealthClass.SICK: 0,
    HealthClass.LESS_HEALTHY: 1,
    HealthClass.HEALTHY: 2,
}
NEXT_CLASS: dict[HealthClass, HealthClass] = {
    HealthClass.SICK: HealthClass.LESS_HEALTHY,
    HealthClass.LESS_HEALTHY: HealthClass.HEALTHY,
}


def worst(*classes: HealthClass) -> HealthClass:
    """The worst of the classes."""
    return min(classes, key=RANK.__getitem__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawScale:
    """How a raw number (days, times, share) decides the points of its indicator.

    `at_most` and `at_least` pair points with an inclusive bound, best points first; what meets
    none has 0 points.
    """

    name: str
    question: str
    at_most: tuple[tuple[int, Decimal], ...] = ()
    at_least: tuple[tuple[int, Decimal], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One scored question. `weight` is its share of the 100 of the whole instrument."""

    code: Code
    dimension: Code
    position: int
    weight: int
    sectors: frozenset[str]
    # "punya_alat": only with equipment; "bukan_tidak_halal": not if declared non-halal.
    condition: str | None
    name: str
    question: str
    help: str
    options: Mapping[int, str]
    prefilled_from: str
    raw: RawScale | None
    questions_by_sector: Mapping[str, str]
    options_by_sector: Mapping[str, Mapping[int, str]]
    items: tuple[str, ...]
    items_by_sector: Mapping[str, tuple[str, ...]]

    def question_for(self, sector: str) -> str:
        """The wording of the question in a sector."""
        return self.questions_by_sector.get(sector, self.question)

    def options_for(self, sector: str) -> Mapping[int, str]:
        """Points and wording of the answers in a sector, worst first."""
        return self.options_by_sector.get(sector, self.options)

    def items_for(self, sector: str) -> tuple[str, ...]:
        """The things to be counted for this question in a sector, if it counts any."""
        return self.items_by_sector.get(sector, self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """A group of indicators with its weight; all weights add up to 100."""

    code: Code
    name: str
    weight: int
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnockoutRule:
    """A knock-out rule: what is the case, what ends it, and the best class while it holds.

    `effect` is None where the rule has two levels, which `KnockoutLimits` parts.
    """

    code: Code
    name: str
    way_out: str
    effect: HealthClass | None
    startup_effect: HealthClass | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnockoutLimits:
    """The numbers of the knock-out rules: days, shares, and tenths of a dimension's value."""

    no_sale_days: int
    off_season_days: int
    loss_months: int
    book_coverage: Decimal
    arrears_cap_days: int
    arrears_sick_days: int
    debt_service_cap: Decimal
    debt_service_sick: Decimal
    quick_ratio: Decimal
    floor_dimensions: tuple[Code, ...]
    floor_tenths: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningQuestion:
    """A question that is asked but not scored."""

    code: Code
    question: str
    help: str
    sectors: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Instrument:
    """One published version. Compared by identity, so that results about it may be remembered."""

    name: str
    version: int
    title: str
    sectors: Mapping[str, str]
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]
    screening: tuple[ScreeningQuestion, ...]
    healthy_tenths: int
    less_healthy_tenths: int
    dimension_coverage: Fraction
    final_coverage: Fraction
    provisional_coverage: Fraction
    required: tuple[Code, ...]
    valid_days: Mapping[HealthClass, int]
    startup_months: int
    evidence_kinds: Mapping[str, str]
    strong_evidence: Fraction
    medium_evidence: Fraction
    knockouts: Mapping[Code, KnockoutRule]
    limits: KnockoutLimits
    halal_required_from: date
    halal_source: str

    def indicator(self, code: Code) -> Indicator:
        """The indicator of that code; KeyError if there is none."""
        return _by_code(self)[code]

    def class_of(self, tenths: int) -> HealthClass:
        """The class of a total in tenths, before any knock-out."""
        if tenths >= self.healthy_tenths:
            return HealthClass.HEALTHY
        if tenths >= self.less_healthy_tenths:
            return HealthClass.LESS_HEALTHY
        return HealthClass.SICK

    def bound_of(self, health_class: HealthClass) -> int:
        """The least total in tenths of a class."""
        return {
            HealthClass.SICK: 0,
            HealthClass.LESS_HEALTHY: self.less_healthy_tenths,
            HealthClass.HEALTHY: self.healthy_tenths,
        }[health_class]


@lru_cache(maxsize=16)
def _by_code(instrument: Instrument) -> dict[Code, Indicator]:
    return {indicator.code: indicator for indicator in instrument.indicators}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDimension:
    """The applicable part of a dimension: (position, weight) of each indicator that applies.

    `unit` is what one of `applicable_weight` is worth over the common denominator of the sheet.
    """

    code: Code
    weight: int
    items: tuple[tuple[int, int], ...]
    applicable_weight: int
    unit: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sheet:
    """The questions that apply to one kind of enterprise.

    `whole` is the worth of all applicable weight, in the units of the dimensions.
    """

    dimensions: tuple[SheetDimension, ...]
    positions: frozenset[int]
    whole: int


@lru_cache(maxsize=256)
def sheet_for(
    instrument: Instrument, sector: str, has_equipment: bool, declared_non_halal: bool
) -> Sheet:
    """What applies, by the sector and asset rules of the instrument alone."""
    refused = set()
    if not has_equipment:
        refused.add("punya_alat")
    if declared_non_halal:
        refused.add("bukan_tidak_halal")
    applicable = []
    for dimension in instrument.dimensions:
        items = tuple(
            (indicator.position, indicator.weight)
            for indicator in dimension.indicators
            if sector in indicator.sectors and indicator.condition not in refused
        )
        if items:
            applicable.append((dimension, items, sum(weight for _, weight in items)))
    common = lcm(*(weight for _, _, weight in applicable))
    return Sheet(
        dimensions=tuple(
            SheetDimension(
                code=dimension.code,
                weight=dimension.weight,
                items=items,
                applicable_weight=weight,
                unit=dimension.weight * common // weight,
            )
            for dimension, items, weight in applicable
        ),
        positions=frozenset(position for _, items, _ in applicable for position, _ in items),
        whole=common * sum(dimension.weight for dimension, _, _ in applicable),
    )
