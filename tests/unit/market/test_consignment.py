"""The calculator of therapy T06: the worked cases as printed, and what holds whatever is typed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.market.rules.consignment import (
    HIJAU,
    KUNING,
    MERAH,
    Terms,
    break_even,
    calculate,
    capital_tied,
    cash_cycle,
    largest_safe_volume,
    monthly_profit,
)

# The example of the reference: a shelf price of 12.000 less 20 %.
EXAMPLE = Terms(
    pieces=400,
    unit_cost=7_000,
    net_price=9_600,
    sold_share=Fraction(80, 100),
    fetch_cost=300,
    monthly_cost=150_000,
    making_days=5,
    shelf_days=21,
    waiting_days=35,
    free_cash=3_000_000,
)
CASES = [
    (EXAMPLE, 61, 5_693_333, 98_000, 775, 210, MERAH, "tertahan"),
    (replace(EXAMPLE, pieces=210), 61, 2_989_000, -19_800, 810, 210, MERAH, "rugi"),
    (replace(EXAMPLE, pieces=313, waiting_days=15), 41, 2_994_367, 44_060, 786, 313, KUNING, "10"),
]


@pytest.mark.parametrize(
    ("terms", "cycle", "tied_up", "profit", "permille", "safe", "verdict", "why"), CASES
)
def test_the_worked_cases_come_out_as_printed(
    terms, cycle, tied_up, profit, permille, safe, verdict, why
):
    result = calculate(terms)

    assert result.cycle_days == cycle
    assert result.tied_up == tied_up
    assert result.profit == profit
    assert result.break_even is not None
    assert round(result.break_even * 1000) == permille
    assert result.safe_pieces == safe
    assert result.verdict == verdict
    assert why in " ".join(result.reasons)


def test_the_cash_line_of_the_first_case_comes_out_as_printed():
    result = calculate(EXAMPLE)

    assert [one.cash for one in result.months[:3]] == [50_000, -2_900_000, -2_802_000]
    assert result.empty_month == 2


def test_a_channel_that_pays_soon_and_sells_well_is_green():
    result = calculate(replace(EXAMPLE, sold_share=Fraction(95, 100), waiting_days=0, pieces=150))

    assert result.verdict == HIJAU
    assert result.empty_month is None


def test_supplier_credit_and_entry_cost_move_the_line():
    credit = calculate(replace(EXAMPLE, supplier_days=30, entry_cost=500_000))

    assert [one.cash for one in credit.months[:2]] == [2_350_000, -600_000]


def test_nothing_delivered_is_red_and_has_no_break_even():
    result = calculate(replace(EXAMPLE, pieces=0))

    assert (result.verdict, result.break_even, result.profit) == (MERAH, None, -150_000)
    assert result.reasons == ("Belum ada barang yang dititipkan.",)


@pytest.mark.parametrize("left_value", [9_900, 12_000])
def test_leftovers_worth_as_much_as_what_sells_have_no_break_even(left_value):
    result = calculate(replace(EXAMPLE, left_value=left_value, free_cash=100_000_000))

    assert result.break_even is None
    assert result.verdict == KUNING
    assert "Periksa harga bersih" in result.reasons[0]


def test_not_even_selling_all_is_enough_where_the_price_is_below_the_cost():
    share = break_even(replace(EXAMPLE, net_price=6_000))

    assert share is not None
    assert share > 1


def test_a_supplier_who_waits_longer_than_the_shop_leaves_the_volume_free():
    terms = replace(EXAMPLE, supplier_days=90)

    assert cash_cycle(terms) == -29
    assert largest_safe_volume(terms) is None


def test_entry_that_costs_more_than_the_cash_leaves_no_volume():
    assert largest_safe_volume(replace(EXAMPLE, entry_cost=4_000_000)) == 0


def test_profit_of_nothing_is_red():
    even = replace(EXAMPLE, monthly_cost=248_000, free_cash=100_000_000)

    assert monthly_profit(even) == 0
    assert calculate(even).verdict == MERAH


MONEY = st.integers(min_value=0, max_value=10_000_000)
DAYS = st.integers(min_value=0, max_value=365)
TERMS = st.builds(
    Terms,
    pieces=st.integers(min_value=0, max_value=100_000),
    unit_cost=MONEY,
    net_price=MONEY,
    sold_share=st.integers(min_value=0, max_value=1000).map(lambda part: Fraction(part, 1000)),
    fetch_cost=MONEY,
    left_value=MONEY,
    monthly_cost=MONEY,
    entry_cost=MONEY,
    making_days=DAYS,
    shelf_days=DAYS,
    waiting_days=DAYS,
    supplier_days=DAYS,
    free_cash=st.integers(min_value=-10_000_000, max_value=10**10),
)


@given(TERMS)
def test_selling_the_break_even_share_leaves_exactly_nothing(terms):
    share = break_even(terms)

    assert share is None or monthly_profit(replace(terms, sold_share=share)) == 0


@given(TERMS)
def test_the_largest_safe_volume_fits_the_cash_and_one_more_does_not(terms):
    safe = largest_safe_volume(terms)

    if safe is None:
        assert terms.unit_cost * cash_cycle(terms) <= 0
    else:
        assert capital_tied(replace(terms, pieces=safe + 1)) > terms.free_cash
        assert safe == 0 or capital_tied(replace(terms, pieces=safe)) <= terms.free_cash


@given(TERMS)
def test_green_is_always_profitable_affordable_and_far_from_the_break_even(terms):
    result = calculate(terms)

    assert result.reasons
    if result.verdict == HIJAU:
        assert monthly_profit(terms) > 0
        assert capital_tied(terms) * 10 <= terms.free_cash * 7
        assert result.break_even is not None
        assert terms.sold_share >= result.break_even + Fraction(1, 10)


@given(TERMS)
def test_once_money_flows_each_month_adds_the_profit(terms):
    long = calculate(terms)
    settled = (
        max(
            terms.making_days + terms.shelf_days + terms.waiting_days,
            terms.supplier_days,
        )
        // 30
    )

    for before, after in zip(long.months, long.months[1:], strict=False):
        if before.month > settled:
            assert abs(after.cash - before.cash - monthly_profit(terms)) <= 1
