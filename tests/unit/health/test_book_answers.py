"""What follows from the cash book, at and beside every bound of the instrument."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cashbook.rules.facts import BookMonth, CashFacts, DiaryFacts
from app.cashbook.rules.windows import full_months, months_before
from app.health.rules.book_answers import answers_from_book, told_by_book
from app.health.rules.instrument_file import first_instrument, instrument_of_text
from app.health.rules.instrument_file import first_text as text_of_version_1
from app.health.rules.questionnaire import PERCENT_FACTS, points_for

ON = date(2026, 11, 22)
LAST = full_months(ON)
SECTORS = ("A", "B", "C", "D", "E", "F")


def book(sales=0, costs=0, drawn=0, installments=0, earlier=0, **values):
    """A book with everything in the first of its three months."""
    rest = tuple(BookMonth(first=day, lines=1) for day in LAST[1:])
    first = BookMonth(
        first=LAST[0], lines=1, sales=sales, costs=costs, drawn=drawn, installments=installments
    )
    before = tuple(BookMonth(first=day, lines=1) for day in months_before(LAST, is_seasonal=False))
    known = {
        "own_lines": 10,
        "lately_lines": 5,
        "written_days": 20,
        "open_days": 25,
        "counted_on": ON,
    }
    return CashFacts(
        on=ON,
        months=(first, *rest),
        earlier=(replace(before[0], sales=earlier), *before[1:]),
        **{**known, **values},
    )


def answer(code, facts, sector="A"):
    return answers_from_book(first_instrument(), sector, facts).get(code)


def points(code, facts, sector="A"):
    found = answer(code, facts, sector)
    return None if found is None else found.points


MARGINS = [(-1, 0), (0, 1), (9_999, 1), (10_000, 2), (19_999, 2), (20_000, 3), (29_999, 3)]
MARGINS += [(30_000, 4), (30_001, 4)]
MARGINS_OF_TRADE = [(-1, 0), (0, 1), (2_999, 1), (3_000, 2), (5_999, 2), (6_000, 3), (9_999, 3)]
MARGINS_OF_TRADE += [(10_000, 4), (10_001, 4)]


@pytest.mark.parametrize(
    ("sector", "left", "given_points"),
    [
        (sector, left, given_points)
        for sector in SECTORS
        for left, given_points in (MARGINS_OF_TRADE if sector == "E" else MARGINS)
    ],
)
def test_keu1_follows_the_margin_and_trade_has_its_own_bounds(sector, left, given_points):
    facts = book(sales=100_000, costs=100_000 - left)

    assert points("KEU1", facts, sector) == given_points


@pytest.mark.parametrize(
    ("cash", "given_points"),
    [
        *((49_999, 0), (50_000, 1), (99_999, 1), (100_000, 2), (149_999, 2)),
        *((150_000, 3), (199_999, 3), (200_000, 4), (200_001, 4)),
    ],
)
def test_keu2_follows_how_often_cash_covers_what_falls_due(cash, given_points):
    found = answer("KEU2", book(book_cash=cash - 10_000, receivables=10_000, owed=100_000))

    assert found.points == given_points
    assert points_for(first_instrument().indicator("KEU2").raw, found.number) == given_points


def test_keu2_without_dues_is_full_and_with_unknown_cash_is_asked():
    assert points("KEU2", book(book_cash=-1)) == 4
    assert points("KEU2", book(book_cash=-1, owed=100)) is None
    assert points("KEU2", book(lately_lines=0)) is None


@pytest.mark.parametrize(
    ("drawn", "given_points"),
    [(0, 4), (50_000, 4), (50_001, 3), (75_000, 3), (75_001, 1), (100_000, 1), (100_001, 0)],
)
def test_keu3_follows_the_part_that_the_household_takes(drawn, given_points):
    assert points("KEU3", book(sales=100_000, drawn=drawn)) == given_points


@pytest.mark.parametrize(("costs", "drawn", "given_points"), [(0, 0, 2), (0, 1, 0), (5, 0, 2)])
def test_keu3_without_a_surplus_asks_only_whether_anything_was_taken(costs, drawn, given_points):
    assert points("KEU3", book(costs=costs, drawn=drawn)) == given_points


@pytest.mark.parametrize(
    ("sales", "given_points"),
    [
        *((0, 0), (74_999, 0), (75_000, 1), (75_001, 1), (89_999, 1)),
        *((90_000, 3), (100_000, 3), (110_000, 3), (110_001, 4)),
    ],
)
def test_psr1_follows_the_trend(sales, given_points):
    assert points("PSR1", book(sales=sales, earlier=100_000)) == given_points


@pytest.mark.parametrize(
    ("days", "given_points"),
    [(0, 4), (7, 4), (8, 3), (14, 3), (15, 2), (30, 2), (31, 1), (60, 1), (61, 0), (400, 0)],
)
def test_psr2_follows_the_last_sale_and_a_silent_book_says_nothing(days, given_points):
    facts = book(last_sale_on=ON - timedelta(days=days))
    found = answer("PSR2", facts)

    assert (found.points, found.number) == (given_points, Decimal(days))
    assert points("PSR2", replace(facts, lately_lines=0)) is None


@pytest.mark.parametrize("days", range(70))
def test_on_a_phone_psr2_holds_only_while_the_days_that_pass_change_nothing(days):
    found = answer("PSR2", book(last_sale_on=ON - timedelta(days=days)))
    later = (found.holds_until - ON).days

    assert points("PSR2", book(last_sale_on=ON - timedelta(days=days + later))) == found.points
    assert 0 <= later <= 7


@pytest.mark.parametrize(
    ("days", "given_points"),
    [(0, 4), (7, 4), (8, 3), (30, 3), (31, 2), (45, 2), (46, 1), (60, 1), (61, 0)],
)
def test_psr4_weighs_the_book_with_the_channels(days, given_points):
    assert points("PSR4", book(waited=days * 100, waited_amount=100)) == given_points
    assert points("PSR4", book()) is None


def test_psr3_counts_the_book_and_the_channels_together():
    def sold(*amounts):
        parts = tuple((None, amount) for amount in amounts)
        return points("PSR3", book(lately_sold=parts, sold_in_book=amounts[0] if amounts else 0))

    assert sold() == 0
    assert sold(100) == 1
    assert sold(81, 19) == 1
    assert sold(80, 20) == 2
    assert sold(61, 39) == 2
    assert sold(60, 40) == 3
    assert sold(41, 30, 29) == 3
    assert sold(40, 30, 30) == 4
    assert points("PSR3", book(lately_sold=((None, 100),))) is None
    assert points("PSR3", book(lately_lines=0)) is None


@pytest.mark.parametrize(
    ("written", "given_points"),
    [(0, 0), (1, 1), (249, 1), (250, 2), (500, 2), (501, 3), (800, 3), (801, 4), (1000, 4)],
)
def test_mnj1_follows_the_days_that_are_written(written, given_points):
    found = answer("MNJ1", book(written_days=written, open_days=1_000))

    assert found.points == given_points
    assert found.evidence == ("pengakuan" if written < 500 else "buku")


@pytest.mark.parametrize(
    ("paid", "given_points"),
    [
        *((0, 4), (20_000, 4), (20_001, 3), (35_000, 3), (35_001, 2)),
        *((50_000, 2), (50_001, 1), (70_000, 1), (70_001, 0), (130_000, 0)),
    ],
)
def test_mdl1_follows_the_burden_and_gives_its_number(paid, given_points):
    found = answer("MDL1", book(sales=100_000, installments=paid))

    assert found.points == given_points
    scale = first_instrument().indicator("MDL1").raw
    assert scale.name in PERCENT_FACTS
    assert points_for(scale, found.number / 100) == given_points


def test_mdl1_with_installments_and_no_surplus_is_the_worst_and_has_no_number():
    facts = book(sales=100, costs=100, installments=1)
    found = answer("MDL1", facts)

    assert (found.points, found.number) == (0, None)
    assert told_by_book(facts)["installments_without_surplus"] is True
    assert answer("MDL1", book(costs=100)).points == 4


def test_below_half_of_the_days_every_answer_is_the_owners_word():
    facts = book(
        sales=100_000, costs=50_000, last_sale_on=ON, waited_amount=1, written_days=12, open_days=25
    )

    told = answers_from_book(first_instrument(), "A", facts)

    assert {"KEU1", "KEU3", "PSR2", "PSR4", "MNJ1", "MDL1"} <= set(told)
    assert {one.evidence for one in told.values()} == {"pengakuan"}
    full = answers_from_book(first_instrument(), "A", replace(facts, written_days=13))
    assert {one.evidence for one in full.values()} == {"buku"}


def test_sales_without_any_cost_and_cash_that_nobody_counted_are_the_owners_word():
    assert answer("KEU1", book(sales=100)).evidence == "pengakuan"
    uncounted = book(book_cash=100, owed=50, counted_on=None)
    assert answer("KEU2", uncounted).evidence == "pengakuan"


def test_the_diary_speaks_where_the_book_does_not_and_only_as_the_owners_word():
    gap = replace(book(), months=tuple(BookMonth(first=day) for day in LAST))
    told = replace(gap, diary=DiaryFacts(sales=100_000, costs=90_000, earlier_sales=80_000))
    half = replace(gap, diary=DiaryFacts(sales=100_000))

    assert (points("KEU1", told), points("KEU1", told, "E"), points("PSR1", told)) == (2, 4, 4)
    assert answer("KEU1", told).evidence == answer("PSR1", told).evidence == "pengakuan"
    assert points("KEU1", half) is points("PSR1", half) is points("KEU3", told) is None
    both = replace(book(sales=100, costs=50), diary=told.diary)
    assert points("KEU1", both) == 4


def test_a_loss_needs_no_division_and_nothing_at_all_is_asked():
    assert points("KEU1", book(costs=100)) == 0
    assert points("KEU1", book()) is None


def test_coverage_below_half_never_reads_as_half():
    months = tuple(
        BookMonth(first=day, lines=1, costs=1, written_days=49_999, open_days=100_000)
        for day in LAST
    )

    told = told_by_book(replace(book(), months=months))

    assert told["loss_months"] == 3
    assert told["book_coverage"] == Decimal("49.99")
    assert told_by_book(None) == {}
    assert told_by_book(replace(book(), months=(*months[:2], BookMonth(first=LAST[2])))) == {}


def test_other_options_are_answered_by_the_mentor_alone():
    other = instrument_of_text(
        text_of_version_1().replace("Rugi (kurang dari 0%)", "Rugi"), version=2
    )

    told = answers_from_book(other, "A", book(sales=100, costs=50))

    assert "KEU1" not in told
    assert "KEU3" in told


@given(
    st.lists(st.integers(0, 10**11), min_size=9, max_size=9),
    st.integers(-(10**12), 10**12),
    st.sampled_from(SECTORS),
    st.one_of(st.none(), st.dates(date(2020, 1, 1), ON)),
)
def test_no_book_however_odd_stops_the_questionnaire(sums, cash, sector, sold_on):
    sales, costs, drawn, paid, earlier, owed, waited, amount, written = sums
    facts = book(
        sales, costs, drawn, paid, earlier,
        owed=owed, waited=waited, waited_amount=amount, book_cash=cash,
        written_days=written, open_days=amount % 31, last_sale_on=sold_on,
        lately_sold=((None, sales), (None, costs)), sold_in_book=sales,
    )  # fmt: skip

    told = answers_from_book(first_instrument(), sector, facts)

    for code, one in told.items():
        assert one.points in first_instrument().indicator(code).options_for(sector)
        assert len(one.source) <= 200
    assert isinstance(told_by_book(facts), dict)
    assert facts.draw_ratio is None or isinstance(facts.draw_ratio, Fraction)
