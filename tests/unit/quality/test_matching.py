"""Doubles are found, and few others are taken for one."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from uuid import UUID

import pytest

from app.quality.rules.matching import LIKELY, Record, likely_pairs, weigh
from tests.unit.quality.doubles import original, register

BASE = Record(
    id=UUID(int=1),
    owner_id=UUID(int=11),
    name="keripik singkong barokah",
    owner_name="siti aminah",
    village_code="33.02.04.2001",
    nik_index="n1",
    phone_index="p1",
    sector="A",
    product="keripik singkong",
)


def other(**changes: object) -> Record:
    given = {"id": UUID(int=2), "owner_id": UUID(int=12), **changes}
    return replace(BASE, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_doubles_are_found_and_few_others(seed: int) -> None:
    records, planted = register(seed)

    found = {frozenset({pair.first_id, pair.second_id}) for pair in likely_pairs(records)}

    hits = len(found & planted)
    assert hits / len(planted) >= 0.95, hits
    assert hits / len(found) >= 0.80, (hits, len(found))


@pytest.mark.parametrize(
    ("changes", "is_likely"),
    [
        ({"nik_index": None}, True),
        ({"nik_index": None, "phone_index": None}, True),
        ({"nik_index": None, "phone_index": None, "name": "kripik singkong barokh"}, True),
        ({"owner_name": "aminah siti", "nik_index": None}, True),
        # One person with two enterprises is no double.
        (
            {"name": "jahit melati", "product": "jahit", "owner_id": BASE.owner_id},
            False,
        ),
        ({"owner_name": "budi santoso", "nik_index": "n2", "phone_index": "p2"}, False),
        ({"village_code": "73.71.01.1001", "nik_index": None, "phone_index": None}, False),
    ],
)
def test_what_makes_a_pair_likely(changes: dict[str, object], is_likely: bool) -> None:
    assert (weigh(BASE, other(**changes)).points >= LIKELY) is is_likely


def test_the_reasons_are_said_and_the_order_of_a_pair_is_one() -> None:
    there, back = weigh(BASE, other(phone_index="p1")), weigh(other(phone_index="p1"), BASE)

    assert there == back
    assert "nomor HP sama" in there.reasons
    assert "nama usaha sama" in there.reasons


def test_a_number_that_everybody_gives_makes_no_pairs_of_strangers() -> None:
    chance = Random(5)  # noqa: S311
    strangers = [
        replace(original(chance, number), phone_index="kantor") for number in range(1, 300)
    ]

    pairs = likely_pairs(strangers)

    assert len(pairs) < 10
