"""Lebaran, harvest and blows from outside."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from app.demo.seasons import season_factors
from app.demo.shocks import SHOCKS, draw_losses

FOOD, SERVICES, FARM = 0, 3, 5


def _month_ending(day: date) -> np.ndarray:
    return season_factors(day, 1)[:, 0]


def test_ramadan_sells_more_food_than_services():
    # Lebaran 2026 began on 20 March.
    ramadan = _month_ending(date(2026, 3, 20))

    assert ramadan[FOOD] == pytest.approx(1.6, abs=0.08)
    assert 1.0 < ramadan[SERVICES] < ramadan[FOOD]


def test_the_month_after_lebaran_is_poor():
    assert _month_ending(date(2026, 4, 19))[FOOD] < 0.85


def test_lebaran_moves_with_the_moon():
    assert _month_ending(date(2024, 4, 10))[FOOD] > 1.5
    assert _month_ending(date(2026, 4, 10))[FOOD] < 1.1


def test_farms_sell_at_harvest():
    assert _month_ending(date(2026, 8, 31))[FARM] == pytest.approx(1.25, abs=0.01)
    assert _month_ending(date(2026, 7, 1))[FARM] < 1.1


def test_the_last_month_ends_on_the_last_day():
    whole = season_factors(date(2026, 3, 20), 24)

    assert whole.shape == (6, 24)
    assert whole[:, -1].tolist() == _month_ending(date(2026, 3, 20)).tolist()


def test_blows_come_as_often_and_as_hard_as_stated():
    passing, lasting = draw_losses(np.random.default_rng(3), 200_000)

    expected = sum(shock.chance * shock.size for shock in SHOCKS)
    assert passing.mean() + lasting.mean() == pytest.approx(expected, rel=0.05)
    # Only what weather took may stay, in 41 of 100 cases.
    assert lasting.mean() == pytest.approx(0.012 * 0.41 * 0.40, rel=0.12)
    assert min(passing.min(), lasting.min()) >= 0
