"""Cash at hand of a book: the newest count and what moved after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.cashbook.queries.facts_entries import Counted
from app.cashbook.queries.facts_payments import PaidDay


def cash_of(count: Counted | None, moved: int, paid: Sequence[PaidDay]) -> tuple[int, date | None]:
    """The cash of one book, and the day of its count; without one all that ever `moved`."""
    if count is None:
        return moved + sum([one.amount for one in paid]), None
    return count.cash + sum([one.amount for one in paid if one.on > count.on]), count.on
