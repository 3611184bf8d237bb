"""What is asked for when somebody wants a loan."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.core.errors import InvalidInput
from app.credit.rules.affordability import PURPOSES
from app.credit.rules.offers import MOST_RATE
from app.credit.rules.schedules import (
    EVERY,
    LEAST_AMOUNT,
    METHODS,
    MOST_AMOUNT,
    MOST_PAYMENTS,
    MURABAHAH,
)

# More than this for each rupiah lent is a slip of the finger.
_MOST_MARGIN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The terms of a loan and what the owner says of it; `rate` in hundredths of a percent a year,
    amounts of a household are those of a month."""

    lender_id: UUID
    amount: int
    method: str
    count: int
    every: str
    purpose: str
    rate: int = 0
    margin: int = 0
    fee: int = 0
    offer_code: str | None = None
    purpose_note: str = ""
    other_income: int = 0
    needs: int | None = None
    is_calculated: bool | None = None
    has_arrears: bool | None = None


def check_asked(asked: Asked) -> None:
    """Refuse terms that are no loan.

    Raises:
        InvalidInput: at the field.
    """
    if not LEAST_AMOUNT <= asked.amount <= MOST_AMOUNT:
        raise InvalidInput("amount", field="jumlah", message="Jumlah ini tidak wajar. Periksa.")
    if asked.method not in METHODS or asked.every not in EVERY:
        raise InvalidInput("method", field="metode", message="Pilih cara menghitung.")
    if not 1 <= asked.count <= MOST_PAYMENTS[asked.every]:
        raise InvalidInput("count", field="kali", message="Isi berapa kali angsuran.")
    _check_price(asked)
    if asked.purpose not in PURPOSES:
        raise InvalidInput("purpose", field="tujuan", message="Pilih uangnya untuk apa.")
    if asked.other_income < 0 or (asked.needs or 0) < 0:
        raise InvalidInput("household", field="kebutuhan", message="Angka ini tidak wajar.")


def _check_price(asked: Asked) -> None:
    is_margin = asked.method == MURABAHAH
    if not 0 <= asked.rate <= MOST_RATE * 100 or (is_margin and asked.rate):
        raise InvalidInput("rate", field="bunga", message="Bunga ini tidak wajar. Periksa.")
    if not 0 <= asked.margin <= _MOST_MARGIN * asked.amount or (asked.margin and not is_margin):
        raise InvalidInput("margin", field="margin", message="Margin ini tidak wajar. Periksa.")
    if not 0 <= asked.fee < asked.amount:
        message = "Biaya harus lebih kecil daripada pinjaman."
        raise InvalidInput("fee", field="biaya", message=message)
