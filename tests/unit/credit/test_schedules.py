"""Schedules: the printed examples, a table of thirty loans, and what holds for every loan."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from app.credit.rules.effective_rate import effective_rate, rate_of_period
from app.credit.rules.schedules import (
    ANNUITY,
    DECLINING,
    FLAT,
    METHODS,
    MURABAHAH,
    PER_YEAR,
    WEEK,
    LoanTerms,
    first_payment,
    interest_before_rounding,
    nearest,
    schedule,
)

TABLE = json.loads((Path(__file__).parents[2] / "cases" / "loans.json").read_text("utf-8"))


def loan(amount, method, percent, count, **more):
    rate = Fraction(Decimal(str(percent))) / 100
    return LoanTerms(amount=amount, method=method, count=count, yearly_rate=rate, **more)


@pytest.mark.parametrize(
    ("terms", "payment", "interest"),
    [
        (loan(10_000_000, FLAT, 12, 12), 933_333, 1_200_000),
        (loan(10_000_000, DECLINING, 12, 12), 933_333, 650_000),
        (loan(10_000_000, ANNUITY, 12, 12), 888_488, 661_855),
        (loan(10_000_000, MURABAHAH, 0, 12, margin=1_200_000), 933_333, 1_200_000),
        (loan(5_000_000, FLAT, 18, 10), 575_000, 750_000),
        (loan(10_000_000, ANNUITY, 6, 24), 443_206, 636_946),
        (loan(25_000_000, ANNUITY, 6, 36), 760_548, 2_379_744),
    ],
)
def test_the_examples_of_the_reference_come_out_as_printed(terms, payment, interest):
    assert nearest(first_payment(terms)) == payment
    assert nearest(interest_before_rounding(terms)) == interest


def test_what_falls_ends_as_printed():
    # 841.667 before rounding; each earlier payment was rounded up, so less is left to settle.
    last = schedule(loan(10_000_000, DECLINING, 12, 12)).last.total

    assert 841_667 - 12 * 100 < last <= 841_667


@pytest.mark.parametrize(
    ("terms", "percent"),
    [(loan(10_000_000, FLAT, 12, 12), "21.5"), (loan(5_000_000, FLAT, 18, 10), "31.5")],
)
def test_what_flat_truly_costs_is_as_printed(terms, percent):
    found = effective_rate(terms, schedule(terms))

    assert found is not None
    assert found.quantize(Decimal("0.1")) == Decimal(percent)


def test_there_are_thirty_loans_of_every_method_in_the_table():
    assert len(TABLE) == 30
    assert {row["method"] for row in TABLE} == set(METHODS)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['method']}-{row['amount']}")
def test_each_loan_of_the_table_is_right_to_the_rupiah(row):
    terms = loan(
        row["amount"],
        row["method"],
        row["percent"],
        row["count"],
        every=row["every"],
        margin=row["margin"],
        fee=row["fee"],
    )

    planned = schedule(terms)

    assert len(planned.payments) == row["payments"]
    assert (planned.first.total, planned.last.total) == (row["first"], row["last"])
    assert planned.interest == row["interest"]
    assert effective_rate(terms, planned) == Decimal(row["effective"])


LOANS = st.builds(
    LoanTerms,
    amount=st.integers(100_000, 500_000_000),
    method=st.sampled_from(sorted(METHODS)),
    count=st.integers(1, 120),
    every=st.sampled_from(sorted(PER_YEAR)),
    yearly_rate=st.integers(0, 10_000).map(lambda number: Fraction(number, 10_000)),
    margin=st.integers(0, 200_000_000),
    fee=st.integers(0, 90_000),
)


@given(LOANS)
def test_the_principal_is_paid_back_to_the_rupiah_and_nothing_is_left(terms):
    planned = schedule(terms)

    assert planned.principal == terms.amount
    assert planned.last.balance == 0
    left = terms.amount
    for number, one in enumerate(planned.payments, 1):
        left -= one.principal
        assert (one.number, one.balance) == (number, left)
        assert min(one.principal, one.interest, one.balance) >= 0


@given(LOANS)
def test_every_payment_but_the_last_is_in_whole_hundreds_and_none_is_dearer(terms):
    planned = schedule(terms)

    assert all(one.total % 100 == 0 for one in planned.payments[:-1])
    assert len(planned.payments) <= terms.count
    assert planned.first.total <= first_payment(terms) + 100
    # To the rupiah interest is rounded each time; beyond that rounding makes no loan dearer.
    assert planned.interest <= interest_before_rounding(terms) + len(planned.payments)


@given(LOANS.filter(lambda terms: terms.method in (FLAT, MURABAHAH)))
def test_rounding_takes_nothing_from_a_fixed_gain_and_adds_nothing(terms):
    assert schedule(terms).interest == nearest(interest_before_rounding(terms))


@given(LOANS)
def test_the_effective_rate_is_that_of_another_solver_to_a_hundredth_of_a_point(terms):
    planned = schedule(terms)
    amounts = [one.total for one in planned.payments]

    found = effective_rate(terms, planned)

    def worth(rate):
        worths = (amount * (1 + rate) ** -number for number, amount in enumerate(amounts, 1))
        return sum(worths) - terms.received

    per_year = PER_YEAR[terms.every]
    other = 0.0 if worth(0) <= 0 else brentq(worth, 0, 1e7, xtol=1e-13) * per_year * 100
    assert float(found) == pytest.approx(other, abs=0.0051, rel=1e-9)


@given(LOANS.filter(lambda terms: terms.method == ANNUITY and terms.amount >= 1_000_000))
def test_interest_on_what_is_owed_costs_what_it_says(terms):
    found = effective_rate(
        LoanTerms(
            amount=terms.amount,
            method=ANNUITY,
            count=terms.count,
            every=terms.every,
            yearly_rate=terms.yearly_rate,
        ),
        schedule(terms),
    )

    assert float(found) == pytest.approx(float(terms.yearly_rate * 100), abs=0.02)


def test_a_loan_of_which_nothing_is_received_has_no_rate():
    assert rate_of_period(0, [100]) is None
    assert rate_of_period(100, [50, 50]) == 0


def test_a_week_is_a_fifty_second_of_a_year():
    weekly = loan(2_000_000, FLAT, 26, 52, every=WEEK)

    assert schedule(weekly).interest == 520_000
