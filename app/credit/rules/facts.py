"""What loans and debts of one enterprise say on a day, and how heavy they weigh on its surplus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.cashbook.rules import ratios
from app.cashbook.rules.facts import CashFacts
from app.core.months import add_months

# The main source of somebody who owes a lender (cooperative, BMT, BPR, bank) the most.
LENDER = "lembaga"
MONTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditFacts:
    """What is owed and paid back in a month, in rupiah.

    `loans` are loans of lenders that run, `debts` those told to the mentor. `arrears_days` is the
    longest of all; None where nothing is known to be late and some debt was told without its days.
    `main_source` is LENDER or a kind of debt. `next_due_on` is when something is due next.
    """

    on: date
    loans: int = 0
    debts: int = 0
    loan_month: int = 0
    debt_month: int = 0
    loan_left: int = 0
    debt_left: int = 0
    arrears_days: int | None = None
    is_arrears_told: bool = False
    main_source: str | None = None
    next_due_on: date | None = None

    @property
    def month(self) -> int:
        """All that is paid back in a month."""
        return self.loan_month + self.debt_month


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """What goes into installments in three months, and what the business leaves for it.

    The same money may stand in the cash book and with the lender: the larger of both is counted,
    never their sum. `is_claim` says that one of the numbers is the owner's word alone.
    """

    installments: int
    surplus: int
    is_from_book: bool
    is_claim: bool

    @property
    def ratio(self) -> Fraction | None:
        """The part of the surplus that goes away; None: there is none and something is paid."""
        return ratios.debt_service_ratio(self.installments, self.surplus)


def month_paid(due: Sequence[tuple[date, int]], *, on: date) -> int:
    """What one schedule asks for in a month: the next month in which something is due, else, of a
    schedule that has run out, its last.

    >>> due = [(date(2026, 1, 31), 100), (date(2026, 2, 28), 100), (date(2026, 3, 31), 90)]
    >>> [month_paid(due, on=date(2026, *day)) for day in ((1, 5), (2, 28), (6, 1))]
    [100, 90, 90]
    >>> month_paid([(date(2026, 1, day), 10) for day in (5, 12, 19, 26)], on=date(2026, 1, 6))
    30
    """
    ahead = [day for day, _ in due if day > on]
    if ahead:
        first = min(ahead)
        return sum(amount for day, amount in due if first <= day < add_months(first, 1))
    if not due:
        return 0
    last = max(day for day, _ in due)
    return sum(amount for day, amount in due if day > add_months(last, -1))


def main_source(owed: Iterable[tuple[str, int]], order: Sequence[str]) -> str | None:
    """To which source most is owed; of equal ones the first in the order."""
    sums: dict[str, int] = {}
    for source, amount in owed:
        sums[source] = sums.get(source, 0) + amount
    if not sums:
        return None
    return min(sums, key=lambda source: (-sums[source], order.index(source)))


def burden(credit: CreditFacts | None, book: CashFacts | None) -> Burden | None:
    """How heavy installments weigh; None where nobody knows what the business leaves."""
    if book is None:
        return None
    recorded = 0 if credit is None else credit.month * MONTHS
    is_told = credit is not None and credit.debt_month > 0
    if book.surplus is not None:
        return Burden(
            installments=max(recorded, book.installments),
            surplus=book.surplus,
            is_from_book=recorded <= book.installments,
            is_claim=book.is_claim or (is_told and recorded > book.installments),
        )
    told = book.diary
    if recorded == 0 or told.sales is None or told.costs is None:
        # Who only remembers their sales was not asked whether anything is paid back.
        return None
    return Burden(
        installments=recorded,
        surplus=told.sales - told.costs,
        is_from_book=False,
        is_claim=True,
    )
