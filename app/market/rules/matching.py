"""Which products can serve what a buyer wants: capacity, time, price, and papers in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from app.market.rules.certificates_of import DEMANDS, standing
from app.market.rules.facts import CertificateFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a buyer wants each month."""

    pieces_per_month: int
    price_most: int | None = None
    ready_in_days: int | None = None
    demands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a product can give."""

    product_id: UUID
    capacity_per_month: int | None
    price: int | None
    lead_time_days: int | None
    has_nib: bool = False


def lacks(wanted: Wanted, offer: Offer, certificates: Iterable[CertificateFact]) -> tuple[str, ...]:
    """What keeps a product from serving a buyer, in words; nothing when it can.

    How much it can make is no lack: several together may do. Papers that ran out never count.
    """
    found = list(_papers_lacking(wanted, offer, tuple(certificates)))
    if not offer.capacity_per_month:
        found.append("kesanggupan sebulan belum diisi")
    if wanted.price_most is not None and offer.price is None:
        found.append("harga belum diisi")
    elif wanted.price_most is not None and (offer.price or 0) > wanted.price_most:
        found.append("harga di atas yang diminta")
    if wanted.ready_in_days is not None and offer.lead_time_days is None:
        found.append("lama menyiapkan belum diisi")
    elif wanted.ready_in_days is not None and (offer.lead_time_days or 0) > wanted.ready_in_days:
        found.append("menyiapkannya lebih lama")
    return tuple(found)


def _papers_lacking(
    wanted: Wanted, offer: Offer, certificates: tuple[CertificateFact, ...]
) -> Iterator[str]:
    for demand in wanted.demands:
        # The number on the enterprise is the truth, whether or not its way was noted.
        if demand == "nib" and offer.has_nib:
            continue
        state = standing(demand, certificates, offer.product_id)
        if not state.is_in_force:
            yield f"{DEMANDS[demand][0]} {state.words}"
