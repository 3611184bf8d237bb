"""What a loan truly costs in a year: the rate at which the payments are worth what was received.

As lenders in Indonesia say it: the rate of one period times the periods of a year, without
interest on interest. Source: reference of the domain, chapter 6.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext

from app.credit.rules.schedules import PER_YEAR, LoanTerms, Schedule

_POINT = Decimal("0.01")
# A hundredth of a point of a year is far above what is left open.
_NARROW = Decimal("1e-12")
_DIGITS = 30


def effective_rate(terms: LoanTerms, planned: Schedule) -> Decimal | None:
    """Percent a year to 0.01 point, halves up; None where the fee leaves nothing to receive."""
    amounts = [one.total for one in planned.payments]
    rate = rate_of_period(terms.received, amounts)
    if rate is None:
        return None
    return (rate * PER_YEAR[terms.every] * 100).quantize(_POINT, ROUND_HALF_UP)


def rate_of_period(received: int, payments: Sequence[int]) -> Decimal | None:
    """The share that one period costs, by halving; 0 where no more is paid than was received."""
    if received <= 0:
        return None
    if sum(payments) <= received:
        return Decimal(0)
    with localcontext() as context:
        context.prec = _DIGITS
        low, high = Decimal(0), Decimal(1)
        while _worth(payments, high) > received:
            low, high = high, high * 2
        while high - low > _NARROW:
            middle = (low + high) / 2
            if _worth(payments, middle) > received:
                low = middle
            else:
                high = middle
        return (low + high) / 2


def _worth(payments: Sequence[int], rate: Decimal) -> Decimal:
    """What the payments are worth on the day the money is given."""
    shrinks = 1 / (1 + rate)
    worth = Decimal(0)
    for amount in reversed(payments):
        worth = (worth + amount) * shrinks
    return worth
