"""The 32 indicators as arrays: weights, who is asked, which points can be given, how hard they are.

Weights, sectors and options repeat the published instrument IKU-DM v1 so that the simulator needs
no file; a test holds the two equal. Difficulty is ours: the latent level at which half reach the
middle of the scale.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.demo.arrays import Bools, Floats, Ints

DIMENSIONS = ("KEU", "PSR", "PRD", "KMS", "LGL", "MNJ", "MDL", "SDM")
SECTORS = "ABCDEF"
MISSING, NOT_APPLICABLE = -1, -2

_FULL = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One question; `spread` is the distance between neighbouring cut-points."""

    code: str
    weight: int
    sectors: str = SECTORS
    options: tuple[int, ...] = _FULL
    difficulty: float = 0.0
    spread: float = 0.30

    @property
    def dimension(self) -> str:
        """The dimension it belongs to."""
        return self.code[:3]


INDICATORS: tuple[Indicator, ...] = (
    Indicator(code="KEU1", weight=7, difficulty=-0.45),
    Indicator(code="KEU2", weight=5, difficulty=-0.55),
    Indicator(code="KEU3", weight=4, difficulty=-0.30, options=(0, 1, 3, 4)),
    Indicator(code="KEU4", weight=4, difficulty=0.05, options=(0, 2, 3, 4)),
    Indicator(code="PSR1", weight=6, difficulty=-0.25, options=(0, 1, 3, 4), spread=0.45),
    Indicator(code="PSR2", weight=4, difficulty=-1.35, spread=0.40),
    Indicator(code="PSR3", weight=4, difficulty=0.10),
    Indicator(code="PSR4", weight=4, difficulty=-0.70),
    Indicator(code="PRD1", weight=2, sectors="ABCDF", difficulty=-0.15, options=(0, 2, 3, 4)),
    Indicator(code="PRD2", weight=3, difficulty=-0.25),
    Indicator(code="PRD3", weight=3, difficulty=-0.25),
    Indicator(code="PRD4", weight=2, difficulty=-0.40),
    Indicator(code="PRD5", weight=2, difficulty=-0.45),
    Indicator(code="KMS1", weight=3, sectors="AC", difficulty=-0.20),
    Indicator(code="KMS2", weight=4, sectors="AC", difficulty=0.05),
    Indicator(code="KMS3", weight=1, sectors="AC", difficulty=0.05, options=(0, 2, 4)),
    Indicator(code="LGL1", weight=3, options=(0, 2, 4)),
    Indicator(code="LGL2", weight=3, sectors="AB"),
    Indicator(code="LGL3", weight=3, sectors="AB", options=(0, 1, 3, 4)),
    Indicator(code="LGL4", weight=1, options=(0, 2, 4)),
    Indicator(code="MNJ1", weight=5, difficulty=-0.45),
    Indicator(code="MNJ2", weight=4, difficulty=-0.05, options=(0, 2, 3, 4)),
    Indicator(code="MNJ3", weight=3, difficulty=0.05, options=(0, 2, 3, 4)),
    Indicator(code="MNJ4", weight=2, difficulty=0.05),
    Indicator(code="MDL1", weight=4, difficulty=-0.35),
    Indicator(code="MDL2", weight=3, difficulty=-0.75, spread=0.35),
    Indicator(code="MDL3", weight=1, difficulty=-0.60),
    Indicator(code="MDL4", weight=2, difficulty=-0.10, options=(0, 2, 4)),
    Indicator(code="SDM1", weight=2, difficulty=0.05, options=(0, 2, 3, 4)),
    Indicator(code="SDM2", weight=2, difficulty=0.05, options=(0, 2, 4)),
    Indicator(code="SDM3", weight=2, difficulty=-0.10),
    Indicator(code="SDM4", weight=2, difficulty=-0.65, options=(0, 2, 4)),
)
CODES = tuple(indicator.code for indicator in INDICATORS)
COUNT = len(INDICATORS)
_POSITION = {code: position for position, code in enumerate(CODES)}


def position(code: str) -> int:
    """Where an indicator stands in every array of points."""
    return _POSITION[code]


WEIGHTS: Ints = np.array([indicator.weight for indicator in INDICATORS], dtype=np.int64)
DIMENSION_OF: Ints = np.array(
    [DIMENSIONS.index(indicator.dimension) for indicator in INDICATORS], dtype=np.int64
)
# One row per sector: whether the question is asked there.
ASKED: Bools = np.array(
    [[sector in indicator.sectors for indicator in INDICATORS] for sector in SECTORS]
)

# What moves each dimension: true health, practices, certificates, debt (simulator.md).
LOADINGS: Floats = np.array(
    [
        [1.0, 0.0, 0.0, 0.0],
        [0.8, 0.2, 0.0, 0.0],
        [0.4, 0.4, 0.0, 0.0],
        [0.2, 0.5, 0.3, 0.0],
        [0.0, 0.0, 0.0, 0.0],
        [0.2, 0.9, 0.0, 0.0],
        [0.7, 0.0, 0.0, -1.0],
        [0.3, 0.3, 0.0, 0.0],
    ]
)
