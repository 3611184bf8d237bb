"""The printed scoring rules of IKU-DM v1 on whole arrays, for calibration and for bulk demo rows.

The register's own rules in `app.health` decide; a test holds the two equal on a sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from app.demo.arrays import Bools, Floats, Ints, SmallInts
from app.demo.population import Population
from app.demo.questionnaire import (
    DIMENSION_OF,
    DIMENSIONS,
    NOT_APPLICABLE,
    WEIGHTS,
    position,
)
from app.demo.readings import Readings
from app.market.rules.dated_rules import HALAL_DUTY, first_rule

SICK, LESS_HEALTHY, HEALTHY, NO_CLASS = 0, 1, 2, -1
HEALTHY_FROM, LESS_HEALTHY_FROM = 700, 450
HALAL_REQUIRED_FROM: date = first_rule(HALAL_DUTY).value
DIMENSION_WEIGHTS = np.array(
    [WEIGHTS[index == DIMENSION_OF].sum() for index in range(len(DIMENSIONS))]
)
_EPOCH = date(1970, 1, 1).toordinal()
KNOCKOUTS = ("KO-1", "KO-2", "KO-3", "KO-4", "KO-5", "KO-6", "KO-7", "KO-8", "KO-9")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """One quarter's scores in tenths, `-1` where there is none; classes after caps."""

    score: Ints
    coverage: Floats
    final_class: SmallInts
    dimensions: Ints
    knockouts: Bools


def score_all(
    points: SmallInts,
    readings: Readings,
    *,
    people: Population,
    assessed_days: Ints,
    start_days: Ints,
) -> Scores:
    """Score every enterprise; days are ordinals, `start_days` when the enterprise began."""
    answered = points >= 0
    applies = points != NOT_APPLICABLE
    given = np.where(answered, points, 0).astype(np.int64)
    shape = (len(points), len(DIMENSIONS))
    earned, asked, possible = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for index in range(len(DIMENSIONS)):
        chosen = index == DIMENSION_OF
        weights = WEIGHTS[chosen]
        earned[:, index] = given[:, chosen] @ weights
        asked[:, index] = answered[:, chosen] @ weights
        possible[:, index] = applies[:, chosen] @ weights
    is_kept = (asked > 0) & (2 * asked >= possible)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(is_kept, earned / (4 * asked), 0.0)
        covered = np.where(possible > 0, asked / possible, 0.0)
    kept_weight = (is_kept * DIMENSION_WEIGHTS).sum(axis=1)
    total = (value * DIMENSION_WEIGHTS).sum(axis=1) / np.maximum(kept_weight, 1)
    coverage = (covered * DIMENSION_WEIGHTS).sum(axis=1)
    coverage = coverage / ((possible > 0) * DIMENSION_WEIGHTS).sum(axis=1)
    score = tenths(total)
    dimensions = np.where(is_kept, tenths(value), -1)
    fired = _knockouts(points, readings, people, dimensions, assessed_days)
    young = assessed_days < _half_a_year_after(start_days)
    final = np.minimum(_class_of(score), _cap(fired, readings, young))
    final = np.where((coverage < 0.6) | (kept_weight == 0), NO_CLASS, final).astype(np.int8)
    return Scores(
        score=score, coverage=coverage, final_class=final, dimensions=dimensions, knockouts=fired
    )


def _half_a_year_after(start_days: Ints) -> Ints:
    """The same day six months on, or the last day of a month that is too short."""
    days = (start_days - _EPOCH).astype("datetime64[D]")
    month = days.astype("datetime64[M]")
    target = month + 6
    length = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(int)
    day_of_month = (days - month.astype("datetime64[D]")).astype(int)
    later = target.astype("datetime64[D]").astype(int) + np.minimum(day_of_month, length - 1)
    return np.asarray(later + _EPOCH, dtype=np.int64)


def tenths(share: Floats) -> Ints:
    """A share as tenths of a point of 100, half up; the tiny part undoes binary fractions."""
    return np.floor(share * 1000 + 0.5 + 1e-7).astype(np.int64)


def _class_of(score: Ints) -> Ints:
    return np.where(score >= HEALTHY_FROM, HEALTHY, np.where(score >= LESS_HEALTHY_FROM, 1, 0))


def _knockouts(
    points: SmallInts,
    readings: Readings,
    people: Population,
    dimensions: Ints,
    assessed_days: Ints,
) -> Bools:
    """One column per rule, whether it fires."""
    food = people.sector <= 1
    halal_is_due = assessed_days >= HALAL_REQUIRED_FROM.toordinal()
    sale = readings.days_since_last_sale
    surplus_is_eaten = readings.has_installments_without_surplus
    core = dimensions[:, [DIMENSIONS.index(name) for name in ("KEU", "PSR", "MDL")]]
    ratio = np.nan_to_num(readings.debt_service_ratio)
    unlicensed = people.is_sold_outside & (points[:, position("LGL2")] == 0)
    no_halal = food & halal_is_due & (points[:, position("LGL3")] == 0)
    rules = (
        (sale > 60) & ~(readings.is_off_season & (sale <= 300)),
        (readings.loss_months == 3) & (readings.book_coverage >= 0.5),
        readings.arrears_days > 90,
        (ratio > 0.5) | surplus_is_eaten,
        unlicensed | no_halal,
        readings.has_incident,
        np.nan_to_num(readings.quick_ratio, nan=9.0) < 0.5,
        points[:, position("MNJ1")] == 0,
        ((core >= 0) & (core < 500)).any(axis=1),
    )
    return np.stack(rules, axis=1)


def _cap(fired: Bools, readings: Readings, young: Bools) -> Ints:
    """The best class that the fired rules leave."""
    sick = fired[:, 0] | fired[:, 5] | (fired[:, 1] & ~young)
    sick |= readings.arrears_days > 120
    sick |= readings.has_installments_without_surplus
    sick |= np.nan_to_num(readings.debt_service_ratio) > 1.0
    return np.where(sick, SICK, np.where(fired.any(axis=1), LESS_HEALTHY, HEALTHY))
