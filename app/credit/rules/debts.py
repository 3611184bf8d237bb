"""Debts outside the books of lenders, told to the mentor: kind, amount and payment alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.core.errors import InvalidInput

DEBT_KINDS = {
    "rentenir": "Rentenir",
    "pinjol_ilegal": "Pinjaman daring ilegal",
    "pinjol": "Pinjaman daring berizin atau bayar nanti",
    "tengkulak": "Tengkulak",
    "keluarga": "Keluarga atau arisan",
}
MOST_DEBT = 1_000_000_000
MOST_OVERDUE = 3650
_OLDEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDebt:
    """What is told of a debt on a day. `overdue_days` is None where nobody asked."""

    kind: str
    amount: int
    monthly: int
    overdue_days: int | None
    told_on: date


def check_debt(told: ToldDebt, *, today: date) -> None:
    """Refuse what can't be a debt.

    Raises:
        InvalidInput: an unknown kind, a sum below nothing or beyond belief, a debt of nothing, a
            day ahead or more than a year ago.
    """
    if told.kind not in DEBT_KINDS:
        raise InvalidInput("debt_kind", field="kind", message="Pilih kepada siapa utangnya.")
    _check_sums(told)
    overdue = told.overdue_days
    if overdue is not None and not 0 <= overdue <= MOST_OVERDUE:
        message = f"Isi 0 sampai {MOST_OVERDUE} hari."
        raise InvalidInput("debt_overdue", field="overdue_days", message=message)
    if told.told_on > today:
        message = "Tanggal tidak boleh setelah hari ini."
        raise InvalidInput("day_in_future", field="told_on", message=message)
    if told.told_on < today - _OLDEST:
        message = "Tanggal paling lama setahun yang lalu."
        raise InvalidInput("day_too_old", field="told_on", message=message)


def _check_sums(told: ToldDebt) -> None:
    for field, value in (("amount", told.amount), ("monthly", told.monthly)):
        if not 0 <= value <= MOST_DEBT:
            message = "Isi 0 sampai Rp 1.000.000.000."
            raise InvalidInput("debt_amount", field=field, message=message)
    if told.amount == 0 and told.monthly == 0:
        message = "Isi sisa utangnya, atau angsurannya sebulan. Bila sudah lunas, tandai lunas."
        raise InvalidInput("debt_of_nothing", field="amount", message=message)
