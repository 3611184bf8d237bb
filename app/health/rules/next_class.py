"""The smallest set of answers whose improvement reaches the next class, found exactly.

Only answers that were given may improve, to an option of their question; the facts of the context
stay as they are. Among all sets that reach the next class: fewest indicators, then fewest points
raised in sum, then the one that raises the earlier indicators of the instrument more.

Every condition but the total (a dimension of KO-9, a floor of KO-5 or KO-8) lies within one
dimension. So each dimension is listed by itself (at most 5 questions) as "so many indicators, so
many points raised: so much gained", and the dimensions are joined by dynamic programming over
those two counts, with gains as whole numbers over a common denominator.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import lcm

from app.health.rules.case import Case
from app.health.rules.instrument import NEXT_CLASS, RANK, Code, HealthClass, Instrument
from app.health.rules.knockouts import (
    FACT_KNOCKOUTS,
    is_food_permit_missing,
    is_halal_missing,
)
from app.health.rules.scoring import BEST_POINTS, DimensionScore, Score

Count = int
Raised = int
Deltas = tuple[int, ...]
# For so many indicators and so many points raised: what can be gained, the best raise of the
# earlier questions first.
Choices = dict[tuple[Count, Raised], tuple[tuple[Deltas, int], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One answer that should improve."""

    indicator: Code
    from_points: int
    to_points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WayUp:
    """How the next class is reached: by these answers, once these knock-outs have ended.

    `target` is None when there is no class above, or no class at all.
    """

    target: HealthClass | None
    steps: tuple[Step, ...]
    blocked_by: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A dimension: its answered questions, and the worth in the total of a weighted point."""

    positions: tuple[int, ...]
    choices: Choices
    unit: int


def next_class_steps(instrument: Instrument, case: Case, result: Score) -> tuple[Step, ...]:
    """The smallest steps to the next class; empty when no answer alone can reach it.

    That is so for the best class, for no class, and while a knock-out holds that reads a fact.
    """
    way = way_up(instrument, case, result)
    return () if way.blocked_by else way.steps


def way_up(instrument: Instrument, case: Case, result: Score) -> WayUp:
    """The smallest steps to the next class, as if knock-outs that read facts had ended."""
    target = NEXT_CLASS.get(result.final_class) if result.final_class else None
    if target is None:
        return WayUp(target=None, steps=(), blocked_by=())
    blocked_by = tuple(
        knockout.code
        for knockout in result.knockouts
        if knockout.code in FACT_KNOCKOUTS and RANK[knockout.cap] < RANK[target]
    )
    steps = _smallest(instrument, case, result, target)
    return WayUp(target=target, steps=steps, blocked_by=blocked_by)


def _smallest(
    instrument: Instrument, case: Case, result: Score, target: HealthClass
) -> tuple[Step, ...]:
    answered = [part for part in result.dimensions if part.answered_weight]
    kept = [part for part in answered if part.tenths is not None]
    common = lcm(*(part.answered_weight for part in kept))
    # A dimension that is left out adds nothing, yet a knock-out may read an answer of it.
    units = [
        0 if part.tenths is None else part.weight * common // part.answered_weight
        for part in answered
    ]
    denominator = BEST_POINTS * common * sum(part.weight for part in kept)
    reached = sum(unit * part.earned for unit, part in zip(units, answered, strict=True))
    # Rounded half up, the total reaches the bound from 0.05 below it.
    wanted = -(-denominator * (2 * instrument.bound_of(target) - 1) // 2000) - reached
    floors = _floors(instrument, case) if target is HealthClass.HEALTHY else {}
    parts = [
        _part(instrument, case, score, unit, target, floors)
        for score, unit in zip(answered, units, strict=True)
    ]
    return _steps(instrument, case, _best_deltas(parts, wanted), parts)


def _floors(instrument: Instrument, case: Case) -> dict[int, int]:
    """Points that certain answers need for the best class: position to least points."""
    needed = []
    if is_food_permit_missing(instrument, case):
        needed.append("LGL2")
    if is_halal_missing(instrument, case):
        needed.append("LGL3")
    needed.append("MNJ1")
    return {instrument.indicator(code).position: 1 for code in needed}


def _part(
    instrument: Instrument,
    case: Case,
    score: DimensionScore,
    unit: int,
    target: HealthClass,
    floors: dict[int, int],
) -> _Part:
    sheet = next(part for part in case.sheet(instrument).dimensions if part.code == score.code)
    answered = [
        (position, weight) for position, weight in sheet.items if case.points[position] is not None
    ]
    needed = 0
    is_floored = unit > 0 and score.code in instrument.limits.floor_dimensions
    if target is HealthClass.HEALTHY and is_floored:
        best = BEST_POINTS * score.answered_weight
        needed = -(-best * (2 * instrument.limits.floor_tenths - 1) // 2000) - score.earned
    choices = _choices(
        tuple(weight for _, weight in answered),
        tuple(
            _raises(instrument, case, position, floors.get(position, 0)) for position, _ in answered
        ),
        max(needed, 0),
    )
    return _Part(positions=tuple(position for position, _ in answered), choices=choices, unit=unit)


def _raises(instrument: Instrument, case: Case, position: int, floor: int) -> tuple[int, ...]:
    """By how many points an answer may rise: nothing, or up to a better option."""
    given = case.points[position] or 0
    options = instrument.indicators[position].options_for(case.sector)
    return tuple(
        points - given
        for points in (given, *(option for option in options if option > given))
        if points >= floor
    )


@lru_cache(maxsize=20_000)
def _choices(weights: tuple[int, ...], raises: tuple[tuple[int, ...], ...], needed: int) -> Choices:
    """Every way to raise the answers of one dimension that gains at least `needed`."""
    ways: list[tuple[Deltas, int, Count, Raised]] = [((), 0, 0, 0)]
    for weight, each in zip(weights, raises, strict=True):
        ordered = sorted(each, reverse=True)
        ways = [
            ((*deltas, delta), gain + weight * delta, count + (delta > 0), raised + delta)
            for deltas, gain, count, raised in ways
            for delta in ordered
        ]
    found: dict[tuple[Count, Raised], list[tuple[Deltas, int]]] = {}
    for deltas, gain, count, raised in ways:
        if gain >= needed:
            found.setdefault((count, raised), []).append((deltas, gain))
    return {key: _undominated(each) for key, each in found.items()}


def _undominated(ways: Iterable[tuple[Deltas, int]]) -> tuple[tuple[Deltas, int], ...]:
    """Without those that come later in order and gain no more."""
    kept: list[tuple[Deltas, int]] = []
    for deltas, gain in ways:
        if not kept or gain > kept[-1][1]:
            kept.append((deltas, gain))
    return tuple(kept)


def _best_deltas(parts: list[_Part], wanted: int) -> list[Deltas]:
    """For each part the raises of the best set; empty when even all best answers fall short."""
    count = _least_count(parts, wanted)
    if count is None:
        return []
    tails = _tails(parts, wanted, count)
    raised = min(
        raised for (used, raised), gain in tails[0].items() if used == count and gain >= wanted
    )
    chosen = []
    for part, tail in zip(parts, tails[1:], strict=True):
        deltas, gain, used, points = max(
            (deltas, gain, used, points)
            for (used, points), ways in part.choices.items()
            if (rest := tail.get((count - used, raised - points))) is not None
            for deltas, gain in ways
            if gain * part.unit + rest >= wanted
        )
        chosen.append(deltas)
        wanted -= gain * part.unit
        count -= used
        raised -= points
    return chosen


def _by_count(part: _Part) -> dict[Count, int]:
    """The most that so many indicators of a part can gain."""
    best: dict[Count, int] = {}
    for (count, _), ways in part.choices.items():
        best[count] = max(best.get(count, 0), ways[-1][1] * part.unit)
    return best


def _join(left: dict[Count, int], right: dict[Count, int]) -> dict[Count, int]:
    joined: dict[Count, int] = {}
    for one, gain in left.items():
        for other, more in right.items():
            joined[one + other] = max(joined.get(one + other, 0), gain + more)
    return joined


def _least_count(parts: list[_Part], wanted: int) -> Count | None:
    best = {0: 0}
    for part in parts:
        best = _join(best, _by_count(part))
    return min((count for count, gain in best.items() if gain >= wanted), default=None)


def _tails(parts: list[_Part], wanted: int, count: Count) -> list[dict[tuple[Count, Raised], int]]:
    """For each place in the row of parts: what those from there on can gain by count and points.

    Ways that could not reach `wanted` with the best of the earlier parts are dropped.
    """
    heads = [{0: 0}]
    for part in parts[:-1]:
        heads.append(_join(heads[-1], _by_count(part)))
    tails: list[dict[tuple[Count, Raised], int]] = [{(0, 0): 0}]
    for part, head in zip(reversed(parts), reversed(heads), strict=True):
        longer: dict[tuple[Count, Raised], int] = {}
        for (used, points), ways in part.choices.items():
            most = ways[-1][1] * part.unit
            for (tail_used, tail_points), tail_gain in tails[-1].items():
                before = head.get(count - used - tail_used)
                gain = most + tail_gain
                if before is not None and before + gain >= wanted:
                    key = (used + tail_used, points + tail_points)
                    longer[key] = max(longer.get(key, 0), gain)
        tails.append(longer)
    return tails[::-1]


def _steps(
    instrument: Instrument, case: Case, chosen: list[Deltas], parts: list[_Part]
) -> tuple[Step, ...]:
    steps = []
    for part, deltas in zip(parts, chosen, strict=False):
        for position, delta in zip(part.positions, deltas, strict=True):
            given = case.points[position] or 0
            if delta:
                steps.append(
                    Step(
                        indicator=instrument.indicators[position].code,
                        from_points=given,
                        to_points=given + delta,
                    )
                )
    return tuple(steps)
