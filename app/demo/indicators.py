"""From true health to the 32 answers that a mentor writes down."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from app.demo.arrays import Bools, Floats, Ints, SmallInts
from app.demo.parameters import Parameters
from app.demo.population import Population
from app.demo.questionnaire import (
    ASKED,
    COUNT,
    DIMENSION_OF,
    INDICATORS,
    LOADINGS,
    MISSING,
    NOT_APPLICABLE,
    position,
)
from app.demo.state import CERTIFICATE_POSITIONS, State, certificate_score

# An owner without a book does not know the figures in one case of twelve; anything else is
# forgotten once in 150 answers [A].
UNKNOWN_FIGURES, FORGOTTEN = 0.08, 0.006
_FIGURES = [position(code) for code in ("KEU1", "KEU2", "KEU3")]


def answers(
    rng: Generator,
    state: State,
    *,
    people: Population,
    health: Floats,
    leniency: Floats,
    season: Floats,
    parameters: Parameters,
) -> SmallInts:
    """Points of every enterprise for every indicator, with `MISSING` and `NOT_APPLICABLE`.

    `leniency` is the mentor's, `season` the change of sales that the calendar alone makes.
    """
    applies = applicable(people)
    latent = _latents(rng, state, applies, health, leniency, parameters)
    latent[:, position("PSR1")] += season
    points = _cut(latent, parameters)
    points[:, CERTIFICATE_POSITIONS] = state.certificates
    _agree(points, state.has_loan)
    _forget(rng, points)
    points[~applies] = NOT_APPLICABLE
    return points


def applicable(people: Population) -> Bools:
    """Which indicators are asked, by sector, equipment and a declared non-halal product."""
    applies = ASKED[people.sector].copy()
    applies[:, position("PRD5")] = people.has_equipment
    applies[:, position("LGL3")] &= ~people.is_non_halal
    return applies


def _latents(
    rng: Generator,
    state: State,
    applies: Bools,
    health: Floats,
    leniency: Floats,
    parameters: Parameters,
) -> Floats:
    certified = certificate_score(state.certificates, applies[:, CERTIFICATE_POSITIONS])
    causes = np.stack([health, state.practices, certified, state.debt], axis=1)
    latent = (causes @ LOADINGS.T)[:, DIMENSION_OF] + state.item_bonus + state.habits
    latent += (leniency + rng.normal(0.0, parameters.occasion_noise, len(health)))[:, None]
    fresh = parameters.item_noise * np.sqrt(1 - parameters.habit_share)
    latent += rng.normal(0.0, fresh, latent.shape)
    return np.asarray(latent, dtype=np.float64)


def _cut(latent: Floats, parameters: Parameters) -> SmallInts:
    """Points by cut-points evenly spaced around each indicator's difficulty."""
    points = np.zeros(latent.shape, dtype=np.int8)
    for column, indicator in enumerate(INDICATORS):
        cuts = len(indicator.options) - 1
        offsets = (np.arange(cuts) - (cuts - 1) / 2) * indicator.spread * parameters.spread_scale
        edges = indicator.difficulty - parameters.level_shift + offsets
        option: Ints = np.searchsorted(edges, latent[:, column])
        points[:, column] = np.array(indicator.options, dtype=np.int8)[option]
    return points


def _agree(points: SmallInts, has_loan: Bools) -> None:
    """Make answers that speak of the same money agree, in place, as the option texts demand."""
    loses = points[:, position("KEU1")] == 0
    draws = points[:, position("KEU3")]
    points[:, position("KEU3")] = np.where(loses, np.where(draws >= 3, 2, 0), draws)
    for code in ("MDL1", "MDL2", "MDL3"):
        points[~has_loan, position(code)] = 4
    points[loses & has_loan, position("MDL1")] = 0


def _forget(rng: Generator, points: SmallInts) -> None:
    size = len(points)
    has_book = points[:, position("MNJ1")] >= 2
    is_unknown = ~has_book & (rng.random(size) < UNKNOWN_FIGURES)
    for column in _FIGURES:
        points[is_unknown & (rng.random(size) < 0.9), column] = MISSING
    points[rng.random((size, COUNT)) < FORGOTTEN] = MISSING
