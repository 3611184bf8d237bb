"""What an enterprise can carry: each rule at its edges, the largest amount, a bad month."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.credit.rules.affordability import (
    COMMITTEE,
    LOSS,
    MET,
    REFUSED,
    SAFE_SHARE,
    STOCK,
    UNKNOWN,
    Carrier,
    affordability,
    bad_month,
    cushion_rule,
    largest_principal,
    monthly,
    purpose_rule,
    record_rule,
    room_of,
    share_rule,
)
from app.credit.rules.schedules import (
    ANNUITY,
    FLAT,
    METHODS,
    MURABAHAH,
    WEEK,
    LoanTerms,
    for_amount,
    schedule,
)

KUR = LoanTerms(amount=8_000_000, method=ANNUITY, count=24, yearly_rate=Fraction(6, 100))
COOPERATIVE = LoanTerms(amount=3_000_000, method=FLAT, count=12, yearly_rate=Fraction(18, 100))
# The example of the reference, with all else in order.
SOUND = Carrier(
    surplus=1_500_000,
    existing=150_000,
    other_income=500_000,
    needs=1_000_000,
    has_proof=True,
    has_arrears=False,
    health_class="kurang_sehat",
    purpose=STOCK,
    is_calculated=True,
)


def judged(carrier, terms):
    return affordability(carrier, terms, schedule(terms).largest)


@pytest.mark.parametrize(("terms", "largest"), [(KUR, 8_461_075), (COOPERATIVE, 3_813_559)])
def test_the_largest_amount_of_the_reference_comes_out_as_printed(terms, largest):
    room = room_of(Carrier(surplus=1_500_000, existing=150_000))

    assert room == 375_000
    assert largest_principal(room, terms) == largest
    # What the page offers, in whole thousands.
    assert judged(SOUND, terms).largest == largest // 1000 * 1000


@pytest.mark.parametrize(
    ("surplus", "installments", "verdict", "words"),
    [
        (1_000_000, 350_000, MET, "35% dari"),
        (1_000_000, 350_001, COMMITTEE, "komite"),
        (1_000_000, 500_000, COMMITTEE, "50% dari"),
        (1_000_000, 500_001, REFUSED, "terlalu berat"),
        (0, 1, REFUSED, "belum menyisakan"),
        (-50_000, 1, REFUSED, "belum menyisakan"),
        (None, 1, UNKNOWN, "Sisa usaha sebulan belum"),
    ],
)
def test_the_share_of_the_surplus_has_two_limits(surplus, installments, verdict, words):
    found = share_rule(surplus, installments)

    assert found.verdict == verdict
    assert words in found.reason


@pytest.mark.parametrize(("installments", "verdict"), [(800_000, MET), (800_001, REFUSED)])
def test_the_household_keeps_a_cushion_of_a_quarter(installments, verdict):
    assert cushion_rule(SOUND, installments).verdict == verdict


def test_a_household_of_which_nothing_is_known_is_asked_for():
    found = cushion_rule(replace(SOUND, needs=None), 1)

    assert (found.verdict, found.reason) == (
        UNKNOWN,
        "Kebutuhan rumah tangga sebulan belum diketahui.",
    )


@pytest.mark.parametrize(
    ("changes", "verdict", "words"),
    [
        ({}, MET, "tidak sakit"),
        ({"health_class": "sakit"}, REFUSED, "sedang sakit"),
        ({"has_arrears": True}, REFUSED, "tunggakan lebih dari 30 hari"),
        ({"has_proof": False}, REFUSED, "separuh hari buka"),
        # What is against it is said, even where the rest is not known.
        ({"has_arrears": True, "has_proof": None}, REFUSED, "tunggakan"),
        ({"has_proof": None, "health_class": None}, UNKNOWN, "buku kas tiga bulan, kelas"),
    ],
)
def test_book_arrears_and_class_speak_together(changes, verdict, words):
    found = record_rule(replace(SOUND, **changes))

    assert found.verdict == verdict
    assert words in found.reason


@pytest.mark.parametrize(
    ("purpose", "is_calculated", "verdict"),
    [
        (STOCK, True, MET),
        (STOCK, False, REFUSED),
        (STOCK, None, UNKNOWN),
        (LOSS, True, REFUSED),
        (None, True, UNKNOWN),
    ],
)
def test_a_loan_is_for_something_that_was_calculated_and_for_no_loss(
    purpose, is_calculated, verdict
):
    asked = replace(SOUND, purpose=purpose, is_calculated=is_calculated)

    assert purpose_rule(asked).verdict == verdict


def test_the_whole_is_as_bad_as_the_worst_and_open_while_anything_is_open():
    said = [
        judged(SOUND, KUR).verdict,
        judged(replace(SOUND, existing=250_000), KUR).verdict,
        judged(replace(SOUND, existing=250_000, purpose=None), KUR).verdict,
        judged(replace(SOUND, health_class="sakit", purpose=None), KUR).verdict,
    ]

    assert said == [MET, COMMITTEE, UNKNOWN, REFUSED]


def test_a_fifth_less_of_sales_takes_what_is_not_bought_then():
    steady = replace(SOUND, sales=6_000_000, materials=3_500_000)

    found = bad_month(steady, 600_000)
    without = bad_month(replace(steady, materials=None), 600_000)

    assert (found.surplus, found.free, found.missing) == (1_000_000, 500_000, 100_000)
    assert (without.surplus, without.missing, without.is_carried) == (300_000, 600_000, False)
    assert bad_month(steady, 500_000).is_carried
    assert bad_month(SOUND, 1) is None


def test_weekly_payments_are_judged_by_the_month():
    weekly = replace(COOPERATIVE, every=WEEK, count=50)

    assert monthly(12_000, WEEK) == 52_000
    assert judged(SOUND, weekly).installment == monthly(schedule(weekly).largest, WEEK)


@given(
    surplus=st.integers(0, 20_000_000),
    existing=st.integers(0, 2_000_000),
    needs=st.none() | st.integers(0, 5_000_000),
    method=st.sampled_from(sorted(METHODS)),
    every=st.sampled_from(["bulan", WEEK]),
    count=st.integers(1, 60),
    percent=st.integers(0, 60),
)
def test_the_largest_amount_really_fits(surplus, existing, needs, method, every, count, percent):
    terms = LoanTerms(
        amount=10_000_000,
        method=method,
        count=count,
        every=every,
        yearly_rate=Fraction(0 if method == MURABAHAH else percent, 100),
        margin=percent * 100_000 if method == MURABAHAH else 0,
    )
    carrier = replace(SOUND, surplus=surplus, existing=existing, needs=needs)
    found = judged(carrier, terms)

    if not found.largest:
        return
    most = schedule(for_amount(terms, found.largest)).largest

    everything = existing + monthly(most, every)
    assert everything <= SAFE_SHARE * surplus
    if needs is not None:
        assert cushion_rule(carrier, everything).verdict == MET
