"""Money tied up in channels: random histories against somebody who counts each rupiah by hand."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

import pytest

from app.market.rules.channels import AGES, age_of
from app.market.rules.receivables import (
    Delivered,
    Settled,
    ageing,
    days_to_payment,
    settle,
)

TODAY = date(2026, 11, 22)


def key(number):
    return UUID(int=number)


def delivered(number, days_ago, value):
    return Delivered(id=key(number), on=TODAY - timedelta(days=days_ago), value=value)


def settled(number, days_ago, value, delivery=None):
    return Settled(
        id=key(number),
        on=TODAY - timedelta(days=days_ago),
        value=value,
        delivery_id=None if delivery is None else key(delivery),
    )


def history(seed):
    """Deliveries, payments and returns of a channel, some too much, too early or for nothing."""
    chance = random.Random(seed)  # noqa: S311
    deliveries = [
        delivered(number, chance.randrange(120), chance.randrange(1, 60))
        for number in range(1, chance.randrange(1, 7))
    ]
    named = [None, *range(1, 8)]
    payments = [
        settled(100 + number, chance.randrange(120), chance.randrange(1, 80), chance.choice(named))
        for number in range(chance.randrange(6))
    ]
    returns = [
        settled(200 + number, chance.randrange(120), chance.randrange(1, 40), chance.choice(named))
        for number in range(chance.randrange(4))
    ]
    return deliveries, payments, returns


class ByHand:
    """Every rupiah of a delivery is a coin; whoever settles takes coins away one by one."""

    def __init__(self, deliveries, payments, returns):
        self.deliveries = sorted(deliveries, key=lambda one: (one.on, one.id))
        self.coins = [one.id for one in self.deliveries for _ in range(one.value)]
        self.beside = Counter()
        self.waited = []
        self._all_take("returned", returns)
        self._all_take("paid", payments)

    def _all_take(self, kind, takers):
        left = {one.id: one.value for one in takers}
        ordered = sorted(takers, key=lambda one: (one.on, one.id))
        for one in ordered:
            while left[one.id] and one.delivery_id in self.coins:
                self._take(kind, one, self.coins.index(one.delivery_id))
                left[one.id] -= 1
        for one in ordered:
            while left[one.id] and self.coins:
                self._take(kind, one, 0)
                left[one.id] -= 1
        self.beside[kind] = sum(left.values())

    def _take(self, kind, one, place):
        coin = self.coins.pop(place)
        day = next(each.on for each in self.deliveries if each.id == coin)
        if kind == "paid":
            self.waited.append(max(0, (one.on - day).days))


@pytest.mark.parametrize("seed", range(200))
def test_money_tied_up_is_right_on_random_histories(seed):
    deliveries, payments, returns = history(seed)
    by_hand = ByHand(deliveries, payments, returns)

    account = settle(deliveries, payments, returns)

    total = sum(one.value for one in deliveries)
    total -= sum(one.value for one in payments) + sum(one.value for one in returns)
    assert account.tied_up == total
    assert account.owed == len(by_hand.coins)
    assert {part.delivery_id: part.amount for part in account.open} == Counter(by_hand.coins)
    assert account.unmatched_paid == by_hand.beside["paid"]
    assert account.unmatched_returned == by_hand.beside["returned"]
    # Nobody both owes and is owed.
    assert account.owed == 0 or account.unmatched_paid + account.unmatched_returned == 0
    assert sum(ageing(account.open, on=TODAY).values()) == account.owed


@pytest.mark.parametrize("seed", range(60))
def test_days_to_payment_is_the_mean_of_all_coins(seed):
    deliveries, payments, returns = history(seed)
    by_hand = ByHand(deliveries, payments, returns)
    days = {one.id: (TODAY - one.on).days for one in deliveries}
    waited = by_hand.waited + [days[coin] for coin in by_hand.coins]

    account = settle(deliveries, payments, returns)
    found = days_to_payment(account.paid, account.open, on=TODAY)

    if waited:
        assert abs(found - Fraction(sum(waited), len(waited))) <= Fraction(1, 2)
    else:
        assert found is None


def test_a_payment_goes_to_the_delivery_it_names_and_the_rest_to_the_oldest():
    account = settle([delivered(1, 40, 100), delivered(2, 10, 50)], [settled(9, 3, 70, 2)], [])

    assert [(part.delivery_id, part.amount) for part in account.open] == [(key(1), 80)]
    assert [(part.delivery_id, part.amount, part.days) for part in account.paid] == [
        (key(2), 50, 7),
        (key(1), 20, 37),
    ]


def test_a_payment_too_much_stands_beside():
    account = settle([delivered(1, 40, 100)], [settled(9, 3, 130)], [])

    assert (account.tied_up, account.owed, account.unmatched_paid) == (-30, 0, 30)


def test_a_payment_without_any_delivery_stands_beside():
    account = settle([], [settled(9, 3, 130)], [])

    assert (account.tied_up, account.unmatched_paid, account.paid) == (-130, 130, ())


def test_goods_returned_after_they_were_paid_leave_money_to_give_back():
    account = settle([delivered(1, 40, 100)], [settled(8, 20, 100)], [settled(9, 3, 30, 1)])

    assert (account.tied_up, account.unmatched_paid, account.unmatched_returned) == (-30, 30, 0)


def test_more_returned_than_delivered_stands_beside():
    account = settle([delivered(1, 40, 100)], [], [settled(9, 3, 130, 1)])

    assert (account.tied_up, account.owed, account.unmatched_returned) == (-30, 0, 30)


def test_money_paid_ahead_waited_no_day():
    account = settle([delivered(1, 5, 100)], [settled(9, 30, 100)], [])

    assert days_to_payment(account.paid, account.open, on=TODAY) == 0


def test_payments_of_long_ago_say_nothing_about_today():
    account = settle(
        [delivered(1, 400, 100), delivered(2, 10, 100)],
        [settled(8, 300, 100), settled(9, 6, 100)],
        [],
    )

    assert days_to_payment(account.paid, account.open, on=TODAY) == 4


@pytest.mark.parametrize(
    ("days", "age"),
    [(-1, "0-7"), (0, "0-7"), (7, "0-7"), (8, "8-30"), (30, "8-30"), (31, "31-45"), (45, "31-45"),
     (46, "46-60"), (60, "46-60"), (61, "61"), (900, "61")],
)  # fmt: skip
def test_ages_are_parted_as_the_instrument_parts_them(days, age):
    assert age_of(days) == age
    assert age in AGES
