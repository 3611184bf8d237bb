"""Which elements a label needs, what a check comes to, and what should be written."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.errors import InvalidInput
from app.market.rules.label_words import words_of
from app.market.rules.labels import (
    ELEMENTS,
    FORBIDDEN_SIGN,
    MISSING,
    NOT_NEEDED,
    LabelFacts,
    judged,
    needs,
)

EVERYTHING = {one.code: "ada" for one in ELEMENTS}


def facts(**values):
    return LabelFacts(
        **{"kind": "pangan_kering", "ingredient_count": 4, "storage": "ruang", **values}
    )


@pytest.mark.parametrize(
    ("said", "needed"),
    [
        ({}, "L1 L2 L3 L4 L6 L7 L8 L12"),
        ({"ingredient_count": 1}, "L1 L3 L4 L6 L7 L8 L12"),
        ({"ingredient_count": 0}, "L1 L2 L3 L4 L6 L7 L8 L12"),
        ({"halal": "berlaku", "permit": "berlaku"}, "L1 L2 L3 L4 L5 L6 L7 L8 L12"),
        ({"halal": "habis"}, "L1 L2 L3 L4 L6 L7 L8 L12"),
        ({"declared_non_halal": True}, "L1 L2 L3 L4 L6 L7 L8 L10 L12"),
        ({"declared_non_halal": True, "halal": "berlaku"}, "L1 L2 L3 L4 L6 L7 L8 L10 L12"),
        ({"ingredient_flags": frozenset({"lemak_gelatin"})}, "L1 L2 L3 L4 L6 L7 L8 L9 L12"),
        ({"ingredient_flags": frozenset({"gmo"})}, "L1 L2 L3 L4 L6 L7 L8 L9 L12"),
        ({"kind": "pangan_beku", "storage": "beku"}, "L1 L2 L3 L4 L6 L7 L8 L11 L12"),
        ({"shelf_life_days": 7}, "L1 L2 L3 L4 L6 L7 L12"),
        ({"shelf_life_days": 8}, "L1 L2 L3 L4 L6 L7 L8 L12"),
        ({"kind": "non_pangan"}, "L1 L2 L3 L4 L12"),
        ({"kind": "non_pangan", "ingredient_count": 1}, "L1 L2 L3 L4 L12"),
        ({"kind": "jasa"}, ""),
        ({"kind": "pangan_siap_saji"}, ""),
    ],
)
def test_a_label_needs_what_the_product_is(said, needed):
    found = [one.element.code for one in needs(facts(**said)) if one.is_needed]

    assert found == needed.split()


def test_the_share_is_what_is_present_of_what_applies():
    result = judged({**EVERYTHING, "L5": None, "L7": MISSING}, facts())

    assert (result.present, result.applicable) == (7, 8)
    assert result.elements["L9"] == NOT_NEEDED


def test_a_halal_sign_before_the_certificate_is_a_fault_of_the_pack():
    result = judged(EVERYTHING, facts())

    assert result.elements["L5"] == FORBIDDEN_SIGN
    assert (result.present, result.applicable) == (8, 9)


def test_a_permit_that_ran_out_is_no_permit():
    result = judged(EVERYTHING, facts(permit="habis", halal="berlaku"))

    assert result.elements["L8"] == MISSING


def test_what_was_not_looked_at_is_not_guessed():
    said = {code: found for code, found in EVERYTHING.items() if code != "L6"}

    with pytest.raises(InvalidInput) as refusal:
        judged(said, facts())

    assert refusal.value.field == "L6"


def test_what_needs_no_label_is_not_judged():
    with pytest.raises(InvalidInput):
        judged(EVERYTHING, facts(kind="jasa"))


def written(said, **values):
    known = {
        "name": "Keripik tempe",
        "brand": "",
        "ingredients": ["tempe", "tepung terigu", "garam"],
        "net_amount": 100,
        "net_unit": "g",
        "maker": "Dapur Sari",
        "address": "Losari",
        "permit_number": "2153302010072-31",
        "permit_track": "spp_irt",
        "halal_number": None,
        "today": date(2026, 11, 22),
    }
    return words_of(said, **{**known, **values})


def test_the_words_come_from_the_record_and_the_rest_are_gaps():
    words = written(facts(permit="berlaku", shelf_life_days=180), net_amount=None)

    assert words.line("L8").text == "P-IRT No. 2153302010072-31"
    assert words.line("L7").text.endswith("(dibuat hari ini: Mei 2027)")
    assert [line.code for line in words.gaps] == ["L3"]
    assert words.ingredients[1] == ("tepung terigu", True)
    assert words.line("L5") is None


def test_a_short_life_is_told_to_the_day_and_an_origin_by_its_animal():
    said = facts(shelf_life_days=30, ingredient_flags=frozenset({"lemak_gelatin"}))
    unnamed = written(said).line("L9")
    named = written(said, ingredients=["gula", "gelatin sapi"]).line("L9")

    assert "22 Desember 2026" in written(said).line("L7").text
    assert unnamed.is_gap
    assert named.text == "Asal bahan: gelatin sapi"
