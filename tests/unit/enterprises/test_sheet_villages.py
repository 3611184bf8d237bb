"""Which village a row means."""

from __future__ import annotations

import pytest

from app.core.errors import InvalidInput
from app.enterprises.rules.sheet.villages import VillageIndex

INDEX = VillageIndex(
    areas=("33.02",),
    villages={
        "33.02.04.2001": "losari",
        "33.02.15.2003": "cihonje",
        "33.02.01.2001": "kuripan",
        "33.02.02.2002": "kuripan",
    },
    above={
        "33.02.04": "rawalo",
        "33.02.15": "gumelar",
        "33.02.01": "lumbir",
        "33.02.02": "wangon",
        "33.02": "kabupaten banyumas",
    },
)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"village": "Losari"}, "33.02.04.2001"),
        ({"village": "Desa LOSARI", "district": "Kec. Rawalo"}, "33.02.04.2001"),
        ({"village_code": "33.02.04.2001"}, "33.02.04.2001"),
        ({"village": "33.02.04.2001"}, "33.02.04.2001"),
        ({"village": "3302042001"}, "33.02.04.2001"),
        ({"village": "Kuripan", "district": "Wangon"}, "33.02.02.2002"),
    ],
)
def test_a_code_or_a_name_finds_the_village(row, expected):
    assert INDEX.resolve(row) == expected


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({}, "village_missing"),
        ({"village": "Losarii"}, "village_near"),
        ({"village": "Zzyzx"}, "village_unknown"),
        ({"village": "Kuripan"}, "village_several"),
        ({"village": "Losari", "district": "Gumelar"}, "village_elsewhere_named"),
        ({"village": "32.12.16.2004"}, "village_outside_area"),
        ({"village": "33.02.99.2001"}, "village_code_unknown"),
        ({"village": "Cihonje", "village_code": "33.02.04.2001"}, "village_code_differs"),
    ],
)
def test_what_is_not_certain_is_asked_and_never_guessed(row, code):
    with pytest.raises(InvalidInput) as refusal:
        INDEX.resolve(row)

    assert refusal.value.code == code
