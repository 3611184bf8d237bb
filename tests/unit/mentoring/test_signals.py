"""Signs on a report: when they appear, what they say, and for whom there are none."""

from __future__ import annotations

from typing import Any

import pytest

from app.mentoring.rules.signals import SignalFacts, restored, signals, weight_of


def codes(**values: Any) -> list[str]:
    """The signs of a meeting at the premises that is otherwise in order."""
    known = {
        "outcome": "bertemu",
        "place_kind": "tempat_usaha",
        "is_place_known": True,
        "metres": 20,
        "minutes": 40,
        "clock_offset": 3,
        "has_confirmation": True,
    }
    return [sign.code for sign in signals(SignalFacts(**{**known, **values}))]


def test_a_report_in_order_has_no_signs():
    assert codes() == []


@pytest.mark.parametrize(("metres", "found"), [(300, []), (301, ["jauh"]), (9000, ["jauh"])])
def test_the_way_from_the_premises_is_a_sign_beyond_three_hundred_metres(metres, found):
    assert codes(metres=metres) == found


def test_far_away_weighs_more_than_down_the_road():
    near, far = (
        signals(SignalFacts(outcome="bertemu", place_kind="tempat_usaha", metres=metres,
                            has_confirmation=True))
        for metres in (500, 5000)
    )  # fmt: skip

    assert weight_of(near) < weight_of(far)


def test_the_way_means_nothing_where_they_met_at_the_market():
    assert codes(place_kind="pasar", metres=9000) == []


def test_no_point_is_a_sign_only_where_the_premises_are_known():
    assert codes(metres=None) == ["tanpa_lokasi"]
    assert codes(metres=None, is_place_known=False) == []


@pytest.mark.parametrize(
    ("minutes", "found"),
    [(9, ["singkat"]), (10, []), (240, []), (241, ["lama"]), (None, [])],
)
def test_very_short_and_very_long_meetings_are_signs(minutes, found):
    assert codes(minutes=minutes) == found


@pytest.mark.parametrize("offset", [-601, 601, 90_000])
def test_a_phone_whose_clock_is_off_is_a_sign(offset):
    assert codes(clock_offset=offset) == ["jam"]


def test_a_clock_that_nobody_told_is_none():
    assert codes(clock_offset=None) == []


def test_many_visits_within_an_hour_are_a_sign():
    assert codes(within_hour=3) == []
    assert codes(within_hour=4) == ["beruntun"]


def test_no_word_of_the_owner_is_a_sign_but_not_by_telephone():
    assert codes(has_confirmation=False) == ["tanpa_paraf"]
    assert codes(has_confirmation=False, place_kind="telepon") == []


def test_the_heaviest_sign_comes_first():
    assert codes(same_photo_on="2026-10-03", minutes=5, has_confirmation=False) == [
        "foto_sama",
        "singkat",
        "tanpa_paraf",
    ]


@pytest.mark.parametrize("outcome", ["menolak_didata", "minta_imbalan"])
def test_an_honest_refusal_has_no_signs_whatever_else(outcome):
    assert codes(outcome=outcome, minutes=1, metres=9000, within_hour=9, clock_offset=9999) == []


def test_who_was_not_met_is_not_asked_for_a_signature_or_a_length():
    assert codes(outcome="tidak_bisa_dikunjungi", minutes=None, has_confirmation=False) == []


def test_every_sign_speaks_plain_words():
    facts = SignalFacts(
        outcome="bertemu",
        place_kind="tempat_usaha",
        metres=1234,
        minutes=5,
        clock_offset=-7200,
        same_photo_on="2026-10-03",
        within_hour=5,
        days_late=9,
    )

    assert {sign.text for sign in signals(facts)} == {
        "Foto mirip dengan foto kunjungan 3 Okt 2026",
        "Jam ponsel lebih cepat 2 jam",
        "5 kunjungan dalam satu jam",
        "Dicatat 9 hari setelah kunjungan",
        "Lokasi 1,2 km dari tempat usaha",
        "Pertemuan hanya 5 menit",
        "Belum ada paraf atau balasan pemilik",
    }


def test_signs_come_back_from_storage_and_unknown_ones_are_left_out():
    found = signals(SignalFacts(outcome="bertemu", minutes=5))

    again = restored([*(sign.stored() for sign in found), ["dahulu", 9, None]])

    assert again == found
