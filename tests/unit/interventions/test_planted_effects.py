"""The comparison finds what the invented world planted, and nothing where nothing was."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import numpy as np
import pytest

from app.demo.questionnaire import CODES, SECTORS
from app.demo.simulator import World, simulate
from app.demo.therapies import INTENSIVE, OUTCOMES
from app.interventions.frames.cohort import CLASS_MEASURE, Cohort, Course
from app.interventions.frames.effects import comparisons
from app.interventions.rules import current_catalogue
from app.interventions.rules.comparison import difference_interval


@pytest.fixture(scope="module")
def by_outcome() -> dict[str, tuple[int, int, int, int]]:
    """Improved and measured, treated and others, over all therapies, by how they ended."""
    world = simulate(seed=7, enterprises=6000, quarters=8, last_on=date(2026, 11, 22))
    sums: dict[str, np.ndarray] = {}
    for one in comparisons(cohort_of(world), current_catalogue()):
        if one.provider and one.evened is not None:
            # Others count as often as the treated they are compared with, begun alike.
            count = len(one.treated.measured)
            line = np.array([one.treated.improved, count, (one.evened or 0) * count])
            sums[one.provider] = sums.get(one.provider, np.zeros(3)) + line
    return {name: tuple(values) for name, values in sums.items()}


def cohort_of(world: World) -> Cohort:
    """The world as the cohort that a database would give; a provider's name is the outcome."""
    order, place = [], {}
    for row in range(world.people.size):
        for quarter, each in enumerate(world.rounds):
            if each.is_assessed[row]:
                place[row, quarter] = len(order)
                order.append((row, quarter))
    points = np.array([world.rounds[q].points[row] for row, q in order], dtype=np.int8)
    rank = np.array([world.rounds[q].scores.final_class[row] for row, q in order], dtype=np.int8)
    points[points < 0] = -1
    days = [int(world.rounds[q].assessed_days[row]) for row, q in order]
    courses, had = [], {}
    for batch in world.therapies.batches:
        for at in np.flatnonzero(batch.is_approved).tolist():
            row, code = int(batch.enterprise[at]), f"T{int(batch.therapy[at]):02d}"
            since = had.setdefault(code, {})
            since[row] = min(since.get(row, 10**9), world.first_day(batch.quarter) + 60)
            quarter = int(batch.end_quarter[at])
            if quarter < world.quarters and (row, batch.quarter) in place:
                courses.append(
                    Course(
                        enterprise=row,
                        therapy=code,
                        provider=OUTCOMES[int(batch.outcome[at])],
                        before=place[row, batch.quarter],
                        closed_day=world.first_day(quarter),
                        indicators=()
                        if batch.therapy[at] == INTENSIVE
                        else (CODES[int(batch.indicator[at])],),
                        money=0,
                        is_money_stated=True,
                    )
                )
    courses.sort(key=lambda one: one.closed_day)
    return Cohort(
        codes=(*CODES, CLASS_MEASURE),
        keys=tuple(UUID(int=row + 1) for row in range(world.people.size)),
        enterprise=np.array([row for row, _ in order]),
        day=np.array(days),
        until=np.array(days) + 90,
        points=np.column_stack([points, rank]).astype(np.int8),
        sector=np.array([SECTORS[int(world.people.sector[row])] for row, _ in order], dtype=object),
        size=np.array([""] * world.people.size, dtype=object),
        gone_day=np.zeros(world.people.size, dtype=np.int64),
        courses=tuple(courses),
        had=had,
        today=world.last_on.toordinal(),
    )


def gain(line: tuple[int, int, int]) -> float:
    improved, count, expected = line
    return (improved - expected) / count


def test_therapies_that_ended_well_improve_more_than_the_same_finding_without(by_outcome):
    improved, count, expected = by_outcome["berhasil"]
    low, _ = difference_interval(int(improved), int(count), round(expected), int(count))

    assert count > 1000
    assert low > 0


def test_more_effect_planted_is_more_effect_found(by_outcome):
    assert gain(by_outcome["berhasil"]) > gain(by_outcome["sebagian"]) > gain(by_outcome["tidak"])


def test_therapies_without_effect_show_little(by_outcome):
    assert abs(gain(by_outcome["tidak"])) < gain(by_outcome["berhasil"]) / 2
