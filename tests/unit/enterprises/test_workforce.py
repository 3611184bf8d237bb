"""Who works in an enterprise, by kind and sex."""

from __future__ import annotations

from app.enterprises.rules.workforce import workforce


def figures(lines):
    return [(line.women, line.men, line.total) for line in lines]


def test_owner_paid_and_family_are_told_apart_by_sex():
    lines = workforce("P", (1, 2, 0, 3))

    assert figures(lines) == [(1, 0, 1), (2, 1, 3), (3, 0, 3), (6, 1, 7)]


def test_what_nobody_counted_stays_unknown():
    assert workforce("L", (None, None, None, None)) == ()
    assert figures(workforce("L", (None, 2, None, None))) == [
        (0, 1, 1),
        (2, None, 2),
        (None, None, None),
        (2, 1, 3),
    ]


def test_an_owner_of_unknown_sex_counts_in_the_total_only():
    assert figures(workforce(None, (0, 0, 0, 0)))[-1] == (0, 0, 1)
