"""How likely a loan comes back, from the days since its oldest unpaid payment was due.

The bounds are dated rules for each kind of lender. Source: reference of the domain, chapter 6.3.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from app.core.errors import InvalidInput

CLASSES = {
    1: "Lancar",
    2: "Dalam perhatian",
    3: "Kurang lancar",
    4: "Diragukan",
    5: "Macet",
}
# From how many days on a portfolio counts as at risk, as lenders report it (PAR30).
RISK_DAYS = 30
_BOUNDS, _MOST_DAYS = 4, 3650
EXAMPLE = "Tulis empat jumlah hari dari kecil ke besar, contoh: 0, 90, 120, 180."


def days_in_arrears(next_due_on: date | None, on: date) -> int:
    """Days since the oldest payment that is not wholly paid was due; 0 on its day and before.

    >>> days_in_arrears(date(2026, 3, 1), date(2026, 3, 31)), days_in_arrears(None, date.max)
    (30, 0)
    """
    return 0 if next_due_on is None else max(0, (on - next_due_on).days)


def collectability(days: int, bounds: Sequence[int]) -> int:
    """The class, 1 to 5; each bound is the last day of its class.

    >>> [collectability(days, (0, 90, 120, 180)) for days in (0, 1, 90, 91, 120, 121, 180, 181)]
    [1, 2, 2, 3, 3, 4, 4, 5]
    """
    return bisect_left(bounds, days) + 1


def last_due_days(bounds: Sequence[int], on: date) -> list[date]:
    """For each bound the earliest day a payment may have been due to stay within it."""
    return [on - timedelta(days=bound) for bound in bounds]


def checked_bounds(value: Sequence[object]) -> tuple[int, ...]:
    """The bounds of a day table.

    Raises:
        InvalidInput: not four days that grow; field "value".
    """
    days = tuple(one for one in value if type(one) is int)
    grows = all(one < other for one, other in pairwise(days))
    if len(days) != len(value) or len(days) != _BOUNDS or not grows:
        raise InvalidInput("rule_value", field="value", message=EXAMPLE)
    if days[0] < 0 or days[-1] > _MOST_DAYS:
        raise InvalidInput("rule_value", field="value", message=EXAMPLE)
    return days
