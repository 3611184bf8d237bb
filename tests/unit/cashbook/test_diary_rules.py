"""Which months may be told, and what may be said of one."""

from __future__ import annotations

from datetime import date

import pytest

from app.cashbook.rules.diaries import (
    MOST_MONEY,
    OLDEST_MONTHS,
    FiveNumbers,
    check_month,
    check_numbers,
    months_back,
)
from app.core.errors import InvalidInput
from app.core.months import add_months

TODAY = date(2026, 1, 1)


def test_the_month_before_is_the_first_that_may_be_told():
    months = months_back(TODAY, 3)

    assert months == [date(2025, 12, 1), date(2025, 11, 1), date(2025, 10, 1)]
    check_month(months[0], today=TODAY)


@pytest.mark.parametrize(
    ("month", "code"),
    [
        (date(2026, 1, 1), "month_not_over"),
        (date(2025, 12, 2), "month_unknown"),
        (add_months(date(2025, 12, 1), -OLDEST_MONTHS), "month_too_old"),
    ],
)
def test_a_month_that_nobody_can_tell_is_refused(month, code):
    with pytest.raises(InvalidInput) as refused:
        check_month(month, today=TODAY)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (FiveNumbers(), "nothing_told"),
        (FiveNumbers(sales=-1), "number_negative"),
        (FiveNumbers(sales=5), "number_too_small"),
        (FiveNumbers(costs=MOST_MONEY + 1), "number_too_large"),
        (FiveNumbers(workers=1000), "number_too_large"),
    ],
)
def test_numbers_that_cannot_be_meant_are_refused(told, code):
    with pytest.raises(InvalidInput) as refused:
        check_numbers(told, is_correction=False)

    assert refused.value.code == code


def test_zero_is_told_and_a_correction_may_empty_a_month():
    check_numbers(FiveNumbers(sales=0), is_correction=False)
    check_numbers(FiveNumbers(), is_correction=True)

    assert FiveNumbers(sales=0, costs=None).surplus is None
    assert FiveNumbers(sales=0, costs=5).surplus == -5
    assert not FiveNumbers(keeps_record=False).is_empty
