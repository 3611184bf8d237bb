"""The simulated world: true health drives answers, visits, therapies and ends.

Vectorised over enterprises, stepping by quarter. Same seed, size and last day: same world, to the
byte.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.random import Generator, SeedSequence, default_rng

from app.demo.arrays import AnyArray, Bools, Floats, Ints, SmallInts
from app.demo.indicators import answers
from app.demo.mentors import Mentors, draw_assessors, draw_mentors, draw_visits
from app.demo.parameters import DEFAULT, Parameters
from app.demo.population import Population, draw_population
from app.demo.readings import Readings, draw_readings
from app.demo.scoring import NO_CLASS, Scores, score_all
from app.demo.seasons import season_factors
from app.demo.state import State, first_state, step
from app.demo.therapies import TherapyBook, deliver, propose

VERSION = "1"
QUARTER_DAYS = 91
DAYS_PER_QUARTER = 365.25 / 4
OPEN, CLOSED, LEFT_AGAIN = 0, 1, 2
# Trade is retail here; young and old owners and women close more often (signs [P1], sizes [A]).
RETAIL_FACTOR, EDGE_AGE_FACTOR, WOMAN_FACTOR = 1.25, 1.2, 1.1
FIRST_YEAR_FACTOR, THIRD_YEAR_FACTOR = 1.6, 1.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One quarter as it was: arrays of one value per enterprise."""

    is_there: Bools
    health: Floats
    hazard: Floats
    visits: Ints
    is_assessed: Bools
    assessor: Ints
    assessed_days: Ints
    points: SmallInts
    readings: Readings
    scores: Scores
    has_loan: Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that happened; `end` says how an enterprise ended and `end_day` when."""

    seed: int
    last_on: date
    people: Population
    mentors: Mentors
    rounds: tuple[Round, ...]
    therapies: TherapyBook
    start_days: Ints
    end: SmallInts
    end_quarter: Ints
    end_day: Ints
    monthly_sales: Floats
    certificates: SmallInts

    @property
    def quarters(self) -> int:
        """The number of quarters simulated."""
        return len(self.rounds)

    def first_day(self, quarter: int) -> int:
        """The ordinal of the first day of a quarter; the last quarter ends on `last_on`."""
        return self.last_on.toordinal() + 1 - QUARTER_DAYS * (self.quarters - quarter)

    def fingerprint(self) -> str:
        """SHA-256 over all that was drawn, to compare two worlds."""
        digest = hashlib.sha256()
        for array in self._arrays():
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    def _arrays(self) -> list[AnyArray]:
        arrays: list[AnyArray] = [self.end, self.end_day, self.monthly_sales]
        for each in self.rounds:
            arrays += [each.health, each.visits, each.is_assessed, each.points]
            arrays += [each.readings.days_since_last_sale, each.scores.score]
        for batch in self.therapies.batches:
            arrays += [batch.enterprise, batch.therapy, batch.outcome]
        return arrays


def simulate(
    *,
    seed: int,
    enterprises: int,
    quarters: int,
    last_on: date,
    parameters: Parameters = DEFAULT,
) -> World:
    """Simulate `enterprises` over `quarters` that end on `last_on`.

    Raises:
        ValueError: no enterprise, or fewer than one quarter.
    """
    if enterprises < 1 or quarters < 1:
        raise ValueError("a world needs an enterprise and a quarter")
    # Each topic draws from its own stream, so that a change in one leaves the others alone.
    topics = [default_rng(part) for part in SeedSequence(seed).spawn(3)]
    people = draw_population(topics[0], size=enterprises, quarters=quarters, parameters=parameters)
    mentors = draw_mentors(topics[1], people.mentor_count, parameters)
    return _Run(topics[2], people, mentors, quarters, last_on, parameters).world(seed)


class _Run:
    """The loop over quarters; holds what passes from one to the next."""

    def __init__(
        self,
        rng: Generator,
        people: Population,
        mentors: Mentors,
        quarters: int,
        last_on: date,
        parameters: Parameters,
    ) -> None:
        self.rng, self.people, self.mentors = rng, people, mentors
        self.quarters, self.last_on, self.parameters = quarters, last_on, parameters
        self.state: State = first_state(rng, people, parameters)
        self.health = np.zeros(people.size)
        self.book = TherapyBook()
        self.end = np.zeros(people.size, dtype=np.int8)
        self.end_quarter = np.full(people.size, quarters, dtype=np.int64)
        self.end_day = np.zeros(people.size, dtype=np.int64)
        self.start_days = start_days(people, self._first_day(0), last_on)
        self.season = season_factors(last_on, 3 * quarters + 3)

    def world(self, seed: int) -> World:
        """Run all quarters."""
        rounds = tuple(self._quarter(quarter) for quarter in range(self.quarters))
        return World(
            seed=seed,
            last_on=self.last_on,
            people=self.people,
            mentors=self.mentors,
            rounds=rounds,
            therapies=self.book,
            start_days=self.start_days,
            end=self.end,
            end_quarter=self.end_quarter,
            end_day=self.end_day,
            monthly_sales=self._sales(rounds),
            certificates=self.state.certificates,
        )

    def _quarter(self, quarter: int) -> Round:
        people, state, rng = self.people, self.state, self.rng
        state.is_open |= people.entry_quarter == quarter
        deliver(self.book, state, quarter)
        visits = draw_visits(
            rng,
            people=people,
            mentors=self.mentors,
            is_open=state.is_open,
            last_class=state.last_class,
            health=self.health,
            parameters=self.parameters,
        )
        self.health = step(
            rng, state, people=people, quarter=quarter, visits=visits, parameters=self.parameters
        )
        is_there = state.is_open.copy()
        assessor, is_done = draw_assessors(
            rng, people=people, mentors=self.mentors, parameters=self.parameters
        )
        points, readings, days, scores = self._assess(quarter, assessor)
        is_assessed = is_there & is_done
        self._treat(quarter, points, np.where(is_assessed, scores.final_class, NO_CLASS))
        return Round(
            is_there=is_there,
            health=self.health,
            hazard=self._close(quarter, is_there, days),
            visits=visits,
            is_assessed=is_assessed,
            assessor=assessor,
            assessed_days=days,
            points=points,
            readings=readings,
            scores=scores,
            has_loan=state.has_loan.copy(),
        )

    def _assess(self, quarter: int, assessor: Ints) -> tuple[SmallInts, Readings, Ints, Scores]:
        """What every mentor would write down this quarter, and when."""
        people, rng = self.people, self.rng
        points = answers(
            rng,
            self.state,
            people=people,
            health=self.health,
            leniency=self.mentors.leniency[assessor],
            season=self._season_change(quarter),
            parameters=self.parameters,
        )
        readings = draw_readings(rng, points, people=people, has_loan=self.state.has_loan)
        within = np.clip(people.assessment_day + rng.integers(-3, 4, people.size), 0, 88)
        days = self._first_day(quarter) + within
        scores = score_all(
            points, readings, people=people, assessed_days=days, start_days=self.start_days
        )
        return points, readings, days, scores

    def _treat(self, quarter: int, points: SmallInts, seen: SmallInts) -> None:
        """Propose therapies for those who were assessed."""
        known = seen != NO_CLASS
        self.state.last_class = np.where(known, seen, self.state.last_class).astype(np.int8)
        propose(
            self.rng,
            self.book,
            people=self.people,
            mentors=self.mentors,
            points=points,
            final_class=seen,
            quarter=quarter,
        )

    def _first_day(self, quarter: int) -> int:
        return self.last_on.toordinal() + 1 - QUARTER_DAYS * (self.quarters - quarter)

    def _season_change(self, quarter: int) -> Floats:
        """Change of three months' sales that the calendar alone makes; seasonal trades know it."""
        now = self.season[:, 3 * quarter + 3 : 3 * quarter + 6].sum(axis=1)
        before = self.season[:, 3 * quarter : 3 * quarter + 3].sum(axis=1)
        change = 0.8 * np.log(now / before)[self.people.sector]
        return np.where(self.people.is_seasonal, 0.0, change)

    def _close(self, quarter: int, is_there: Bools, assessed_days: Ints) -> Floats:
        """End some enterprises within the quarter, after their assessment; give the hazard."""
        people, rng = self.people, self.rng
        closing = closing_hazard(people, self.health, quarter, self.parameters)
        years_back = np.maximum(people.return_age + quarter, 0.0)
        leaving = self.parameters.leaving_base * 0.5 ** (
            years_back / self.parameters.leaving_half_life
        )
        draw = rng.random(people.size)
        closes = is_there & (draw < closing)
        leaves = is_there & ~closes & (draw < closing + leaving)
        ends = closes | leaves
        self.end[closes], self.end[leaves] = CLOSED, LEFT_AGAIN
        self.end_quarter[ends] = quarter
        after = rng.integers(1, 16, people.size)
        last = self._first_day(quarter) + QUARTER_DAYS - 1
        self.end_day = np.where(ends, np.minimum(assessed_days + after, last), self.end_day)
        self.state.is_open &= ~ends
        return np.minimum(closing + leaving, 1.0)

    def _sales(self, rounds: tuple[Round, ...]) -> Floats:
        """Sales by month, in rupiah, zero before entry and after the end."""
        people, months = self.people, 3 * self.quarters
        noise = self.rng.normal(0.0, self.parameters.sales_noise, (people.size, months))
        sales = np.zeros((people.size, months))
        for quarter, each in enumerate(rounds):
            level = people.base_sales * np.exp(
                self.parameters.sales_slope * each.health + self.parameters.sales_trend * quarter
            )
            for month in range(3 * quarter, 3 * quarter + 3):
                season = self.season[people.sector, month + 3]
                amount = level * season * np.exp(noise[:, month])
                sales[:, month] = np.where(each.is_there, np.round(amount, -3), 0.0)
        return sales


def closing_hazard(
    people: Population, health: Floats, quarter: int, parameters: Parameters
) -> Floats:
    """The chance to close within the quarter."""
    age = people.age_at_start + quarter
    factor = np.where(age < 4, FIRST_YEAR_FACTOR, np.where(age < 12, THIRD_YEAR_FACTOR, 1.0))
    factor = factor * np.where(people.sector == 4, RETAIL_FACTOR, 1.0)
    edge = (people.owner_age < 28) | (people.owner_age > 55)
    factor = factor * np.where(edge, EDGE_AGE_FACTOR, 1.0)
    factor = factor * np.where(people.is_woman, WOMAN_FACTOR, 1.0)
    hazard = parameters.closing_base * np.exp(-parameters.closing_slope * health) * factor
    return np.minimum(hazard, 0.5)


def start_days(people: Population, first_day: int, last_on: date) -> Ints:
    """The ordinal of the day on which each enterprise began."""
    began = np.floor(first_day - DAYS_PER_QUARTER * people.age_at_start).astype(np.int64)
    return np.minimum(began, last_on.toordinal())
