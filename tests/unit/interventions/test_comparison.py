"""Intervals and likeness against published and hand-computed figures."""

from __future__ import annotations

from math import inf

import pytest

from app.interventions.rules.comparison import (
    difference_interval,
    share_interval,
    unlike_in_kinds,
    unlike_in_means,
    verdict_of,
    warnings_of,
)


def test_interval_of_one_share_is_wilsons():
    # Newcombe 1998, table I: 81 of 263, method 3.
    assert share_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert share_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert share_interval(0, 0) == (0.0, 1.0)


def test_interval_of_a_difference_is_newcombes():
    # Newcombe 1998 (differences), table II, method 10: 56/70 less 48/80, and 9/10 less 3/10.
    assert difference_interval(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert difference_interval(9, 10, 3, 10) == pytest.approx((0.1705, 0.8090), abs=5e-5)
    assert difference_interval(0, 0, 3, 10) == (-1.0, 1.0)


def test_unlike_means_are_measured_in_their_spread():
    # Means 1 and 2, variances 1 and 1: one spread apart.
    assert unlike_in_means([0, 1, 2], [1, 2, 3]) == pytest.approx(1.0)
    assert unlike_in_means([1, 1], [1, 1]) == 0.0
    assert unlike_in_means([1, 1], [2, 2]) == inf
    assert unlike_in_means([], [2, 2]) == 0.0


def test_unlike_kinds_are_those_of_the_kind_that_differs_most():
    # 0.5 and 0.25: 0.25 / sqrt((0.25 + 0.1875) / 2) = 0.5345.
    assert unlike_in_kinds({"A": 5, "B": 5}, {"A": 1, "B": 3}) == pytest.approx(0.5345, abs=5e-5)
    assert unlike_in_kinds({"A": 4}, {"A": 9}) == 0.0
    assert unlike_in_kinds({"A": 4}, {"B": 9}) == inf


@pytest.mark.parametrize(
    ("count", "others", "unlike", "wanted"),
    [
        (30, 30, {"kelas": 0.25}, []),
        (29, 30, {}, ["sedikit_terapi"]),
        (30, 29, {}, ["sedikit_pembanding"]),
        (30, 30, {"kelas": 0.1, "awal": 0.251}, ["tidak_setara"]),
        (0, 0, {"awal": inf}, ["sedikit_terapi", "sedikit_pembanding", "tidak_setara"]),
    ],
)
def test_warnings_stand_at_fewer_than_thirty_and_where_groups_differ(count, others, unlike, wanted):
    assert warnings_of(count, others, unlike) == wanted


def test_verdict_says_nothing_of_few_and_else_follows_the_interval():
    assert verdict_of(0.1, 0.3, ["sedikit_terapi"]) == "belum_tahu"
    assert verdict_of(0.1, 0.3, ["tidak_setara"]) == "lebih_sering"
    assert verdict_of(-0.1, 0.3, []) == "sama"
    assert verdict_of(-0.3, -0.1, []) == "lebih_jarang"
