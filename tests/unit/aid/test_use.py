"""How much a tool is used: points, idle or not, what came of the aid."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aid.rules.use import (
    CONDITIONS,
    Use,
    days_in_sixty,
    idle_since,
    is_idle,
    points_of_use,
    result_of,
)

START = date(2026, 1, 1)


def uses(*found: tuple[int, int]) -> list[Use]:
    """Checks as (day after the start, days used)."""
    return [Use(checked_on=START + timedelta(days=day), days_used=used) for day, used in found]


@pytest.mark.parametrize(
    ("days", "points"), [(0, 0), (1, 1), (3, 1), (4, 2), (8, 2), (9, 3), (15, 3), (16, 4), (30, 4)]
)
def test_points_follow_the_answers_of_the_questionnaire(days, points):
    assert points_of_use(days) == points


@pytest.mark.parametrize("condition", ["rusak_berat", "hilang"])
def test_a_broken_or_lost_tool_has_no_points_however_it_was_used(condition):
    assert points_of_use(20, condition) == 0


@pytest.mark.parametrize(
    ("checks", "days"),
    [
        ((), 0),
        (((30, 3),), 3),
        (((30, 3), (60, 3)), 6),
        (((30, 20), (90, 0)), 0),
        (((30, 20), (60, 0)), 20),
        # Ten days apart: the earlier one speaks for ten days of its own.
        (((30, 2), (40, 2)), 4),
        (((30, 25), (40, 0)), 10),
        # The earlier look reaches back beyond sixty days.
        (((30, 30), (80, 0)), 10),
    ],
)
def test_days_in_sixty_count_no_day_twice(checks, days):
    assert days_in_sixty(uses(*checks)) == days


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 30)), max_size=8, unique_by=lambda x: x[0]
    )
)
def test_days_in_sixty_are_never_more_than_sixty(found):
    assert 0 <= days_in_sixty(uses(*sorted(found))) <= 60


@pytest.mark.parametrize(
    ("checks", "since"),
    [
        ((), None),
        (((30, 0),), 0),
        (((30, 3),), 0),
        (((30, 4),), None),
        (((30, 3), (60, 3)), None),
        (((30, 3), (60, 0)), 0),
        (((30, 12), (60, 0), (95, 0)), 60),
        (((30, 0), (60, 0), (90, 20)), None),
        (((30, 0), (60, 20), (125, 1)), 60),
    ],
)
def test_idle_begins_where_use_was_last_seen(checks, since):
    expected = None if since is None else START + timedelta(days=since)

    assert idle_since(uses(*checks), held_from=START) == expected


@pytest.mark.parametrize(("age", "idle"), [(0, False), (60, False), (61, True)])
def test_idle_means_more_than_sixty_days(age, idle):
    assert is_idle(START, today=START + timedelta(days=age)) is idle


def test_what_is_used_is_not_idle():
    assert not is_idle(None, today=START)


@pytest.mark.parametrize(
    ("days", "condition", "result"),
    [
        (None, "baik", "belum_terukur"),
        (9, "baik", "berhasil"),
        (8, "baik", "sebagian"),
        (4, "rusak_ringan", "sebagian"),
        (3, "baik", "tidak"),
        (30, "rusak_berat", "tidak"),
    ],
)
def test_the_result_is_what_day_90_showed(days, condition, result):
    assert condition in CONDITIONS
    assert result_of(days, condition) == result
