"""The diary of five numbers a month: which months may be told, and what may be said of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.errors import InvalidInput
from app.core.money import format_rupiah
from app.core.months import add_months, first_of

# Nobody remembers the numbers of longer ago.
OLDEST_MONTHS = 36
# Below and beyond these a finger slipped: a small enterprise sells for 15 billion a year at most
# (PP 7/2021).
LEAST_MONEY, MOST_MONEY = 1_000, 5_000_000_000
MOST_PRODUCED = 10_000_000
MOST_WORKERS = 999
NOT_TOLD = "belum diisi"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiveNumbers:
    """What was told of a month; None is not told, which is never zero."""

    sales: int | None = None
    costs: int | None = None
    produced: int | None = None
    workers: int | None = None
    keeps_record: bool | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was told."""
        return (self.sales, self.costs, self.produced, self.workers, self.keeps_record) == (
            None,
        ) * 5

    @property
    def surplus(self) -> int | None:
        """What was left; None where one of the two was not told."""
        if self.sales is None or self.costs is None:
            return None
        return self.sales - self.costs


def last_told_month(today: date) -> date:
    """The newest month that may be told: the last one that is over."""
    return add_months(first_of(today), -1)


def months_back(today: date, count: int) -> list[date]:
    """The first days of so many months that are over, the newest first."""
    newest = last_told_month(today)
    return [add_months(newest, -place) for place in range(count)]


def check_month(month: date, *, today: date) -> None:
    """Refuse a month that cannot be told.

    Raises:
        InvalidInput: no first day of a month, not over yet, or longer ago than anybody remembers.
    """
    newest = last_told_month(today)
    if month != first_of(month):
        raise InvalidInput("month_unknown", field="month", message="Pilih bulannya.")
    if month > newest:
        raise InvalidInput(
            "month_not_over", field="month", message="Bulan ini belum selesai. Isi bulan depan."
        )
    if month <= add_months(newest, -OLDEST_MONTHS):
        raise InvalidInput(
            "month_too_old",
            field="month",
            message=f"Bulan ini sudah terlalu lama. Paling lama {OLDEST_MONTHS} bulan lalu.",
        )


def check_numbers(told: FiveNumbers, *, is_correction: bool) -> None:
    """Refuse what cannot be meant; a month told by mistake may be emptied again.

    Raises:
        InvalidInput: nothing told, a number below zero or beyond belief.
    """
    if told.is_empty and not is_correction:
        raise InvalidInput("nothing_told", message="Isi paling sedikit satu angka.")
    for field, value, most in (
        ("sales", told.sales, MOST_MONEY),
        ("costs", told.costs, MOST_MONEY),
        ("produced", told.produced, MOST_PRODUCED),
        ("workers", told.workers, MOST_WORKERS),
    ):
        if value is not None:
            _check_number(field, value, most, least=LEAST_MONEY if most == MOST_MONEY else 1)


def _check_number(field: str, value: int, most: int, *, least: int) -> None:
    if value < 0:
        raise InvalidInput(
            "number_negative", field=field, message="Angka tidak boleh kurang dari nol."
        )
    if 0 < value < least:
        message = f"Hanya {format_rupiah(value)}? Tulis lengkap, misalnya 2.500.000 atau 2,5 jt."
        raise InvalidInput("number_too_small", field=field, message=message)
    if value > most:
        raise InvalidInput(
            "number_too_large", field=field, message="Angka terlalu besar. Periksa angka nolnya."
        )
