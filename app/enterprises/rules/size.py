"""Size classes by decree, as dated figures, and ultra mikro."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

MICRO = "mikro"
_LARGEST = "besar"
_MILLIARD = 10**9
_FULL_YEAR = timedelta(days=365)
# Owner, paid workers and unpaid family together must stay below this (S0; counted as BPS does).
ULTRA_MICRO_WORKERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRule:
    """Upper bounds, inclusive, in rupiah: class → bound, smallest class first."""

    from_on: date
    source: str
    capital: tuple[tuple[str, int], ...]
    yearly_sales: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeReading:
    """What both measures say, and which of them decides. Land and buildings are no capital."""

    by_capital: str | None
    by_sales: str | None
    size_class: str | None
    decided_by: str | None

    @property
    def is_disputed(self) -> bool:
        """Whether both measures are known and disagree."""
        return bool(self.by_capital and self.by_sales and self.by_capital != self.by_sales)


SIZE_RULES: tuple[SizeRule, ...] = (
    SizeRule(
        from_on=date(2021, 2, 2),
        source="PP 7/2021 Pasal 35",
        capital=(
            ("mikro", 1 * _MILLIARD),
            ("kecil", 5 * _MILLIARD),
            ("menengah", 10 * _MILLIARD),
        ),
        yearly_sales=(
            ("mikro", 2 * _MILLIARD),
            ("kecil", 15 * _MILLIARD),
            ("menengah", 50 * _MILLIARD),
        ),
    ),
)


@lru_cache(maxsize=64)
def size_rule_on(day: date) -> SizeRule:
    """The rule in force on a day; the oldest for days before it."""
    in_force = [rule for rule in SIZE_RULES if rule.from_on <= day]
    return in_force[-1] if in_force else SIZE_RULES[0]


def read_size(
    *, capital: int | None, yearly_sales: int | None, started_on: date | None, today: date
) -> SizeReading:
    """The size class: by sales for a running enterprise, by capital for one just founded.

    One that started less than a year ago has no year of sales yet. Where only one measure is
    known, that one decides.
    """
    rule = size_rule_on(today)
    by_capital = _class_of(capital, rule.capital)
    by_sales = _class_of(yearly_sales, rule.yearly_sales)
    is_new = started_on is not None and started_on > today - _FULL_YEAR
    first, second = (by_capital, by_sales) if is_new else (by_sales, by_capital)
    names = ("modal", "penjualan") if is_new else ("penjualan", "modal")
    decided_by = names[0] if first else names[1] if second else None
    return SizeReading(
        by_capital=by_capital,
        by_sales=by_sales,
        size_class=first or second,
        decided_by=decided_by,
    )


def total_workers(counts: Sequence[int | None]) -> int | None:
    """The owner and all others who work; None when nobody counted them."""
    counted = [count for count in counts if count is not None]
    return 1 + sum(counted) if counted else None


def is_ultra_micro(size_class: str | None, workers: int | None) -> bool | None:
    """Whether it is micro and fewer than five people work in it; None while one is unknown."""
    if size_class is not None and size_class != MICRO:
        return False
    if size_class is None or workers is None:
        return None
    return workers < ULTRA_MICRO_WORKERS


def _class_of(amount: int | None, bounds: tuple[tuple[str, int], ...]) -> str | None:
    if amount is None:
        return None
    for name, bound in bounds:
        if amount <= bound:
            return name
    return _LARGEST
