"""What hits an enterprise from outside, by quarter.

Shares from the worst shock named in three years (CFI MAP2 2024: cost rise 40 %, weather 4 %,
illness 2 %, crime 1 %), scaled up because only the worst is asked; sizes are assumptions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from app.demo.arrays import Floats

# 41 % of those hit by weather had not recovered within three years: their loss stays.
LASTING_SHARE = {"cuaca": 0.41}


@dataclass(frozen=True, slots=True)
class Shock:
    """A kind of blow: chance in a quarter, loss of true health."""

    name: str
    chance: float
    size: float


SHOCKS = (
    Shock("biaya", 0.036, 0.22),
    Shock("cuaca", 0.012, 0.40),
    Shock("sakit", 0.012, 0.32),
    Shock("kejahatan", 0.003, 0.36),
    Shock("keluarga", 0.020, 0.18),
)


def draw_losses(rng: Generator, size: int) -> tuple[Floats, Floats]:
    """Losses of this quarter: those that pass and those that stay."""
    passing, lasting = np.zeros(size), np.zeros(size)
    for shock in SHOCKS:
        is_hit = rng.random(size) < shock.chance
        stays = rng.random(size) < LASTING_SHARE.get(shock.name, 0.0)
        loss = np.where(is_hit, shock.size * rng.uniform(0.7, 1.3, size), 0.0)
        passing += np.where(stays, 0.0, loss)
        lasting += np.where(stays, loss, 0.0)
    return passing, lasting
