"""The load of mentors before and after an assignment."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.errors import InvalidInput
from app.core.ids import new_id
from app.mentoring.rules import Carried, check_from_on, load_preview

ANI, BUDI, CICI = new_id(), new_id(), new_id()
MENTORS = [
    Carried(mentor_id=ANI, name="Ani", capacity=10, count=9),
    Carried(mentor_id=BUDI, name="Budi", capacity=10, count=4),
    Carried(mentor_id=CICI, name="Cici", capacity=10, count=2),
]


def test_new_ones_are_added_and_those_of_others_taken_away():
    given = {new_id(): None, new_id(): BUDI, new_id(): BUDI}

    loads = load_preview(MENTORS, to_mentor=ANI, given=given)

    assert [(load.name, load.before, load.after) for load in loads] == [
        ("Ani", 9, 12),
        ("Budi", 4, 2),
    ]
    assert loads[0].is_over
    assert loads[1].change == -2


def test_one_that_the_mentor_has_already_moves_nothing():
    loads = load_preview(MENTORS, to_mentor=ANI, given={new_id(): ANI})

    assert [(load.name, load.after) for load in loads] == [("Ani", 9)]
    assert not loads[0].is_over


def test_an_assignment_can_begin_today_or_before_but_not_before_the_present_one():
    today = date(2026, 11, 22)
    check_from_on(today, today=today, latest_start_on=today)

    with pytest.raises(InvalidInput):
        check_from_on(date(2026, 11, 23), today=today, latest_start_on=None)
    with pytest.raises(InvalidInput):
        check_from_on(date(2026, 11, 1), today=today, latest_start_on=date(2026, 11, 2))
