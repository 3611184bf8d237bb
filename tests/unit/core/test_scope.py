"""How far a person reaches."""

from __future__ import annotations

import pytest

from app.core.scope import Scope, everywhere, is_within, nowhere, range_of


@pytest.mark.parametrize(
    ("code", "area", "expected"),
    [
        ("33.02.04.2001", "33.02", True),
        ("33.02", "33.02", True),
        ("33.02", "", True),
        ("33.020", "33.02", False),
        ("33", "33.02", False),
        ("32.02.04.2001", "33", False),
    ],
)
def test_area_is_a_prefix_that_ends_at_a_dot(code, area, expected):
    assert is_within(code, area) is expected


def test_range_holds_exactly_what_lies_below():
    first, last = range_of("33.02")

    assert first <= "33.02.00.0001" < last
    assert first <= "33.02.99.9999" < last
    assert not first <= "33.02" < last
    assert not first <= "33.03.01.2001" < last


def test_narrowing_never_reaches_further():
    scope = Scope(account_id=None, areas=("33.02", "32.12.16"))

    assert scope.narrowed_to("33.02.04").areas == ("33.02.04",)
    assert scope.narrowed_to("32").areas == ("32.12.16",)
    assert scope.narrowed_to("51").areas == ()
    assert everywhere().narrowed_to("33").areas == ("33",)


def test_nowhere_is_empty_and_everywhere_is_not():
    assert nowhere().is_empty
    assert not everywhere().is_empty
