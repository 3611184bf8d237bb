"""Ids for very many rows at once."""

from __future__ import annotations

from itertools import islice

from app.core.ids import new_ids


def test_many_ids_rise_and_are_of_version_7():
    ids = list(islice(new_ids(), 10_000))

    assert ids == sorted(set(ids))
    assert {one.version for one in ids} == {7}


def test_two_makers_of_the_same_moment_give_different_ids():
    one, other = list(islice(new_ids(), 1_000)), list(islice(new_ids(), 1_000))

    assert set(one).isdisjoint(other)
