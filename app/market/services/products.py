"""Adding and changing what an enterprise sells."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from app.core.clock import utc_now
from app.core.errors import Conflict, InvalidInput
from app.core.ids import new_id
from app.core.money import format_rupiah
from app.core.scope import Scope
from app.core.text import search_text
from app.db import db
from app.db.once import kept_or_free
from app.db.turns import take_turn
from app.enterprises.queries import enterprise as enterprise_within
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.market.models import Product
from app.market.queries.reach import product as product_within
from app.market.rules.products import (
    FLAGS_TOLD,
    FOOD_KINDS,
    FOOD_TYPES,
    FORBIDDEN,
    KINDS,
    PACK_KINDS,
    PROCESSES,
    SERVICE,
    STORAGES,
)

register_actions({"product.added": "Produk dicatat", "product.changed": "Data produk diubah"})


def _named(labels: dict[str, str]) -> Any:
    return lambda codes: ", ".join(labels.get(code, code) for code in codes or ()) or "–"


def _yes_or_no(value: object) -> str:
    return "ya" if value else "tidak"


register_fields(
    "product",
    {
        "name": FieldWording(label="Nama produk"),
        "brand": FieldWording(label="Merek"),
        "kind": FieldWording(label="Jenis", say=lambda code: KINDS.get(code, code)),
        "food_type": FieldWording(label="Jenis pangan", say=lambda code: FOOD_TYPES.get(code, "–")),
        "ingredients": FieldWording(label="Bahan", say=lambda names: ", ".join(names or ())),
        "ingredient_flags": FieldWording(label="Sifat bahan", say=_named(FLAGS_TOLD)),
        "processes": FieldWording(label="Cara membuat", say=_named(PROCESSES)),
        "net_amount": FieldWording(label="Isi bersih"),
        "net_unit": FieldWording(label="Satuan isi"),
        "shelf_life_days": FieldWording(label="Masa simpan (hari)"),
        "storage": FieldWording(label="Cara simpan", say=lambda code: STORAGES.get(code, "–")),
        "pack_kind": FieldWording(label="Kemasan", say=lambda code: PACK_KINDS.get(code, "–")),
        "price": FieldWording(
            label="Harga jual", say=lambda rupiah: "–" if rupiah is None else format_rupiah(rupiah)
        ),
        "capacity_per_month": FieldWording(label="Kapasitas sebulan"),
        "lead_time_days": FieldWording(label="Lama menyiapkan pesanan (hari)"),
        "description": FieldWording(label="Keterangan"),
        "is_main": FieldWording(label="Produk utama", say=_yes_or_no),
        "is_active": FieldWording(label="Masih dijual", say=_yes_or_no),
        "declared_non_halal": FieldWording(label="Dinyatakan tidak halal", say=_yes_or_no),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFacts:
    """What was said of a product."""

    name: str
    kind: str
    brand: str | None = None
    food_type: str | None = None
    ingredients: tuple[str, ...] = ()
    ingredient_flags: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    net_amount: int | None = None
    net_unit: str | None = None
    shelf_life_days: int | None = None
    storage: str | None = None
    pack_kind: str | None = None
    price: int | None = None
    capacity_per_month: int | None = None
    lead_time_days: int | None = None
    description: str | None = None
    is_main: bool = False
    is_active: bool = True
    declared_non_halal: bool = False


def add_product(
    *,
    enterprise_id: UUID,
    facts: ProductFacts,
    scope: Scope,
    by: UUID | None,
    key: UUID | None = None,
) -> Product:
    """Note a product, once for each key; the first one of an enterprise is its main one.

    Raises:
        NotFound: the enterprise is unknown, or outside the scope.
        InvalidInput: what was said contradicts itself.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    values = _checked(facts)
    take_turn(f"products {enterprise.id}")
    known, key = kept_or_free(
        Product, key or new_id(), enterprise_id=enterprise.id, name=facts.name, kind=facts.kind
    )
    if known is not None:
        return known
    first = select(Product.id).where(Product.enterprise_id == enterprise.id).limit(1)
    if facts.is_active and db.session.scalars(first).one_or_none() is None:
        values["is_main"] = True
    now = utc_now()
    row = Product(
        id=key,
        enterprise_id=enterprise.id,
        version=1,
        created_by=by,
        created_at=now,
        updated_at=now,
        **values,
    )
    _make_way(row.enterprise_id, row.id, is_main=values["is_main"])
    db.session.add(row)
    db.session.flush()
    _note(row, "product.added", by=by, changes={"name": [None, row.name]})
    return row


def change_product(
    *, product_id: UUID, version: int, facts: ProductFacts, scope: Scope, by: UUID | None
) -> Product:
    """Note what is true of a product now.

    Raises:
        NotFound: unknown, or outside the scope.
        InvalidInput: what was said contradicts itself.
        Conflict: somebody changed it since.
    """
    row = product_within(scope, product_id, locked=True)
    values = _checked(facts)
    if row.version != version:
        raise Conflict(
            "version_stale",
            message="Produk ini baru saja diubah orang lain. Buka lagi halamannya, lalu ubah lagi "
            "bila isian Anda tetap benar.",
        )
    changes = {
        name: [getattr(row, name), value]
        for name, value in values.items()
        if getattr(row, name) != value and name != "search_name"
    }
    if not changes:
        return row
    take_turn(f"products {row.enterprise_id}")
    _make_way(row.enterprise_id, row.id, is_main=values["is_main"])
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.updated_at = utc_now()
    _note(row, "product.changed", by=by, changes=changes)
    return row


def _checked(facts: ProductFacts) -> dict[str, Any]:
    values = asdict(facts)
    for name in ("ingredients", "ingredient_flags", "processes"):
        values[name] = list(values[name])
    if facts.kind not in FOOD_KINDS:
        values["food_type"] = None
    if facts.kind == SERVICE:
        values |= {"net_amount": None, "net_unit": None, "pack_kind": None, "storage": None}
    if values["net_amount"] is None or values["net_unit"] is None:
        values["net_amount"] = values["net_unit"] = None
    if FORBIDDEN in facts.ingredient_flags and not facts.declared_non_halal:
        raise InvalidInput(
            "non_halal_undeclared",
            field="declared_non_halal",
            message="Produk berisi babi atau alkohol harus dinyatakan tidak halal. Centang ini.",
        )
    if facts.is_main and not facts.is_active:
        raise InvalidInput(
            "main_given_up",
            field="is_main",
            message="Produk yang tidak dijual lagi tidak bisa menjadi produk utama.",
        )
    values["search_name"] = search_text(facts.name)[:160]
    return values


def _make_way(enterprise_id: UUID, product_id: UUID, *, is_main: bool) -> None:
    """Only one product is the main one."""
    if is_main:
        db.session.execute(
            update(Product)
            .where(
                Product.enterprise_id == enterprise_id,
                Product.id != product_id,
                Product.is_main.is_(True),
            )
            .values(is_main=False, version=Product.version + 1, updated_at=utc_now())
        )


def _note(row: Product, action: str, *, by: UUID | None, changes: dict[str, Any]) -> None:
    record(
        subject_type="product",
        subject_id=row.id,
        enterprise_id=row.enterprise_id,
        action=action,
        by=by,
        changes=changes,
    )
