"""Scores one assessment: dimensions, total, range, coverage, class, status.

Whole numbers only: every share is kept as numerator and denominator until it is rounded half up to
tenths, and the rounded number is what bounds are compared with, so that the number on the screen
never contradicts the class. Coverage is compared unrounded.

Source: domain reference 2.4 "Scoring".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.health.rules.case import Case
from app.health.rules.instrument import (
    Code,
    HealthClass,
    Instrument,
    Points,
    Sheet,
    SheetDimension,
    worst,
)
from app.health.rules.knockouts import Knockout, fired

BEST_POINTS = 4


class Status(StrEnum):
    """How firm a result is."""

    FINAL = "final"
    PROVISIONAL = "sementara"
    NOT_RATED = "belum_dapat_dinilai"


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionScore:
    """One applicable dimension. `tenths` is None when too little of it was answered to count."""

    code: Code
    weight: int
    tenths: int | None
    # Weights of what applies and what was answered; `earned` is points times their weights.
    applicable_weight: int
    answered_weight: int
    earned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The whole result. Scores are tenths of 0 to 100; None where there is nothing to rate."""

    dimensions: tuple[DimensionScore, ...]
    tenths: int | None
    # Numerator and denominator of the coverage, exact and not reduced.
    answered_share: tuple[int, int]
    low_tenths: int
    high_tenths: int
    score_class: HealthClass | None
    final_class: HealthClass | None
    low_class: HealthClass | None
    high_class: HealthClass | None
    status: Status
    knockouts: tuple[Knockout, ...]
    missing_required: tuple[Code, ...]
    valid_days: int | None

    @property
    def coverage(self) -> Fraction:
        """The share of the applicable weight that was answered, exact."""
        return Fraction(*self.answered_share)

    @property
    def coverage_thousandths(self) -> int:
        """The coverage as a whole number of thousandths, rounded half up."""
        answered, whole = self.answered_share
        return rounded(1000 * answered, whole)

    @property
    def values(self) -> dict[Code, int | None]:
        """The value of each applicable dimension in tenths."""
        return {part.code: part.tenths for part in self.dimensions}


def rounded(numerator: int, denominator: int) -> int:
    """The quotient of two non-negative numbers, rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)


def score(instrument: Instrument, case: Case) -> Score:
    """Score one case; pure, and the same for the same input for ever."""
    sheet = case.sheet(instrument)
    dimensions = tuple(
        _dimension(part, case.points, instrument.dimension_coverage) for part in sheet.dimensions
    )
    knockouts = fired(instrument, case, {part.code: part.tenths for part in dimensions})
    tenths = _total(dimensions)
    coverage = _coverage(sheet, dimensions)
    low, high = _range(sheet, dimensions)
    missing = missing_required(instrument, case)
    status = _status(instrument, dimensions, coverage, missing)
    score_class, final_class, low_class, high_class = (
        _classes(instrument, (tenths, low, high), knockouts)
        if status is not Status.NOT_RATED and tenths is not None
        else (None, None, None, None)
    )
    return Score(
        dimensions=dimensions,
        tenths=tenths,
        answered_share=coverage,
        low_tenths=low,
        high_tenths=high,
        score_class=score_class,
        final_class=final_class,
        low_class=low_class,
        high_class=high_class,
        status=status,
        knockouts=knockouts,
        missing_required=missing,
        valid_days=None if final_class is None else instrument.valid_days[final_class],
    )


def missing_required(instrument: Instrument, case: Case) -> tuple[Code, ...]:
    """The required questions that have no answer; without them no result is final."""
    missing = []
    asked = {question.code: question.sectors for question in instrument.screening}
    for code in instrument.required:
        if code in asked:
            # Q2, the only required question that isn't scored, is about food.
            if case.sector in asked[code] and case.context.incident_open is None:
                missing.append(code)
        elif case.points[instrument.indicator(code).position] is None:
            missing.append(code)
    return tuple(missing)


def _dimension(
    part: SheetDimension, points: tuple[Points, ...], least_coverage: Fraction
) -> DimensionScore:
    answered = earned = 0
    for position, weight in part.items:
        given = points[position]
        if given is not None:
            answered += weight
            earned += weight * given
    is_kept = _reaches((answered, part.applicable_weight), least_coverage)
    return DimensionScore(
        code=part.code,
        weight=part.weight,
        tenths=rounded(1000 * earned, BEST_POINTS * answered) if is_kept else None,
        applicable_weight=part.applicable_weight,
        answered_weight=answered,
        earned=earned,
    )


def _reaches(share: tuple[int, int], bound: Fraction) -> bool:
    numerator, denominator = share
    return numerator * bound.denominator >= bound.numerator * denominator


def _total(dimensions: tuple[DimensionScore, ...]) -> int | None:
    numerator, denominator, weights = 0, 1, 0
    for part in dimensions:
        if part.tenths is None:
            continue
        best = BEST_POINTS * part.answered_weight
        numerator = numerator * best + part.weight * part.earned * denominator
        denominator *= best
        weights += part.weight
    return rounded(1000 * numerator, denominator * weights) if weights else None


def _coverage(sheet: Sheet, dimensions: tuple[DimensionScore, ...]) -> tuple[int, int]:
    answered = sum(
        applicable.unit * part.answered_weight
        for applicable, part in zip(sheet.dimensions, dimensions, strict=True)
    )
    return answered, sheet.whole


def _range(sheet: Sheet, dimensions: tuple[DimensionScore, ...]) -> tuple[int, int]:
    """All missing answers as 0, and all as 4, over every applicable dimension."""
    low = missing = 0
    for applicable, part in zip(sheet.dimensions, dimensions, strict=True):
        low += applicable.unit * part.earned
        missing += applicable.unit * (part.applicable_weight - part.answered_weight)
    best = BEST_POINTS * sheet.whole
    return rounded(1000 * low, best), rounded(1000 * (low + BEST_POINTS * missing), best)


def _status(
    instrument: Instrument,
    dimensions: tuple[DimensionScore, ...],
    coverage: tuple[int, int],
    missing: tuple[Code, ...],
) -> Status:
    if not _reaches(coverage, instrument.provisional_coverage):
        return Status.NOT_RATED
    is_whole = all(part.tenths is not None for part in dimensions)
    if _reaches(coverage, instrument.final_coverage) and is_whole and not missing:
        return Status.FINAL
    return Status.PROVISIONAL


def _classes(
    instrument: Instrument, scores: tuple[int, int, int], knockouts: tuple[Knockout, ...]
) -> tuple[HealthClass, HealthClass, HealthClass, HealthClass]:
    """Classes by score, final, at the low and at the high end; all but the first after caps."""
    total, low, high = (instrument.class_of(tenths) for tenths in scores)
    caps = [knockout.cap for knockout in knockouts]
    return total, worst(total, *caps), worst(low, *caps), worst(high, *caps)
