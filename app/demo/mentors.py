"""Mentors: how strict, how diligent, and whom they visit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from app.demo.arrays import Bools, Floats, Ints, SmallInts
from app.demo.parameters import Parameters
from app.demo.population import Population


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentors:
    """One value per mentor; diligence 1 is the average."""

    leniency: Floats
    diligence: Floats


def draw_mentors(rng: Generator, count: int, parameters: Parameters) -> Mentors:
    """Unequal mentors: the least diligent does about a third of the average, the best 1.4 of it."""
    return Mentors(
        leniency=rng.normal(0.0, parameters.severity_sd, count),
        diligence=np.clip(0.35 + 1.05 * rng.beta(3.2, 2.0, count), 0.3, 1.45),
    )


def draw_visits(
    rng: Generator,
    *,
    people: Population,
    mentors: Mentors,
    is_open: Bools,
    last_class: SmallInts,
    health: Floats,
    parameters: Parameters,
) -> Ints:
    """Visits of one quarter: 60 % of the slots go round, 40 % to those who seem to need them."""
    seems = np.where(last_class == 0, 1.2, np.where(last_class == 1, 0.5, 0.0))
    need = np.exp(seems - 0.3 * health + rng.normal(0.0, 0.6, people.size)) * is_open
    load = np.bincount(people.mentor, weights=is_open, minlength=people.mentor_count)
    needs = np.bincount(people.mentor, weights=need, minlength=people.mentor_count)
    # A mentor with few enterprises does not visit each one more often than monthly.
    slots = np.minimum(parameters.visit_slots * mentors.diligence, 3.0 * load)
    per_round = parameters.round_share * slots / np.maximum(load, 1)
    per_need = (1 - parameters.round_share) * slots / np.maximum(needs, 1e-9)
    expected = per_round[people.mentor] * is_open + per_need[people.mentor] * need
    visits: Ints = np.minimum(rng.poisson(expected), 6).astype(np.int64)
    return visits


def draw_assessors(
    rng: Generator, *, people: Population, mentors: Mentors, parameters: Parameters
) -> tuple[Ints, Bools]:
    """Who assesses (a colleague of the regency in 15 %), and whether it is done this round."""
    size = people.size
    regency = people.mentor_regency[people.mentor]
    first = np.searchsorted(people.mentor_regency, regency)
    colleagues = np.bincount(people.mentor_regency)[regency]
    other = first + (rng.random(size) * colleagues).astype(np.int64)
    is_substitute = rng.random(size) < parameters.substitute_share
    assessor = np.where(is_substitute, other, people.mentor)
    # Diligence moves the share done around its average without leaving 0.5 to 0.99.
    share = np.clip(parameters.assessed_share + 0.22 * (mentors.diligence - 1.0), 0.5, 0.99)
    return assessor, rng.random(size) < share[people.mentor]
