"""What changes from quarter to quarter, as arrays of one value per enterprise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from app.demo.arrays import Bools, Floats, Ints, SmallInts
from app.demo.parameters import Parameters
from app.demo.population import Population
from app.demo.questionnaire import COUNT, position
from app.demo.shocks import draw_losses
from app.demo.villages import DEMO_VILLAGES

# NIB, food permit, halal, NPWP and brand: share of each option's points at entry. About 19 % are
# registered for tax (CFI MAP2 2024); the rest lies below the trainees of Jawa Timur 2024 (NIB
# 64 %, halal 52 %), who were chosen.
CERTIFICATES = ("LGL1", "LGL2", "LGL3", "LGL4")
CERTIFICATE_SHARES: tuple[dict[int, float], ...] = (
    {0: 0.34, 2: 0.14, 4: 0.52},
    {0: 0.34, 1: 0.12, 2: 0.10, 3: 0.06, 4: 0.38},
    {0: 0.26, 1: 0.14, 3: 0.10, 4: 0.50},
    {0: 0.80, 2: 0.15, 4: 0.05},
)


@dataclass(slots=True, kw_only=True)
class State:
    """The moving parts of a world; `item_bonus` is what a therapy did for one indicator."""

    fixed: Floats
    passing: Floats
    practices: Floats
    support: Floats
    debt: Floats
    has_loan: Bools
    certificates: SmallInts
    habits: Floats
    item_bonus: Floats
    is_open: Bools
    last_class: SmallInts


def first_state(rng: Generator, people: Population, parameters: Parameters) -> State:
    """The state in which every enterprise enters; passing health begins at its long-run spread."""
    size = people.size
    regencies = np.unique([place.regency_code for place in DEMO_VILLAGES], return_inverse=True)[1]
    districts = rng.normal(0.0, parameters.district_sd, regencies.max() + 1)
    spread = parameters.passing_sd / np.sqrt(1 - parameters.passing_memory**2)
    loans = parameters.loan_entry / (parameters.loan_entry + parameters.loan_exit)
    has_loan = rng.random(size) < loans
    return State(
        fixed=rng.normal(0.0, parameters.fixed_sd, size) + districts[regencies][people.village],
        passing=rng.normal(0.0, spread, size),
        practices=rng.normal(0.0, parameters.practices_sd, size),
        # Mentoring did not begin on the first day of the world.
        support=np.where(people.entry_quarter == 0, parameters.first_support, 0.0),
        debt=np.where(has_loan, rng.exponential(parameters.debt_mean, size), 0.0),
        has_loan=has_loan,
        certificates=np.stack(
            [
                rng.choice(list(shares), size=size, p=list(shares.values()))
                for shares in CERTIFICATE_SHARES
            ],
            axis=1,
        ).astype(np.int8),
        habits=rng.normal(
            0.0, parameters.item_noise * np.sqrt(parameters.habit_share), (size, COUNT)
        ),
        item_bonus=np.zeros((size, COUNT)),
        is_open=people.entry_quarter == 0,
        last_class=np.full(size, -1, dtype=np.int8),
    )


def step(
    rng: Generator,
    state: State,
    *,
    people: Population,
    quarter: int,
    visits: Ints,
    parameters: Parameters,
) -> Floats:
    """Move the state one quarter on, in place; give the true health of the quarter."""
    size = people.size
    age = people.age_at_start + quarter
    state.passing *= parameters.passing_memory
    state.passing += rng.normal(0.0, parameters.passing_sd, size)
    passing_loss, lasting_loss = draw_losses(rng, size)
    state.passing -= passing_loss
    state.fixed -= lasting_loss
    boost = np.where(age < 12, parameters.young_visit_factor, 1.0) * parameters.visit_effect
    state.support = state.support * parameters.support_memory + boost * visits
    state.practices += parameters.visit_practice * visits
    state.item_bonus *= 0.85
    _move_loans(rng, state, parameters)
    ageing = parameters.age_effect * (np.log1p(np.maximum(age, 0.0) / 4) - 1.3)
    return (
        state.fixed
        + state.passing
        + state.support
        + parameters.practices_effect * state.practices
        + ageing
        - state.debt
    )


def _move_loans(rng: Generator, state: State, parameters: Parameters) -> None:
    size = len(state.debt)
    ends = state.has_loan & (rng.random(size) < parameters.loan_exit)
    starts = ~state.has_loan & (rng.random(size) < parameters.loan_entry)
    fresh = rng.exponential(parameters.debt_mean, size)
    state.debt = np.where(starts, fresh, np.where(ends, 0.0, state.debt))
    state.has_loan = (state.has_loan & ~ends) | starts


def certificate_score(certificates: SmallInts, applies: Bools) -> Floats:
    """How well certified, centred: 0 in the middle, about 1 at one standard deviation."""
    total = np.where(applies, certificates, 0).sum(axis=1)
    share: Floats = total / (4.0 * applies.sum(axis=1))
    return (share - 0.45) / 0.32


CERTIFICATE_POSITIONS = [position(code) for code in CERTIFICATES]
