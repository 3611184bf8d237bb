"""The ratios of a cash book at their edges."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.cashbook.rules import ratios
from app.cashbook.rules.facts import BookMonth, CashFacts, DiaryFacts
from app.cashbook.rules.windows import full_months, months_before, open_days

ON = date(2026, 11, 22)
MONEY = st.integers(0, 100_000_000_000)
RATIOS = (
    "surplus",
    "net_margin",
    "quick_liquidity",
    "draw_ratio",
    "sales_trend",
    "days_since_last_sale",
    "days_to_payment",
    "book_coverage",
    "debt_service_ratio",
    "runway_days",
    "loss_months",
    "lowest_coverage",
)


def months(first: tuple[date, ...], sums: list[list[int]]) -> tuple[BookMonth, ...]:
    names = ("lines", "sales", "costs", "drawn", "installments", "written_days", "open_days")
    return tuple(
        BookMonth(first=day, **dict(zip(names, row, strict=True)))
        for day, row in zip(first, sums, strict=True)
    )


SIX_MONTHS = st.lists(
    st.lists(st.one_of(st.just(0), MONEY), min_size=7, max_size=7), min_size=6, max_size=6
)


@given(
    SIX_MONTHS,
    st.integers(-(10**12), 10**12),
    st.lists(st.one_of(st.just(0), MONEY), min_size=9, max_size=9),
    st.one_of(st.none(), st.dates(date(2020, 1, 1), ON)),
)
def test_no_book_however_odd_makes_a_ratio_fail(sums, cash, other, sold_on):
    last = full_months(ON)
    own, lately, written, opened, receivables, owed, outflow, waited, amount = other
    facts = CashFacts(
        on=ON,
        months=months(last, sums[:3]),
        earlier=months(months_before(last, is_seasonal=False), sums[3:]),
        own_lines=own,
        lately_lines=lately,
        written_days=written,
        open_days=opened,
        book_cash=cash,
        receivables=receivables,
        owed=owed,
        outflow=outflow,
        waited=waited,
        waited_amount=amount,
        last_sale_on=sold_on,
        diary=DiaryFacts(sales=own, costs=lately, earlier_sales=written),
    )

    found = [getattr(facts, name) for name in RATIOS]

    assert all(value is None or isinstance(value, int | Fraction) for value in found)
    assert isinstance(facts.is_claim, bool)
    assert facts.diary.net_margin is None or facts.diary.net_margin <= 1


def test_without_sales_surplus_or_open_days_there_is_no_share():
    assert ratios.net_margin(0, 500) is None
    assert ratios.draw_ratio(500, 0) is None
    assert ratios.draw_ratio(500, -1) is None
    assert ratios.trend(500, 0) is None
    assert ratios.coverage(3, 0) is None
    assert ratios.days_to_payment(0, 0) is None
    assert ratios.runway_days(1_000, 0, 30) is None


def test_no_installments_are_no_burden_and_installments_without_surplus_no_number():
    assert ratios.debt_service_ratio(0, -500) == 0
    assert ratios.debt_service_ratio(100, 0) is None
    assert ratios.debt_service_ratio(100, 400) == Fraction(1, 4)


def test_liquidity_needs_dues_and_cash_that_is_known():
    assert ratios.quick_liquidity(500, 100, 0) is None
    assert ratios.quick_liquidity(None, 100, 300) is None
    assert ratios.quick_liquidity(0, 100, 300) == Fraction(1, 3)


def test_days_to_payment_round_halves_up_as_the_market_does():
    assert ratios.days_to_payment(15, 2) == 8
    assert ratios.days_to_payment(14, 2) == 7


def test_the_windows_are_full_months_and_those_before_or_of_last_year():
    last = full_months(date(2026, 3, 1))

    assert last == (date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1))
    assert months_before(last, is_seasonal=False)[0] == date(2025, 9, 1)
    assert months_before(last, is_seasonal=True)[0] == date(2024, 12, 1)


def test_open_days_are_counted_by_the_weekdays_of_the_enterprise():
    assert len(open_days(date(2026, 11, 1), date(2026, 11, 30), (0, 1, 2, 3, 4, 5))) == 25
    assert open_days(date(2026, 11, 1), date(2026, 11, 7), ()) == frozenset()


def test_below_half_of_the_open_days_a_book_is_only_the_owners_word():
    last = full_months(ON)
    months_of = months(last, [[1] * 7] * 3)

    half, less, never_open = (
        CashFacts(on=ON, months=months_of, earlier=months_of, written_days=days, open_days=opened)
        for days, opened in ((13, 26), (12, 26), (0, 0))
    )

    assert not half.is_claim
    assert less.is_claim
    assert never_open.is_claim
