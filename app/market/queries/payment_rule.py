"""What the law says about how soon shops pay small suppliers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.market.queries.dated_rules import rules_on

_DAYS, _MOST = "bayar_pemasok_hari", "bayar_pemasok_nilai_paling_banyak"
_LISTING = "biaya_daftar_minimarket"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentHint:
    """A channel pays later than the rule that protects small suppliers; money in rupiah."""

    days: int
    most: int
    source: str


def payment_hint(payment_days: int | None, *, on: date) -> PaymentHint | None:
    """The rule, where a channel pays later than it says."""
    found = rules_on((_DAYS, _MOST), on=on)
    days = int(found[_DAYS].value)
    if payment_days is None or payment_days <= days:
        return None
    return PaymentHint(days=days, most=int(found[_MOST].value), source=found[_DAYS].source)


def listing_fee_cap(kind: str, *, on: date) -> int | None:
    """The most that a small shop of a chain may ask for listing one item, in rupiah."""
    if kind != "toko_modern":
        return None
    return int(rules_on((_LISTING,), on=on)[_LISTING].value)
