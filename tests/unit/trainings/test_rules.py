"""Trainings as pure rules: days, codes, shares."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.core.errors import InvalidInput, WrongState
from app.trainings.rules import (
    Adoption,
    check_begun,
    check_practice,
    check_session,
    is_code_open,
    new_code,
)

DAY = date(2026, 3, 10)


@pytest.mark.parametrize("days", [0, 4, 14])
def test_a_session_lasts_some_days(days):
    check_session(held_on=DAY, until_on=DAY + timedelta(days=days), today=DAY)


@pytest.mark.parametrize("days", [-1, 15])
def test_a_session_ends_neither_before_it_begins_nor_never(days):
    with pytest.raises(InvalidInput) as caught:
        check_session(held_on=DAY, until_on=DAY + timedelta(days=days), today=DAY)

    assert caught.value.field == "until_on"


def test_a_session_is_planned_a_year_ahead_at_most():
    with pytest.raises(InvalidInput):
        check_session(
            held_on=DAY + timedelta(days=366), until_on=DAY + timedelta(days=366), today=DAY
        )


def test_nobody_came_to_what_has_not_begun():
    check_begun(DAY, DAY)

    with pytest.raises(WrongState):
        check_begun(DAY, DAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("after", "is_open"), [(-1, False), (0, True), (2, True), (3, True), (4, False)]
)
def test_the_code_works_from_the_first_day_to_the_day_after_the_last(after, is_open):
    assert (
        is_code_open(
            held_on=DAY,
            until_on=DAY + timedelta(days=2),
            today=DAY + timedelta(days=after),
        )
        is is_open
    )


def test_codes_are_long_and_never_the_same():
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert min(len(code) for code in codes) >= 16


@pytest.mark.parametrize(("seen", "adopted", "share"), [(0, 0, None), (4, 3, 0.75), (2, 0, 0.0)])
def test_the_share_is_of_those_looked_at(seen, adopted, share):
    assert Adoption(came=10, seen=seen, adopted=adopted).share == share


def test_what_was_never_asked_is_not_judged():
    check_practice("diterapkan", "Menulis biaya")

    with pytest.raises(WrongState):
        check_practice("diterapkan", "")
    with pytest.raises(InvalidInput):
        check_practice("belum_dilihat", "Menulis biaya")
