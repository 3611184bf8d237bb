"""Pictures of products and of their packs."""

from __future__ import annotations

from datetime import date
from typing import BinaryIO
from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput, NotFound, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.turns import take_turn
from app.files.services import store_photo
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.market.models import Product, ProductPhoto
from app.market.queries.photos import photo_count
from app.market.queries.reach import product as product_within
from app.market.rules.photos import MAX_PHOTOS, PHOTO_KINDS

register_actions(
    {"product.photo_added": "Foto produk ditambah", "product.photo_removed": "Foto produk dihapus"}
)
register_fields(
    "product_photo",
    {"kind": FieldWording(label="Foto", say=lambda code: PHOTO_KINDS.get(code, "–"))},
)


def add_photo(
    *,
    product_id: UUID,
    kind: str,
    taken_on: date,
    stream: BinaryIO,
    scope: Scope,
    by: UUID | None,
) -> ProductPhoto:
    """Keep a picture of a product.

    Raises:
        NotFound: the product is unknown, or outside the scope.
        InvalidInput: an unknown kind, a day to come, or no picture.
        WrongState: there are enough of them.
    """
    product = product_within(scope, product_id)
    _check(product, kind, taken_on)
    stored = store_photo(stream, by=by)
    row = ProductPhoto(
        id=new_id(),
        product_id=product.id,
        file_id=stored.id,
        kind=kind,
        taken_on=taken_on,
        added_by=by,
        added_at=utc_now(),
    )
    db.session.add(row)
    db.session.flush()
    _note(product, row, "product.photo_added", [None, kind], by)
    return row


def _check(product: Product, kind: str, taken_on: date) -> None:
    if kind not in PHOTO_KINDS:
        raise InvalidInput("photo_kind_unknown", field="kind", message="Pilih isi fotonya.")
    if taken_on > local_today():
        raise InvalidInput(
            "taken_on_future",
            field="taken_on",
            message="Tanggal foto tidak boleh setelah hari ini.",
        )
    take_turn(f"photos {product.id}")
    if photo_count(product.id) >= MAX_PHOTOS:
        raise WrongState(
            "photos_enough",
            field="photo",
            message=f"Sudah ada {MAX_PHOTOS} foto. Hapus yang tidak dipakai dulu.",
        )


def remove_photo(*, product_id: UUID, photo_id: UUID, scope: Scope, by: UUID | None) -> None:
    """Let a picture go: it is shown nowhere any more; that there was one stays in the history.

    Raises:
        NotFound: the product or its picture is unknown, or outside the scope.
    """
    product = product_within(scope, product_id)
    row = db.session.get(ProductPhoto, photo_id)
    if row is None or row.product_id != product.id or row.file_id is None:
        raise NotFound("photo_unknown", message="Foto ini tidak ditemukan.")
    row.file_id = None
    _note(product, row, "product.photo_removed", [row.kind, None], by)


def _note(
    product: Product, row: ProductPhoto, action: str, change: list[object], by: UUID | None
) -> None:
    record(
        subject_type="product_photo",
        subject_id=row.id,
        enterprise_id=product.enterprise_id,
        action=action,
        by=by,
        changes={"kind": change},
    )
