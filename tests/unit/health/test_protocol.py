"""When the next visit is due, by class."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.health.rules.protocol import (
    VisitFacts,
    due_after_visit,
    is_first_visit_when_sick,
    latest_after_visit,
    next_visit_due,
)

DAY = date(2026, 11, 1)


def facts(**values: Any) -> VisitFacts:
    known: dict[str, Any] = {
        "life_cycle": "aktif",
        "health_class": None,
        "assessed_on": None,
        "sick_since_on": None,
        "last_visit_on": None,
    }
    return VisitFacts(**{**known, **values})


SICK = {"health_class": "sakit", "assessed_on": DAY, "sick_since_on": DAY}


def test_a_sick_enterprise_is_visited_within_seven_days_of_the_finding():
    assert next_visit_due(facts(**SICK)) == date(2026, 11, 8)


def test_the_visit_that_found_the_sickness_is_not_the_first_one():
    assert next_visit_due(facts(**SICK, last_visit_on=DAY)) == date(2026, 11, 8)
    assert is_first_visit_when_sick(facts(**SICK, last_visit_on=DAY))


def test_after_the_first_visit_a_sick_enterprise_is_visited_every_two_weeks():
    visited = facts(**SICK, last_visit_on=date(2026, 11, 5))

    assert next_visit_due(visited) == date(2026, 11, 19)
    assert not is_first_visit_when_sick(visited)


def test_a_second_assessment_that_says_sick_again_does_not_ask_for_a_first_visit_again():
    known = {**SICK, "assessed_on": date(2026, 12, 20), "last_visit_on": date(2026, 12, 10)}

    assert next_visit_due(facts(**known)) == date(2027, 1, 3)


@pytest.mark.parametrize(
    ("health_class", "due_on"),
    [("kurang_sehat", date(2026, 12, 1)), ("sehat", date(2027, 1, 30)), (None, date(2026, 12, 1))],
)
def test_the_others_have_the_rhythm_of_their_class(health_class, due_on):
    assert next_visit_due(facts(health_class=health_class, last_visit_on=DAY)) == due_on


def test_an_assessment_counts_as_somebody_having_been_there():
    known = facts(health_class="kurang_sehat", last_visit_on=date(2026, 5, 1), assessed_on=DAY)

    assert next_visit_due(known) == date(2026, 12, 1)


def test_an_enterprise_that_was_never_assessed_is_due_from_its_assignment():
    assert next_visit_due(facts(assigned_on=DAY)) == date(2026, 12, 1)
    assert next_visit_due(facts()) is None


@pytest.mark.parametrize("life_cycle", ["tutup", "berangkat_lagi", "menolak_didata"])
def test_where_there_is_nobody_to_visit_nothing_is_due(life_cycle):
    known = facts(**{**SICK, "life_cycle": life_cycle})

    assert next_visit_due(known) is None
    assert due_after_visit(known, visited_on=DAY, was_met=False) is None


def test_who_could_not_be_met_is_tried_again_within_a_week_and_at_the_latest_in_the_rhythm():
    healthy = facts(health_class="sehat", last_visit_on=date(2026, 8, 1))

    assert due_after_visit(healthy, visited_on=DAY, was_met=False) == date(2026, 11, 8)
    assert latest_after_visit(healthy, visited_on=DAY, was_met=False) == date(2027, 1, 30)


def test_after_a_meeting_the_rhythm_starts_anew():
    known = facts(health_class="kurang_sehat", last_visit_on=date(2026, 8, 1))

    assert due_after_visit(known, visited_on=DAY, was_met=True) == date(2026, 12, 1)
