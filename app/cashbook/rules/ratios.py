"""The ratios of a cash book, each with what it says at its edges. None says that nothing can be
said; no rule divides by nothing.

Source: reference of the domain, chapter 2.3. Money in whole rupiah, shares as exact fractions.
"""

from __future__ import annotations

from fractions import Fraction


def net_margin(sales: int, costs: int) -> Fraction | None:
    """What is left of each rupiah sold; nothing was sold: None."""
    return Fraction(sales - costs, sales) if sales > 0 else None


def draw_ratio(drawn: int, surplus: int) -> Fraction | None:
    """Which part of the surplus the household took; without a surplus there is no part: None."""
    return Fraction(drawn, surplus) if surplus > 0 else None


def trend(now: int, before: int) -> Fraction | None:
    """By which part sales grew (below nothing: fell); nothing sold before: None."""
    return Fraction(now, before) - 1 if before > 0 else None


def quick_liquidity(cash: int | None, receivables: int, dues: int) -> Fraction | None:
    """How many times what falls due is covered; nothing falls due, or cash not known: None."""
    if cash is None or dues <= 0:
        return None
    return Fraction(cash + receivables, dues)


def coverage(written_days: int, open_days: int) -> Fraction | None:
    """The part of the open days that have a line; never open: None."""
    return Fraction(min(written_days, open_days), open_days) if open_days > 0 else None


def debt_service_ratio(installments: int, surplus: int) -> Fraction | None:
    """Which part of the surplus goes into installments: nothing without any; None where there are
    installments and no surplus, which is a case of its own."""
    if installments <= 0:
        return Fraction(0)
    return Fraction(installments, surplus) if surplus > 0 else None


def days_to_payment(waited: int, amount: int) -> int | None:
    """Days from goods to money, each rupiah weighing the same, halves up; nothing sold: None.

    `waited` is rupiah times days.
    """
    return (2 * waited + amount) // (2 * amount) if amount > 0 else None


def runway_days(cash: int | None, outflow: int, days: int) -> int | None:
    """Whole days that the cash lasts when as much goes out as in the last `days`; nothing goes
    out, or cash not known: None."""
    if cash is None or outflow <= 0 or days <= 0:
        return None
    return cash * days // outflow
