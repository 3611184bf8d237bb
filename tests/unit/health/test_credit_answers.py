"""What follows from loans and debts, at and beside every bound of the instrument."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.cashbook.rules.facts import BookMonth, CashFacts, DiaryFacts
from app.cashbook.rules.windows import full_months, months_before
from app.credit.rules.debts import DEBT_KINDS
from app.credit.rules.facts import LENDER, CreditFacts, burden
from app.health.rules.credit_answers import answers_from_credit, told_by_credit
from app.health.rules.instrument_file import first_instrument
from app.health.rules.questionnaire import points_for

ON = date(2026, 11, 22)
MONTHS = full_months(ON)


def book(*, surplus=0, installments=0, written_days=20, **values) -> CashFacts:
    sums = {"sales": max(surplus, 0), "costs": max(-surplus, 0), "installments": installments}
    first = BookMonth(first=MONTHS[0], lines=1, **sums)
    return CashFacts(
        on=ON,
        months=(first, *(BookMonth(first=day, lines=1) for day in MONTHS[1:])),
        earlier=tuple(
            BookMonth(first=day, lines=1) for day in months_before(MONTHS, is_seasonal=False)
        ),
        own_lines=10,
        written_days=written_days,
        open_days=25,
        **values,
    )


def remembered(sales, costs) -> CashFacts:
    """No book at all: three months as the owner remembers them."""
    return CashFacts(
        on=ON,
        months=tuple(BookMonth(first=day) for day in MONTHS),
        earlier=(),
        diary=DiaryFacts(sales=sales, costs=costs),
    )


def answer(code, credit, cash=None, sector="D"):
    return answers_from_credit(first_instrument(), sector, credit, cash).get(code)


@pytest.mark.parametrize(
    ("surplus", "given_points", "number"),
    [
        (1_500_000, 4, "20"),
        (1_499_999, 3, "20.01"),
        (857_143, 3, "35"),
        (857_142, 2, "35.01"),
        (600_000, 2, "50"),
        (599_999, 1, "50.01"),
        (428_572, 1, "70"),
        (428_571, 0, "70.01"),
        (300_000, 0, "100"),
        (299_999, 0, "100.01"),
    ],
)
def test_mdl1_follows_what_lenders_ask_for_and_keeps_the_number(surplus, given_points, number):
    credit = CreditFacts(on=ON, loans=1, loan_month=100_000, main_source=LENDER)

    found = answer("MDL1", credit, book(surplus=surplus))

    assert (found.points, found.number) == (given_points, Decimal(number))
    assert points_for(first_instrument().indicator("MDL1").raw, found.number / 100) == given_points


def test_the_same_installment_in_the_book_and_with_the_lender_counts_once():
    credit = CreditFacts(on=ON, loans=1, loan_month=100_000, main_source=LENDER)

    less_written = burden(credit, book(surplus=900_000, installments=200_000))
    more_written = burden(credit, book(surplus=900_000, installments=400_000))

    assert (less_written.installments, less_written.is_from_book) == (300_000, False)
    assert (more_written.installments, more_written.is_from_book) == (400_000, True)
    assert answer("MDL1", credit, book(surplus=900_000, installments=400_000)) is None


@pytest.mark.parametrize(("surplus", "is_told"), [(0, True), (-1, True), (1, False)])
def test_installments_without_surplus_are_told_to_the_knock_out(surplus, is_told):
    credit = CreditFacts(on=ON, loans=1, loan_month=100_000, main_source=LENDER)

    told = told_by_credit(credit, book(surplus=surplus))

    assert told == {"installments_without_surplus": is_told}
    assert answer("MDL1", credit, book(surplus=surplus)).points == 0


def test_without_any_surplus_known_nothing_is_said_of_the_burden():
    credit = CreditFacts(on=ON, loans=1, loan_month=100_000, main_source=LENDER)

    assert answer("MDL1", credit) is None
    assert answer("MDL1", credit, remembered(900_000, None)) is None
    assert told_by_credit(credit, None) == {}


def test_remembered_months_speak_as_the_owners_word():
    credit = CreditFacts(on=ON, loans=1, loan_month=100_000, main_source=LENDER)

    found = answer("MDL1", credit, remembered(1_900_000, 1_300_000))

    assert (found.points, found.evidence) == (2, "pengakuan")


def test_a_book_written_too_seldom_and_a_told_debt_are_the_owners_word():
    lent = CreditFacts(on=ON, loans=1, loan_month=100_000, main_source=LENDER)
    told = CreditFacts(on=ON, debts=1, debt_month=100_000, main_source="rentenir")

    assert answer("MDL1", lent, book(surplus=900_000)).evidence == "buku"
    assert answer("MDL1", lent, book(surplus=900_000, written_days=3)).evidence == "pengakuan"
    assert answer("MDL1", told, book(surplus=900_000)).evidence == "pengakuan"


@pytest.mark.parametrize(
    ("days", "given_points", "holds"),
    [
        (0, 4, 7),
        (1, 3, 6),
        (7, 3, 0),
        (8, 2, 7),
        (30, 2, 0),
        (31, 1, 7),
        (90, 1, 0),
        (91, 0, 7),
        (120, 0, 0),
        (121, 0, 7),
    ],
)
def test_mdl2_follows_the_longest_arrears_and_holds_until_they_say_more(days, given_points, holds):
    credit = CreditFacts(on=ON, loans=1, arrears_days=days, main_source=LENDER)

    found = answer("MDL2", credit)

    assert (found.points, found.number, found.evidence) == (given_points, Decimal(days), "buku")
    assert found.holds_until == ON + timedelta(days=holds)


def test_mdl2_without_arrears_holds_no_longer_than_the_day_of_the_next_payment():
    credit = CreditFacts(
        on=ON, loans=1, arrears_days=0, next_due_on=ON + timedelta(days=3), main_source=LENDER
    )

    assert answer("MDL2", credit).holds_until == ON + timedelta(days=3)


@pytest.mark.parametrize(
    ("source", "given_points"),
    [
        ("rentenir", 0),
        ("pinjol_ilegal", 0),
        ("pinjol", 1),
        ("tengkulak", 2),
        ("keluarga", 3),
        (LENDER, 4),
    ],
)
def test_mdl3_follows_the_main_source_and_names_no_kind_of_debt(source, given_points):
    found = answer("MDL3", CreditFacts(on=ON, loans=1, main_source=source))

    assert (found.points, found.evidence) == (
        given_points,
        "buku" if source == LENDER else "pengakuan",
    )
    assert not any(word.lower() in found.source.lower() for word in DEBT_KINDS.values())


def test_who_has_nothing_recorded_is_asked_everything():
    assert answers_from_credit(first_instrument(), "A", None, book(surplus=900_000)) == {}
    assert answers_from_credit(first_instrument(), None, CreditFacts(on=ON, loans=1), None) == {}
