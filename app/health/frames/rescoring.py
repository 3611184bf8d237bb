"""Scores very many assessments by one version of the instrument, as arrays.

The same results as `rules.scoring.score`, class and rounded score, to the last tenth: sums of
weights are small whole numbers, which floats hold exactly; a quotient that comes so near to a
rounding border that floats could err is computed again with whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.health.rules.instrument import HealthClass, Instrument, Sheet, sheet_for
from app.health.rules.scoring import BEST_POINTS, rounded

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SmallInts = NDArray[np.int8]
Bools = NDArray[np.bool_]

MISSING = -1
NO_CLASS, SICK, LESS_HEALTHY, HEALTHY = -1, 0, 1, 2
CLASS_OF_CODE: dict[int, HealthClass | None] = {
    NO_CLASS: None,
    SICK: HealthClass.SICK,
    LESS_HEALTHY: HealthClass.LESS_HEALTHY,
    HEALTHY: HealthClass.HEALTHY,
}
_CODE_OF_CLASS = {one: code for code, one in CLASS_OF_CODE.items() if one is not None}
# Rows that are held as floats at once; beyond some ten thousand the processor's cache is left.
BLOCK = 16_384
# Quotients of sums below 10^4 differ from a half by more than this unless they are one.
_DOUBT = 1e-6
# Above any sum of weights, so that two sums fit into one number.
_PLACE = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Assessments as columns: one row each, points in the order of the instrument.

    `points` is -1 where missing. Days are ordinals of the calendar. Facts that are unknown are
    NaN, days -1; flags are then False. `kind` numbers the rows' sector, equipment and declaration.
    """

    points: SmallInts
    sector: NDArray[np.uint8]
    has_equipment: Bools
    declared_non_halal: Bools
    sold_outside_home: Bools
    off_season: Bools
    installments_without_surplus: Bools
    incident_open: Bools
    assessed_on: Ints
    started_on: Ints
    days_since_last_sale: Floats
    loss_months: Floats
    book_coverage: Floats
    arrears_days: Floats
    debt_service_ratio: Floats
    quick_ratio: Floats

    def __len__(self) -> int:
        return len(self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescored:
    """Per row: the total in tenths (-1 without one) and the class after caps."""

    tenths: Ints
    final_class: SmallInts


def rescore(instrument: Instrument, answers: Answers) -> Rescored:
    """Score every row. Memory beside the input: some bytes a row and one block of floats."""
    count = len(answers)
    tenths = np.full(count, MISSING, dtype=np.int64)
    final = np.full(count, NO_CLASS, dtype=np.int8)
    caps = _caps(instrument, answers)
    kinds = (answers.sector * 4 + answers.has_equipment * 2 + answers.declared_non_halal).astype(
        np.uint8
    )
    for kind in np.unique(kinds):
        rows = np.flatnonzero(kinds == kind)
        sheet = sheet_for(
            instrument, sorted(instrument.sectors)[kind // 4], bool(kind & 2), bool(kind & 1)
        )
        scale = _Scale.of(instrument, sheet)
        for start in range(0, len(rows), BLOCK):
            part = rows[start : start + BLOCK]
            tenths[part], final[part] = _block(
                instrument, scale, answers.points.take(part, axis=0), caps[part]
            )
    return Rescored(tenths=tenths, final_class=final)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """One sheet as matrices: weights of questions by dimension, and of dimensions."""

    sheet: Sheet
    weights: NDArray[np.float32]
    least_answered: Floats
    # What one answered unit of weight adds to the coverage of the whole.
    coverage: Floats
    dimensions: Floats
    floors: Bools

    @classmethod
    def of(cls, instrument: Instrument, sheet: Sheet) -> _Scale:
        weights = np.zeros((len(instrument.indicators), len(sheet.dimensions)), dtype=np.float32)
        for column, part in enumerate(sheet.dimensions):
            for position, weight in part.items:
                weights[position, column] = weight
        applicable = np.array([part.applicable_weight for part in sheet.dimensions], float)
        dimensions = np.array([part.weight for part in sheet.dimensions], float)
        return cls(
            sheet=sheet,
            weights=weights,
            # Weights are whole, so a share of them is reached from the next whole number on.
            least_answered=np.array(
                [
                    ceil(part.applicable_weight * instrument.dimension_coverage)
                    for part in sheet.dimensions
                ],
                float,
            ),
            coverage=dimensions / applicable / dimensions.sum(),
            dimensions=dimensions,
            floors=np.array(
                [part.code in instrument.limits.floor_dimensions for part in sheet.dimensions]
            ),
        )


def _block(
    instrument: Instrument, scale: _Scale, points: SmallInts, cap: SmallInts
) -> tuple[Ints, SmallInts]:
    both = _both_sums(points, scale.weights)
    earned = np.floor(both / _PLACE)
    answered = both - _PLACE * earned
    is_kept = (answered >= scale.least_answered) & (answered > 0)
    share = earned / np.where(is_kept, BEST_POINTS * answered, np.inf)
    weight = is_kept @ scale.dimensions
    total = (share @ scale.dimensions) / np.maximum(weight, 1)
    tenths = _half_up(total, lambda row: _exact(scale, earned[row], answered[row], is_kept[row]))
    is_rated = (weight > 0) & _reaches(instrument, scale, answered)
    floors = np.where(is_kept[:, scale.floors], share[:, scale.floors], 1.0)
    # Half a tenth less, and a hair for what floats lose: the value is compared rounded.
    is_low = (floors < (instrument.limits.floor_tenths - 0.5) / 1000 - 1e-12).any(axis=1)
    effect = instrument.knockouts["KO-9"].effect
    if effect is not None:
        cap = np.where(is_low, np.minimum(cap, _CODE_OF_CLASS[effect]), cap)
    final = np.minimum(_class_of(instrument, tenths), cap)
    return np.where(weight > 0, tenths, MISSING), np.where(is_rated, final, NO_CLASS)


def _both_sums(points: SmallInts, weights: NDArray[np.float32]) -> Floats:
    """Earned weight times `_PLACE` plus answered weight: both sums by one product.

    Whole numbers below 2^24 (400 earned at most, 100 answered), exact in single precision.
    """
    packed = points.astype(np.float32)
    packed *= _PLACE
    packed += 1
    packed *= points >= 0
    return (packed @ weights).astype(np.float64)


def _half_up(share: Floats, exact: Any) -> Ints:
    scaled = share * 1000 + 0.5
    tenths = np.floor(scaled).astype(np.int64)
    for row in np.flatnonzero(np.abs(scaled - np.rint(scaled)) < _DOUBT):
        tenths[row] = exact(row)
    return tenths


def _exact(scale: _Scale, earned: Floats, answered: Floats, is_kept: Bools) -> int:
    numerator, denominator, weights = 0, 1, 0
    for column, part in enumerate(scale.sheet.dimensions):
        if is_kept[column]:
            best = BEST_POINTS * int(answered[column])
            numerator = numerator * best + part.weight * int(earned[column]) * denominator
            denominator *= best
            weights += part.weight
    return rounded(1000 * numerator, denominator * weights) if weights else MISSING


def _reaches(instrument: Instrument, scale: _Scale, answered: Floats) -> Bools:
    """Whether enough was answered for a class; unrounded, so a near miss is counted out exactly."""
    bound = instrument.provisional_coverage
    covered = answered @ scale.coverage
    reached: Bools = covered >= float(bound)
    for row in np.flatnonzero(np.abs(covered - float(bound)) < _DOUBT):
        units = sum(
            part.unit * int(given)
            for part, given in zip(scale.sheet.dimensions, answered[row], strict=True)
        )
        reached[row] = units * bound.denominator >= bound.numerator * scale.sheet.whole
    return reached


def _class_of(instrument: Instrument, tenths: Ints) -> SmallInts:
    above: SmallInts = (tenths >= instrument.less_healthy_tenths).astype(np.int8)
    return above + (tenths >= instrument.healthy_tenths).astype(np.int8)


def _caps(instrument: Instrument, answers: Answers) -> SmallInts:
    """The best class that the knock-out rules but KO-9 leave; see `rules.knockouts`."""
    cap = np.full(len(answers), HEALTHY, dtype=np.int8)
    for fires, effect in (*_fact_rules(instrument, answers), *_answer_rules(instrument, answers)):
        if effect is not None:
            np.minimum(cap, np.int8(_CODE_OF_CLASS[effect]), out=cap, where=fires)
    return cap


_Rule = tuple[Bools, HealthClass | None]


def _fact_rules(instrument: Instrument, answers: Answers) -> Sequence[_Rule]:
    limits, rules = instrument.limits, instrument.knockouts
    sale, arrears, ratio = (
        answers.days_since_last_sale,
        answers.arrears_days,
        answers.debt_service_ratio,
    )
    loss = (answers.loss_months >= limits.loss_months) & (
        answers.book_coverage >= float(limits.book_coverage)
    )
    young = _is_startup(instrument, answers, loss)
    waits = answers.off_season & (sale <= limits.off_season_days)
    is_debt_fatal = ratio > float(limits.debt_service_sick)
    # A comparison with NaN is False: a rule whose fact is unknown does not fire.
    return (
        ((sale > limits.no_sale_days) & ~waits, rules["KO-1"].effect),
        (loss & ~young, rules["KO-2"].effect),
        (young, rules["KO-2"].startup_effect),
        (arrears > limits.arrears_cap_days, HealthClass.LESS_HEALTHY),
        (arrears > limits.arrears_sick_days, HealthClass.SICK),
        (ratio > float(limits.debt_service_cap), HealthClass.LESS_HEALTHY),
        (is_debt_fatal | answers.installments_without_surplus, HealthClass.SICK),
        (answers.incident_open, rules["KO-6"].effect),
        (answers.quick_ratio < float(limits.quick_ratio), rules["KO-7"].effect),
    )


def _answer_rules(instrument: Instrument, answers: Answers) -> Sequence[_Rule]:
    codes = sorted(instrument.sectors)
    is_packed_food = answers.sector == codes.index("A")
    is_food = is_packed_food | (answers.sector == codes.index("B"))

    def is_nought(code: str) -> Bools:
        none: Bools = answers.points[:, instrument.indicator(code).position] == 0
        return none

    halal_is_due = answers.assessed_on >= instrument.halal_required_from.toordinal()
    no_permit = is_packed_food & answers.sold_outside_home & is_nought("LGL2")
    no_halal = is_food & ~answers.declared_non_halal & halal_is_due & is_nought("LGL3")
    return (
        (no_permit | no_halal, instrument.knockouts["KO-5"].effect),
        (is_nought("MNJ1"), instrument.knockouts["KO-8"].effect),
    )


def _is_startup(instrument: Instrument, answers: Answers, among: Bools) -> Bools:
    """Which of some rows are younger than a startup's months; see `rules.knockouts.add_months`."""
    rows = np.flatnonzero(among & (answers.started_on > 0))
    epoch = date(1970, 1, 1).toordinal()
    days = (answers.started_on[rows] - epoch).astype("datetime64[D]")
    month = days.astype("datetime64[M]")
    target = month + instrument.startup_months
    length = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(int)
    of_month = (days - month.astype("datetime64[D]")).astype(int)
    # The last day of a month that is too short.
    until = target.astype("datetime64[D]").astype(int) + np.minimum(of_month, length - 1) + epoch
    young = np.zeros(len(answers), dtype=bool)
    young[rows] = until > answers.assessed_on[rows]
    return young


_FLAGS = (
    "has_equipment",
    "declared_non_halal",
    "sold_outside_home",
    "off_season",
    "installments_without_surplus",
    "incident_open",
)
_FACTS = (
    "days_since_last_sale",
    "loss_months",
    "book_coverage",
    "arrears_days",
    "debt_service_ratio",
    "quick_ratio",
)


def answers_of(
    instrument: Instrument,
    *,
    points: Sequence[Sequence[int | None]],
    places: NDArray[np.intp],
    sectors: Sequence[str],
    assessed_on: Sequence[date],
    contexts: Sequence[Mapping[str, Any]],
) -> Answers:
    """Stored assessments as columns.

    `places` says for each question of `instrument` where it stands in the stored points, -1 if
    the version of the assessment did not ask it (then it is missing).
    """
    width = len(points[0]) if points else len(places)
    # None becomes NaN in one go, which no loop of ours could do as fast.
    known = np.nan_to_num(np.array(points, dtype=np.float32).reshape(-1, width), nan=MISSING)
    arranged = np.where(places >= 0, known[:, np.maximum(places, 0)], MISSING)
    order = {code: number for number, code in enumerate(sorted(instrument.sectors))}
    names = (*_FLAGS, *_FACTS)
    read = [tuple(map(one.get, names)) for one in contexts]
    columns = np.array(read, dtype=float).reshape(-1, len(names)).T
    facts: dict[str, Any] = dict(zip(names, columns, strict=True))
    facts.update({name: facts[name] > 0 for name in _FLAGS})
    return Answers(
        points=arranged.astype(np.int8),
        sector=np.array([order[one] for one in sectors], dtype=np.uint8),
        assessed_on=np.array([one.toordinal() for one in assessed_on], dtype=np.int64),
        started_on=np.array(
            [
                date.fromisoformat(started).toordinal() if (started := one.get("started_on")) else 0
                for one in contexts
            ],
            dtype=np.int64,
        ),
        **facts,
    )
