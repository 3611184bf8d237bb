"""What must be typed into SIHALAL or the application for SPP-IRT, from the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.clock import local_today
from app.core.identity import shown_phone
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.market.models import Certificate, Product
from app.market.queries.certificates_reach import limits_on
from app.market.rules.certificates import shown_state
from app.market.rules.products import (
    FLAGS_TOLD,
    FOOD_TYPES,
    PACK_KINDS,
    PROCESSES,
    STORAGES,
    net_words,
)
from app.places.queries import path_labels

MOST_ROWS = 2_000
# Headings in the order in which the entry asks for them.
HEADINGS = (
    "Nama usaha", "Nama pemilik", "NIK (tersamar)", "Nomor HP", "NIB", "KBLI", "Skala usaha",
    "Penjualan setahun (Rp)", "Alamat", "Dusun, RT/RW", "Desa, kecamatan, kabupaten",
    "Nama produk", "Merek", "Jenis pangan", "Komposisi, terbanyak lebih dahulu", "Sifat bahan",
    "Cara membuat", "Kemasan", "Isi bersih", "Masa simpan (hari)", "Cara simpan",
    "Langkah sekarang",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One product of one enterprise; an empty cell is missing in the record."""

    enterprise_id: UUID
    cells: tuple[str | int | None, ...]


def entry_rows(scope: Scope, track: str, enterprise_ids: Sequence[UUID]) -> list[EntryRow]:
    """A row for each open way of this kind of these enterprises within reach, by name."""
    rows = db.session.execute(
        select(Certificate, Enterprise, Product)
        .join(Enterprise, Enterprise.id == Certificate.enterprise_id)
        .outerjoin(Product, Product.id == Certificate.product_id)
        .where(
            within(scope),
            Certificate.track == track,
            Certificate.is_open,
            Certificate.enterprise_id.in_(enterprise_ids),
        )
        .options(joinedload(Enterprise.owner))
        .order_by(Enterprise.search_name, Enterprise.id, Certificate.id)
        .limit(MOST_ROWS)
    ).all()
    villages = path_labels({row.Enterprise.village_code for row in rows})
    today = local_today()
    limits = limits_on(today)
    return [
        EntryRow(
            enterprise_id=row.Enterprise.id,
            cells=(
                *_enterprise_cells(row.Enterprise, villages[row.Enterprise.village_code]),
                *_product_cells(row.Product),
                shown_state(row.Certificate, on=today, limits=limits).name,
            ),
        )
        for row in rows
    ]


def _enterprise_cells(one: Enterprise, village: str) -> tuple[str | int | None, ...]:
    phone = one.owner.phone
    return (
        one.name,
        one.owner.name,
        one.owner.nik_masked,
        shown_phone(phone) if phone else None,
        one.nib,
        one.kbli_code,
        one.size_class,
        one.yearly_sales,
        one.address,
        one.hamlet,
        village,
    )


def _product_cells(one: Product | None) -> tuple[str | int | None, ...]:
    if one is None:
        return (None,) * 10
    return (
        one.name,
        one.brand,
        FOOD_TYPES.get(one.food_type or ""),
        ", ".join(one.ingredients) or None,
        _worded(FLAGS_TOLD, one.ingredient_flags) or "tidak ada yang khusus",
        _worded(PROCESSES, one.processes) or None,
        PACK_KINDS.get(one.pack_kind or ""),
        net_words(one.net_amount, one.net_unit) or None,
        one.shelf_life_days,
        STORAGES.get(one.storage or ""),
    )


def _worded(labels: dict[str, str], codes: Sequence[str]) -> str:
    return ", ".join(label for code, label in labels.items() if code in codes)
