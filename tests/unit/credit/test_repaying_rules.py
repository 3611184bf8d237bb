"""Due days, collectability by its table, and what a sum pays, whatever the sum and the order."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import InvalidInput
from app.credit.rules.allocation import ORDERS, Owed, allocated, settling
from app.credit.rules.collectability import collectability, days_in_arrears
from app.credit.rules.due_days import due_days
from app.credit.rules.loan_rules import RULES, first_values, in_words, typed_value

DAY = date(2026, 6, 30)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def owed(*rows):
    """Payments due every 30 days from `DAY` on, by principal and interest."""
    return [
        Owed(
            id=UUID(int=number),
            number=number,
            due_on=DAY + timedelta(days=30 * (number - 1)),
            principal=principal,
            interest=interest,
        )
        for number, (principal, interest) in enumerate(rows, 1)
    ]


def told(parts):
    return [
        (one.instalment_id and one.instalment_id.int, one.principal, one.interest, one.beyond)
        for one in parts
    ]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 1, 31), ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        (date(2028, 1, 30), ["2028-01-30", "2028-02-29", "2028-03-30", "2028-04-30"]),
        (date(2026, 11, 30), ["2026-11-30", "2026-12-30", "2027-01-30", "2027-02-28"]),
    ],
)
def test_a_month_that_is_too_short_does_not_move_the_day_of_those_after_it(first, last):
    assert [str(day) for day in due_days(first, 4, "bulan")] == last


@given(DAYS, st.integers(1, 156))
def test_weeks_are_seven_days_and_months_skip_none(first, count):
    weeks = due_days(first, count, "minggu")
    months = due_days(first, count, "bulan")

    assert {(after - before).days for before, after in pairwise(weeks)} <= {7}
    assert [(day.year * 12 + day.month) - (first.year * 12 + first.month) for day in months] == [
        *range(count)
    ]
    assert all(day.day <= first.day for day in months)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, 1), (1, 2), (90, 2), (91, 3), (120, 3), (121, 4), (180, 4), (181, 5), (4000, 5)],
)
def test_collectability_follows_the_table_of_the_reference(days, expected):
    bounds = first_values()[("hari_kolektibilitas", "")].value

    assert collectability(days_in_arrears(DAY, DAY + timedelta(days=days)), bounds) == expected


def test_a_sum_pays_in_the_order_that_the_rule_says():
    rows = owed((100, 10), (100, 9), (100, 8))
    on = DAY + timedelta(days=30)

    each = told(allocated(115, rows, on=on, order=("angsuran",)))
    interest = told(allocated(115, rows, on=on, order=("bunga", "pokok")))
    principal = told(allocated(205, rows, on=on, order=("pokok", "bunga")))

    assert each == [(1, 100, 10, 0), (2, 0, 5, 0)]
    assert interest == [(1, 96, 10, 0), (2, 0, 9, 0)]
    assert principal == [(1, 100, 5, 0), (2, 100, 0, 0)]


def test_what_is_more_than_due_pays_ahead_and_then_is_beyond():
    rows = owed((100, 10), (100, 9))

    assert told(allocated(130, rows, on=DAY)) == [(1, 100, 10, 0), (2, 11, 9, 0)]
    assert told(allocated(230, rows, on=DAY)) == [(1, 100, 10, 0), (2, 100, 9, 0), (None, 0, 0, 11)]


@given(
    st.integers(1, 5000),
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 90)), min_size=1, max_size=12),
    st.integers(-10, 400),
    st.sampled_from(ORDERS),
)
def test_no_rupiah_is_lost_and_none_pays_more_than_is_asked(amount, rows, after, order):
    asked = owed(*rows)

    parts = allocated(amount, asked, on=DAY + timedelta(days=after), order=order)

    assert sum(one.principal + one.interest + one.beyond for one in parts) == amount
    by_id = {one.id: one for one in asked}
    for one in parts:
        if one.instalment_id is None:
            # Beyond only when all is paid.
            assert one.beyond == amount - sum(each.total for each in asked) > 0
        else:
            of = by_id[one.instalment_id]
            assert 0 <= one.principal <= of.principal
            assert 0 <= one.interest <= of.interest


def test_settling_early_pays_all_principal_and_the_interest_that_the_rule_leaves():
    rows = owed((100, 10), (100, 9), (100, 8), (0, 7))

    def total(ahead):
        return sum(one.principal + one.interest for one in settling(rows, on=DAY, ahead=ahead))

    assert [total(ahead) for ahead in (0, 1, 2, None)] == [310, 319, 327, 334]


@pytest.mark.parametrize(
    ("code", "typed", "value"),
    [
        ("hari_kolektibilitas", "0, 30, 60, 90", [0, 30, 60, 90]),
        ("urutan_bayar", "Pokok, Bunga", ["pokok", "bunga"]),
        ("bunga_pelunasan", "semua", ["semua"]),
        ("bunga_pelunasan", "0", [0]),
    ],
)
def test_a_value_is_read_as_its_rule_wants_it(code, typed, value):
    assert typed_value(code, typed) == value
    assert in_words(code, value)


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("hari_kolektibilitas", "0, 30, 60"),
        ("hari_kolektibilitas", "0, 60, 30, 90"),
        ("hari_kolektibilitas", "0, 30, 60, x"),
        ("hari_kolektibilitas", "0, 30, 60, 9999"),
        ("urutan_bayar", "bunga"),
        ("urutan_bayar", "bunga, bunga"),
        ("bunga_pelunasan", "13"),
        ("bunga_pelunasan", "1, 2"),
        ("bunga_pelunasan", ""),
    ],
)
def test_a_value_that_no_rule_knows_is_refused(code, typed):
    with pytest.raises(InvalidInput) as refusal:
        typed_value(code, typed)

    assert refusal.value.field == "value"


def test_every_rule_has_a_first_value_with_its_source():
    assert {code for code, _ in first_values()} == set(RULES)
    assert all(one.source for one in first_values().values())
