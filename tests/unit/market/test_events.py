"""Whether it was worth going to an exhibition."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import InvalidInput
from app.market.rules.events import NOT_WORTH, WITH_ORDERS, WORTH, Outcome, check_days


def outcome(**values):
    known = {"sold": 1_200_000, "goods_cost": 700_000, "trip_cost": 300_000, "stand_cost": 100_000}
    return Outcome(**{**known, **values})


def test_what_is_left_pays_the_goods_the_trip_and_the_stand():
    assert outcome().surplus == 100_000
    assert outcome().worth == WORTH


def test_nothing_left_was_not_worth_it_and_says_what_had_to_sell():
    poor = outcome(sold=600_000, goods_cost=350_000)

    assert (poor.surplus, poor.worth) == (-150_000, NOT_WORTH)
    # 400.000 of costs at 250 of 600 left of each sale.
    assert poor.sales_needed == 960_000


def test_orders_may_make_it_worth_with_the_margin_of_what_sold():
    ordered = outcome(sold=600_000, goods_cost=350_000, orders=600_000)

    assert (ordered.orders_surplus, ordered.worth) == (250_000, WITH_ORDERS)


def test_nothing_sold_has_no_margin():
    none = outcome(sold=0, goods_cost=0, orders=5_000_000)

    assert (none.margin, none.sales_needed, none.worth) == (None, None, NOT_WORTH)


MONEY = st.integers(min_value=0, max_value=10**9)


@given(MONEY, MONEY, MONEY, MONEY)
def test_selling_what_was_needed_leaves_nothing_missing(sold, goods, trip, stand):
    one = Outcome(sold=sold, goods_cost=goods, trip_cost=trip, stand_cost=stand)

    if one.sales_needed is not None and one.margin is not None:
        assert one.sales_needed * one.margin >= one.going_cost
        assert (one.sales_needed - 1) * one.margin < one.going_cost


@pytest.mark.parametrize("last", [date(2026, 11, 1), date(2027, 3, 1)])
def test_impossible_days_are_refused(last):
    with pytest.raises(InvalidInput):
        check_days(date(2026, 11, 2), last)
