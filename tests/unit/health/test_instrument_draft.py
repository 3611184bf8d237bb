"""A draft of the instrument: what can be changed, and what must hold."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.core.errors import InvalidInput
from app.health.rules import first_instrument
from app.health.rules.instrument_draft import (
    MOST_BYTES,
    IndicatorWording,
    as_text,
    changes,
    faults,
    hash_of,
    instrument_of,
    source_of_text,
    with_indicator,
    with_numbers,
    with_wording,
    without_indicator,
)
from app.health.rules.instrument_file import first_text

SOURCE = source_of_text(first_text())
WEIGHTS = {one.code: one.weight for one in first_instrument().indicators}
WORDING = IndicatorWording(
    name="Cadangan bahan",
    question="Untuk berapa hari bahan cukup?",
    help="",
    options={0: "Kurang dari 1 hari", 2: "1 sampai 7 hari", 4: "Lebih dari 7 hari"},
    sectors=("A", "B"),
)


def test_the_first_version_is_without_fault_and_survives_being_stored() -> None:
    text = as_text(SOURCE)

    assert faults(SOURCE) == ()
    assert source_of_text(text) == SOURCE
    assert hash_of(text) == hash_of(as_text(source_of_text(text)))
    assert changes(first_instrument(), instrument_of(SOURCE)) == ()


def test_weights_of_dimensions_follow_from_their_questions() -> None:
    draft = with_numbers(
        SOURCE, weights={**WEIGHTS, "KEU1": 5, "SDM1": 4}, healthy="72.5", less_healthy="45.0"
    )

    instrument = instrument_of(draft)

    assert {part.code: part.weight for part in instrument.dimensions}["KEU"] == 18
    assert instrument.healthy_tenths == 725
    assert faults(draft) == ()
    assert [
        (one.what, one.before, one.after) for one in changes(first_instrument(), instrument)
    ] == [
        ("Batas sehat", "70,0", "72,5"),
        ("Bobot “Sisa hasil penjualan”", "7", "5"),
        (f"Bobot “{instrument.indicator('SDM1').name}”", "2", "4"),
    ]


def test_what_does_not_add_up_is_named() -> None:
    draft = with_numbers(
        SOURCE, weights={**WEIGHTS, "KEU1": 0}, healthy="40.0", less_healthy="45.0"
    )

    said = faults(draft)

    assert said[0] == "Jumlah semua bobot harus 100, sekarang 93."
    assert said[1] == "Beri bobot paling sedikit 1 untuk “Sisa hasil penjualan”."
    assert said[2].startswith("Batas sehat harus di atas batas kurang sehat")


def test_a_new_question_comes_last_in_its_dimension_and_needs_a_weight() -> None:
    draft = with_indicator(SOURCE, "PRD", WORDING)

    instrument = instrument_of(draft)

    added = instrument.indicator("PRD6")
    assert (added.name, added.sectors) == ("Cadangan bahan", frozenset("AB"))
    assert faults(draft) == ("Beri bobot paling sedikit 1 untuk “Cadangan bahan”.",)
    assert [one.position for one in instrument.indicators] == list(range(33))


def test_wording_can_be_changed_and_an_option_taken_away() -> None:
    draft = with_wording(SOURCE, "KEU4", WORDING)

    assert instrument_of(draft).indicator("KEU4").options == WORDING.options
    assert faults(draft) == ()
    without_best = with_wording(
        SOURCE,
        "KEU4",
        IndicatorWording(name="x", question="y", help="", options={0: "a"}, sectors=("A",)),
    )
    assert faults(without_best) == ("Jawaban “x” harus punya yang 0 poin dan yang 4 poin.",)


def test_a_question_that_the_rules_read_stays() -> None:
    with pytest.raises(InvalidInput) as refused:
        without_indicator(SOURCE, "LGL2")
    assert "aturan pembatas" in refused.value.message

    draft = without_indicator(SOURCE, "SDM4")
    assert "SDM4" not in {one.code for one in instrument_of(draft).indicators}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("instrumen: [", "baris 2"),
        ("hanya kata", "bukan berkas instrumen"),
        ("dimensi: {}", "hilang atau salah bentuk"),
        ("dimensi: {KEU: 3}", "tidak lengkap"),
        (
            "a: &a [1,1,1,1,1,1,1,1,1]\n"
            + "".join(f"{y}: &{y} [{','.join(['*' + x] * 9)}]\n" for x, y in pairwise("abcdefghi")),
            "terlalu banyak isian",
        ),
        ("x: '" + "y" * MOST_BYTES + "'", "terlalu besar"),
        ("!!python/object/apply:os.system ['true']", "tidak terbaca"),
        (first_text().replace("bobot: 7", "bobot: tujuh", 1), "tidak lengkap"),
        (first_text().replace("2026-10-18", "kapan", 1), "hilang atau salah bentuk"),
    ],
)
def test_a_file_that_is_no_instrument_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        source_of_text(text)

    assert said in refused.value.message
