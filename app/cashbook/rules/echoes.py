"""What was written, said back, so that a slip of the finger is seen at once."""

from __future__ import annotations

from datetime import date

from app.cashbook.rules.entries import CATEGORIES
from app.core.day_words import long_day
from app.core.money import format_rupiah
from app.core.number_words import in_words


def echo(category: str, amount: int, day: date) -> str:
    """A line in words and figures.

    >>> echo("upah", 25000, date(2026, 11, 22))
    'Upah Rp 25.000 (dua puluh lima ribu rupiah), 22 November 2026'
    """
    return f"{CATEGORIES[category]} {sum_in_words(amount)}, {long_day(day)}"


def sum_in_words(amount: int) -> str:
    """An amount in figures and in words.

    >>> sum_in_words(2500000)
    'Rp 2.500.000 (dua juta lima ratus ribu rupiah)'
    """
    return f"{format_rupiah(amount)} ({in_words(amount)} rupiah)"
