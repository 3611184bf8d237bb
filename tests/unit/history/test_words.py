"""What counts as words."""

from __future__ import annotations

import pytest

from app.history.rules import joined, parted


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        7,
        2.5,
        "",
        "01a201d0-fabd-7b26-875b-0ee0a9165623",
        "2026-11-22",
        "2026-11-22T08:00:00+00:00",
        "33.02.04.2001",
        [None, "33"],
        {"a": [1, {"b": "33.02"}]},
    ],
)
def test_ids_days_areas_and_numbers_are_no_words(value):
    changes = {"field": [None, value]}

    assert parted(changes, None) == (changes, None)


@pytest.mark.parametrize(
    "value", ["siti", "Sri", "0812", "3302145208850003", "2026-11-22 di rumah", {"a": {"b": "x"}}]
)
def test_every_other_text_is_however_short(value):
    kept, words = parted({"field": [None, value], "amount": [None, 1]}, None)

    assert kept == {"field": None, "amount": [None, 1]}
    assert joined(kept, words) == ({"field": [None, value], "amount": [None, 1]}, "")


def test_what_was_erased_leaves_the_names_of_its_fields():
    kept, _ = parted({"field": ["a", "b"]}, "catatan")

    assert joined(kept, None) == ({"field": None}, "")
