"""The raw values behind the points: days, ratios, months, each inside its option's band."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from app.demo.arrays import Bools, Floats, Ints, SmallInts
from app.demo.population import Population
from app.demo.questionnaire import MISSING, position

NONE = -1
# Bounds of each option, by points 0 to 4, as the instrument prints them.
LAST_SALE_DAYS = ((61, 150), (31, 60), (15, 30), (8, 14), (0, 7))
ARREARS_DAYS = ((91, 210), (31, 90), (8, 30), (1, 7), (0, 0))
DEBT_SERVICE = ((0.705, 1.35), (0.505, 0.70), (0.355, 0.50), (0.205, 0.35), (0.02, 0.20))
QUICK_RATIO = ((0.05, 0.495), (0.5, 0.995), (1.0, 1.495), (1.5, 1.995), (2.0, 6.0))
BOOK_COVERAGE = ((0.0, 0.0), (0.03, 0.245), (0.25, 0.5), (0.505, 0.80), (0.805, 1.0))
# Chance that all three of the last months lost, when the quarter as a whole did.
THREE_LOSSES = 0.45
SHARE_WITHOUT_DUES = 0.35
INCIDENT_CHANCE = 0.003


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """One quarter's raw values; `NONE` (or NaN in a ratio) where there is none."""

    days_since_last_sale: Ints
    arrears_days: Ints
    debt_service_ratio: Floats
    quick_ratio: Floats
    loss_months: Ints
    book_coverage: Floats
    book_share: Floats
    has_installments_without_surplus: Bools
    is_off_season: Bools
    has_incident: Bools


def draw_readings(
    rng: Generator, points: SmallInts, *, people: Population, has_loan: Bools
) -> Readings:
    """Raw values that give exactly these points."""
    sale = _whole(rng, points[:, position("PSR2")], LAST_SALE_DAYS)
    off_season = people.is_seasonal & (sale > 60) & (rng.random(people.size) < 0.8)
    sale = np.where(off_season, rng.integers(61, 290, people.size), sale)
    months = _loss_months(rng, points[:, position("KEU1")])
    ratio = _ratio(rng, points[:, position("MDL1")], DEBT_SERVICE)
    without_surplus = has_loan & (points[:, position("KEU1")] == 0)
    book = np.nan_to_num(_ratio(rng, points[:, position("MNJ1")], BOOK_COVERAGE))
    quick = _ratio(rng, points[:, position("KEU2")], QUICK_RATIO)
    has_no_dues = (points[:, position("KEU2")] == 4) & ~has_loan
    has_no_dues &= rng.random(people.size) < SHARE_WITHOUT_DUES
    return Readings(
        days_since_last_sale=sale,
        arrears_days=_whole(rng, points[:, position("MDL2")], ARREARS_DAYS),
        # Without surplus there is no ratio to speak of; without a loan it is 0.
        debt_service_ratio=np.where(without_surplus, np.nan, np.where(has_loan, ratio, 0.0)),
        quick_ratio=np.where(has_no_dues, np.nan, quick),
        loss_months=months,
        book_share=book,
        # The worst of three months lies below the last thirty days.
        book_coverage=np.round(book * rng.uniform(0.75, 1.0, people.size), 2),
        has_installments_without_surplus=without_surplus & (months == 3),
        is_off_season=off_season,
        has_incident=(people.sector <= 1) & (rng.random(people.size) < INCIDENT_CHANCE),
    )


def _whole(rng: Generator, points: SmallInts, bands: tuple[tuple[int, int], ...]) -> Ints:
    low, high = np.array(bands).T
    drawn = rng.integers(low[points], high[points] + 1)
    return np.where(points == MISSING, NONE, drawn)


def _ratio(rng: Generator, points: SmallInts, bands: tuple[tuple[float, float], ...]) -> Floats:
    low, high = np.array(bands).T
    drawn = np.round(rng.uniform(low[points], high[points]), 2)
    drawn = np.clip(drawn, np.ceil(low[points] * 100) / 100, np.floor(high[points] * 100) / 100)
    return np.where(points == MISSING, np.nan, drawn)


def _loss_months(rng: Generator, margin: SmallInts) -> Ints:
    chance = rng.random(len(margin))
    losing = np.where(chance < THREE_LOSSES, 3, np.where(chance < 0.8, 2, 1))
    thin = np.where(chance < 0.25, 1, 0)
    months = np.where(margin == 0, losing, np.where(margin == 1, thin, 0))
    return np.where(margin == MISSING, NONE, months)
