"""Rules that decrees may move: their first values, and what may be typed as a new one."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.errors import InvalidInput
from app.health.rules import first_instrument
from app.health.rules.instrument_file import with_halal_duty
from app.market.rules.dated_rules import (
    RULE_KINDS,
    first_rule,
    in_words,
    row_value,
    rule_kinds,
    typed_value,
    value_of_row,
)


def test_every_rule_has_a_source_and_a_value_of_its_kind() -> None:
    kinds = rule_kinds().values()

    assert {kind.kind for kind in kinds} == set(RULE_KINDS)
    for kind in kinds:
        assert kind.first_source
        assert kind.name
        assert kind.group
        assert value_of_row(kind.kind, row_value(kind.first)) == kind.first
        assert in_words(kind, kind.first)


@pytest.mark.parametrize(
    ("code", "typed", "value", "words"),
    [
        ("halal_wajib_mulai", "18/10/2027", date(2027, 10, 18), "18 Oktober 2027"),
        ("halal_sd_omzet_paling_banyak", "Rp 500.000.000", 500_000_000, "Rp 500.000.000"),
        ("spp_irt_berlaku_tahun", "5", 5, "5 tahun"),
        ("spp_irt_biaya", "0", 0, "Rp 0"),
        ("pengingat_hari", "7, 30,180", (180, 30, 7), "180, 30, 7 hari"),
    ],
)
def test_a_value_is_read_as_its_kind(code: str, typed: str, value: object, words: str) -> None:
    kind = rule_kinds()[code]

    assert typed_value(kind, typed) == value
    assert in_words(kind, value) == words


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("halal_wajib_mulai", "besok"),
        ("halal_sd_omzet_paling_banyak", "15 M"),
        ("halal_sd_omzet_paling_banyak", "-1"),
        ("halal_sd_omzet_paling_banyak", "0"),
        ("halal_sd_omzet_paling_banyak", "9.999.999.999.999.999"),
        ("spp_irt_berlaku_tahun", "0"),
        ("spp_irt_berlaku_tahun", "51"),
        ("halal_surveilan_tahun", "9.998"),
        ("spp_irt_komitmen_bulan", "121"),
        ("spp_irt_akan_habis_hari", "3.651"),
        ("spp_irt_berlaku_tahun", "5,5"),
        ("pengingat_hari", "30, 0"),
        ("pengingat_hari", ""),
    ],
)
def test_what_is_no_value_is_refused_with_an_example(code: str, typed: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        typed_value(rule_kinds()[code], typed)

    assert caught.value.field == "value"


def test_an_instrument_takes_the_duty_over_and_stays_one_value_for_one_day() -> None:
    first, moved = first_instrument(), date(2027, 10, 18)

    one, two = (with_halal_duty(first, moved, "keputusan baru") for _ in range(2))

    assert first.halal_required_from == first_rule("halal_wajib_mulai").value
    assert one is two
    assert one.halal_required_from == moved
    assert with_halal_duty(first, first.halal_required_from, first.halal_source) is first
