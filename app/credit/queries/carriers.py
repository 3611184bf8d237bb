"""What is known of an enterprise that asks for a loan: its class, and what its cash book says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.cashbook.queries.facts import cash_facts
from app.cashbook.rules.facts import PROOF, CashFacts
from app.core.clock import local_today
from app.core.day_words import long_month
from app.core.scope import Scope
from app.enterprises.models import Enterprise
from app.enterprises.queries import enterprise as enterprise_within


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCarrier:
    """What the calculator begins with for one enterprise; amounts are those of a month."""

    enterprise_id: UUID
    enterprise_name: str
    health_class: str | None
    months: str
    surplus: int | None = None
    installments: int | None = None
    sales: int | None = None
    has_proof: bool | None = None
    has_book: bool = False
    is_claim: bool = False

    @property
    def remark(self) -> str:
        """Where the figures are from, or why there are none."""
        if not self.has_book:
            return "Usaha ini belum punya buku kas. Tanyakan angkanya kepada pemilik."
        if self.surplus is None:
            return f"Buku kas {self.months} belum lengkap, jadi sisa usaha belum dapat dihitung."
        said = f"Sisa usaha, penjualan, dan angsuran diisi dari buku kas {self.months}, rata-rata."
        if self.is_claim:
            return f"{said} 30 hari terakhir jarang dicatat: angka ini baru pengakuan pemilik."
        return said


def known_carrier(scope: Scope, enterprise_id: UUID) -> KnownCarrier:
    """What is known of one enterprise today.

    Raises:
        NotFound: unknown, or outside the scope: the answer is the same.
    """
    return known_of(enterprise_within(scope, enterprise_id), on=local_today())


def known_of(row: Enterprise, *, on: date) -> KnownCarrier:
    """What is known on a day of an enterprise that the caller has found within its reach."""
    found = cash_facts([row.id], on=on).get(row.id)
    if found is None or not found.has_book:
        return KnownCarrier(
            enterprise_id=row.id,
            enterprise_name=row.name,
            health_class=row.health_class,
            months="",
        )
    return _from_book(row.id, row.name, row.health_class, found)


def _from_book(key: UUID, name: str, health_class: str | None, book: CashFacts) -> KnownCarrier:
    count = len(book.months)
    first, last = book.months[0].first, book.months[-1].first
    # A loss is rounded away from nothing, so that it never looks smaller than it is.
    surplus = None if book.surplus is None else book.surplus // count
    lowest = book.lowest_coverage
    return KnownCarrier(
        enterprise_id=key,
        enterprise_name=name,
        health_class=health_class,
        months=f"{long_month(first)} sampai {long_month(last)}",
        surplus=surplus,
        installments=book.installment_month,
        sales=book.sales // count if book.is_whole else None,
        has_proof=lowest is not None and lowest >= PROOF,
        has_book=True,
        is_claim=book.is_claim,
    )
