"""How long enterprises stay sakit: Kaplan and Meier's curve, the still sick being censored.

An enterprise counts from the first assessment that found it sakit, until the first later one that
did not. One that is still sick counts until the last day on which its latest assessment holds, or
until it closed or its owner left. Because closing is not chance, the curve is also drawn with
those that are gone never recovering.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from lifelines import KaplanMeierFitter

from app.interventions.frames.cohort import NEVER, Cohort

_SICK = 0
_HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """One enterprise's first time of being sakit, in days."""

    enterprise: int
    days: int
    is_out: bool
    is_gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """From this day on: the share still sick with its 95 % interval, and who was followed."""

    day: int
    at_risk: int
    out: int
    left: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The curve and its median in days; None where it never falls to a half."""

    points: tuple[CurvePoint, ...]
    median: int | None
    median_low: int | None
    median_high: int | None


def spells(cohort: Cohort) -> Iterator[Spell]:
    """The first sick time of each enterprise."""
    starts = np.searchsorted(cohort.enterprise, np.arange(len(cohort.keys) + 1))
    rank, day = cohort.rank.tolist(), cohort.day.tolist()
    for enterprise in range(len(cohort.keys)):
        places = range(int(starts[enterprise]), int(starts[enterprise + 1]))
        first = next((place for place in places if rank[place] == _SICK), None)
        if first is None:
            continue
        later = range(first + 1, places.stop)
        out = next((place for place in later if rank[place] > _SICK), None)
        if out is not None:
            yield Spell(
                enterprise=enterprise, days=day[out] - day[first], is_out=True, is_gone=False
            )
        else:
            yield _still_sick(cohort, enterprise, first, places.stop - 1)


def curve(found: Sequence[Spell], *, gone_never_recover: bool = False) -> Curve:
    """The curve of these spells."""
    if not found:
        return Curve(points=(), median=None, median_low=None, median_high=None)
    longest = max(spell.days for spell in found)
    days = [
        longest if gone_never_recover and spell.is_gone else max(spell.days, 1) for spell in found
    ]
    fitted = KaplanMeierFitter().fit(days, [spell.is_out for spell in found])
    low, high = (fitted.confidence_interval_.iloc[:, column] for column in (0, 1))
    points = tuple(
        CurvePoint(
            day=int(at),
            at_risk=int(row.at_risk),
            out=int(row.observed),
            left=int(row.censored),
            share=round(float(fitted.survival_function_.iloc[place, 0]), 4),
            low=round(float(low.iloc[place]), 4),
            high=round(float(high.iloc[place]), 4),
        )
        for place, (at, row) in enumerate(fitted.event_table.iterrows())
    )
    return Curve(
        points=points,
        median=_half(points, "share"),
        median_low=_half(points, "low"),
        median_high=_half(points, "high"),
    )


def _half(points: Sequence[CurvePoint], bound: str) -> int | None:
    """The first day on which the curve, or a bound of it, is down to a half."""
    return next((point.day for point in points if getattr(point, bound) <= _HALF), None)


def _still_sick(cohort: Cohort, enterprise: int, first: int, last: int) -> Spell:
    end = min(cohort.today, int(cohort.until[last]))
    gone_day = int(cohort.gone_day[enterprise])
    start = int(cohort.day[first])
    if gone_day != NEVER:
        end = min(end, max(gone_day, start))
    return Spell(
        enterprise=enterprise,
        days=max(0, end - start),
        is_out=False,
        is_gone=gone_day != NEVER,
    )
