"""How sales move with Lebaran, harvest and December.

Bank Indonesia Purwokerto's retail survey (April 2023): food, drink and tobacco about +60 % in
Ramadan, T-shirts up to +100 %. The other factors are assumptions.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from app.demo.arrays import Floats

# The first day of Syawal as the government announced it; 2027 as in the official calendar.
LEBARAN = (date(2023, 4, 22), date(2024, 4, 10), date(2025, 3, 31), date(2026, 3, 20),
           date(2027, 3, 10))  # fmt: skip
# Sectors A to F in the 30 days before Lebaran.
RAMADAN = np.array([0.60, 0.60, 0.70, 0.15, 0.45, 0.05])
MONTH_AFTER = -0.25
HARVEST = 0.25
HARVEST_MONTHS = (3, 4, 8)
DECEMBER = 0.08


def season_factors(last_on: date, months: int) -> Floats:
    """Factors on ordinary sales, a row per sector and a column per month of 30.4 days, old first.

    The last column is the month that ends on `last_on`.
    """
    factors = np.ones((6, months))
    for column in range(months):
        middle = last_on - timedelta(days=30.4 * (months - column) - 15.2)
        factors[:, column] += _lebaran(middle)
        factors[:, column] *= 1 + (DECEMBER if middle.month == 12 else 0.0)
        factors[5, column] *= 1 + (HARVEST if middle.month in HARVEST_MONTHS else 0.0)
    return factors


def _lebaran(middle: date) -> Floats:
    """The part of the month's sales that Ramadan adds and the month after takes away."""
    effect = np.zeros(6)
    for day in LEBARAN:
        before = (day - middle).days - 15
        effect += RAMADAN * max(0.0, 1 - abs(before) / 30)
        effect += MONTH_AFTER * max(0.0, 1 - abs(before + 30) / 30)
    return effect
