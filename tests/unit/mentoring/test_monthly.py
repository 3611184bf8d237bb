"""Months, what may be handed in, and when an expense can still change."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.errors import InvalidInput, WrongState
from app.mentoring.rules.monthly import (
    LIST_LABELS,
    Figure,
    Month,
    check_expense_day,
    check_submission,
    month_named,
    month_of,
    months_until,
)

TODAY = date(2026, 11, 22)
NOVEMBER = Month(first=date(2026, 11, 1))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2028, 2, 1), date(2028, 2, 29)),
        (date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_month_knows_its_last_day(first, last):
    assert Month(first=first).last == last


def test_a_month_has_an_address_and_a_name():
    month = month_named("2026-11")

    assert (month, month.code, month.label) == (NOVEMBER, "2026-11", "November 2026")


@pytest.mark.parametrize("code", ["2026-13", "2026", "", "november", "0001-01", "2026-11-22"])
def test_what_is_no_month_is_refused(code):
    with pytest.raises(InvalidInput):
        month_named(code)


def test_the_months_go_back_over_new_year():
    codes = [month.code for month in months_until(date(2026, 1, 15), 3)]

    assert codes == ["2026-01", "2025-12", "2025-11"]


@pytest.mark.parametrize("state", ["diajukan", "diterima"])
def test_what_lies_with_the_officer_is_not_handed_in_again(state):
    with pytest.raises(WrongState):
        check_submission(NOVEMBER, today=TODAY, state=state)


def test_what_was_returned_can_be_handed_in_again():
    check_submission(NOVEMBER, today=TODAY, state="dikembalikan")


def test_a_month_that_has_not_begun_is_not_handed_in():
    with pytest.raises(InvalidInput):
        check_submission(Month(first=date(2026, 12, 1)), today=TODAY, state=None)


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2025, 1, 1)])
def test_expenses_of_tomorrow_and_of_long_ago_are_refused(day):
    with pytest.raises(InvalidInput):
        check_expense_day(day, today=TODAY, state=None)


def test_expenses_of_a_month_that_was_handed_in_do_not_change():
    with pytest.raises(WrongState):
        check_expense_day(TODAY, today=TODAY, state="diajukan")
    check_expense_day(TODAY, today=TODAY, state="dikembalikan")


def test_figures_are_said_in_their_unit():
    said = [
        Figure(name="x", label="x", value=value, unit=unit).text
        for value, unit in ((750, "menit"), (45, "menit"), (1_250_000, "rupiah"), (7, ""))
    ]

    assert said == ["12,5 jam", "45 menit", "Rp 1.250.000", "7"]


def test_every_list_has_words():
    assert all(LIST_LABELS.values())
    assert month_of(TODAY) == NOVEMBER
