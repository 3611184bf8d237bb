"""Reasons are told in plain words, with the fact behind them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.health.rules import Case, Context, first_instrument, points_in_order, score, way_up
from app.health.rules.explain import (
    blocks_in_words,
    caps,
    pulls,
    range_words,
    steps_in_words,
    to_ask,
    unchecked_rules,
)

INSTRUMENT = first_instrument()
CODES = [indicator.code for indicator in INSTRUMENT.indicators]
DAY = date(2026, 11, 21)


def case(sector: str = "A", *, facts: dict[str, Any] | None = None, **answers: int | None) -> Case:
    """Every answer at its best but those named."""
    return Case(
        sector=sector,
        assessed_on=DAY,
        points=points_in_order(INSTRUMENT, {**dict.fromkeys(CODES, 4), **answers}),
        context=Context(**{"incident_open": False, **(facts or {})}),
    )


ARREARS = "Lebih dari 90 hari: paling tinggi kurang sehat; lebih dari 120 hari: sakit."


@pytest.mark.parametrize(
    ("facts", "answers", "fact", "effect"),
    [
        (
            {"days_since_last_sale": 70},
            {},
            "Penjualan terakhir 70 hari sebelum penilaian.",
            "sakit",
        ),
        (
            {"loss_months": 3, "book_coverage": Decimal("0.625")},
            {},
            "Rugi 3 bulan, buku kas terisi 62,5%.",
            "sakit",
        ),
        (
            {"arrears_days": 95},
            {},
            f"Tunggakan terlama 95 hari. {ARREARS}",
            "paling tinggi kurang sehat",
        ),
        ({"arrears_days": 121}, {}, f"Tunggakan terlama 121 hari. {ARREARS}", "sakit"),
        (
            {"debt_service_ratio": Decimal("0.624")},
            {},
            "Cicilan 62,4% dari sisa usaha.",
            "paling tinggi kurang sehat",
        ),
        (
            {"installments_without_surplus": True},
            {},
            "Ada cicilan, tetapi tidak ada sisa usaha.",
            "sakit",
        ),
        (
            {"sold_outside_home": True},
            {"LGL2": 0},
            "Izin produk pangan belum ada, padahal dijual di luar rumah.",
            "paling tinggi kurang sehat",
        ),
        (
            {},
            {"LGL3": 0},
            "Sertifikat halal belum diurus, padahal sudah wajib.",
            "paling tinggi kurang sehat",
        ),
        ({"incident_open": True}, {}, "Kejadian belum dinyatakan selesai.", "sakit"),
        (
            {"quick_ratio": Decimal("0.45")},
            {},
            "Kas dan tagihan 0,45 kali kewajiban 30 hari.",
            "paling tinggi kurang sehat",
        ),
        ({}, {"MNJ1": 0}, "Belum ada catatan sama sekali.", "paling tinggi kurang sehat"),
        (
            {},
            {"MDL1": 0, "MDL2": 1},
            "Permodalan dan kewajiban 37,5.",
            "paling tinggi kurang sehat",
        ),
    ],
)
def test_a_rule_that_fired_is_told_with_its_fact(facts, answers, fact, effect):
    found = case(facts=facts, **answers)

    (cap,) = caps(INSTRUMENT, found, score(INSTRUMENT, found))

    assert (cap.fact, cap.effect) == (fact, effect)
    assert cap.is_decisive


def test_the_heaviest_answers_are_named_first():
    found = case("D", KEU1=2, SDM1=0, PSR1=3)

    named = [
        (pull.code, pull.lost_tenths) for pull in pulls(INSTRUMENT, found, score(INSTRUMENT, found))
    ]

    # Of 92 weights in sector D: 7 * 2/4, 6 * 1/4, 2 * 4/4, each of a hundred.
    assert named == [("KEU1", 38), ("SDM1", 22), ("PSR1", 16)]


def test_steps_name_both_wordings():
    found = case(MNJ1=0)

    (step,) = steps_in_words(
        INSTRUMENT, found, way_up(INSTRUMENT, found, score(INSTRUMENT, found)).steps
    )

    assert (step.name, step.before, step.after) == (
        "Catatan buku kas",
        "Tidak ada catatan",
        "Kurang dari 25%",
    )


def test_margins_of_trade_are_worded_as_those_of_trade():
    found = case("E", KEU1=2)

    (pull,) = pulls(INSTRUMENT, found, score(INSTRUMENT, found))

    assert pull.answer == "3% sampai di bawah 6%"


def test_what_has_to_end_depends_on_the_level():
    sick = case(facts={"arrears_days": 150, "debt_service_ratio": 2})
    capped = case(facts={"arrears_days": 100, "debt_service_ratio": Decimal("0.6")})

    leave_sick, leave_cap = (
        blocks_in_words(INSTRUMENT, way_up(INSTRUMENT, one, score(INSTRUMENT, one)))
        for one in (sick, capped)
    )

    assert leave_sick == (
        "Tunggakan terlama 120 hari atau kurang",
        "Cicilan tidak lebih besar dari sisa usaha per bulan",
    )
    assert leave_cap == (
        "Tunggakan terlama 90 hari atau kurang",
        "Cicilan paling banyak separuh dari sisa usaha per bulan",
    )


def test_an_unsure_class_is_called_by_its_range():
    missing = dict.fromkeys(["KEU1", "KEU2", "KEU3", "MDL1", "SDM3"], None)
    unsure = case("C", **missing, PSR1=1, PSR3=1, PRD1=0, MNJ2=0, LGL1=2)

    words = range_words(score(INSTRUMENT, unsure))

    assert words == "antara kurang sehat dan sehat"
    assert range_words(score(INSTRUMENT, case("C"))) == ""


def test_what_is_required_is_asked_first():
    found = case(facts={"incident_open": None}, KEU1=None, MDL2=None, PSR2=None, SDM1=None)

    asked = [one.code for one in to_ask(INSTRUMENT, found, score(INSTRUMENT, found))]

    assert asked == ["Q2", "PSR2", "MDL2", "KEU1", "SDM1"]


def test_rules_without_their_fact_are_named():
    names = unchecked_rules(INSTRUMENT, case("C", facts={"incident_open": None}))

    assert len(names) == 5
    assert not any("keamanan pangan" in name for name in names)
    assert any(
        "keamanan pangan" in name
        for name in unchecked_rules(INSTRUMENT, case("A", facts={"incident_open": None}))
    )
