"""Pictures of products."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.market.models import ProductPhoto
from app.market.queries.products import ProductLine, product_line
from app.market.queries.reach import product as product_within
from app.market.rules.photos import AFTER, BEFORE, OF_PRODUCT, PHOTO_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoLine:
    """One picture."""

    id: UUID
    kind: str
    label: str
    taken_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoPage:
    """The pictures of a product, the newest first; the newest pack before beside the one after."""

    line: ProductLine
    enterprise_id: UUID
    enterprise_name: str
    photos: tuple[PhotoLine, ...]
    before: PhotoLine | None
    after: PhotoLine | None


def photo_page(scope: Scope, product_id: UUID) -> PhotoPage:
    """The pictures of a product.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    product = product_within(scope, product_id)
    enterprise = db.session.get_one(Enterprise, product.enterprise_id)
    rows = db.session.scalars(
        select(ProductPhoto)
        .where(ProductPhoto.product_id == product.id, ProductPhoto.file_id.is_not(None))
        .order_by(
            ProductPhoto.taken_on.desc(), ProductPhoto.added_at.desc(), ProductPhoto.id.desc()
        )
    )
    photos = tuple(
        PhotoLine(id=row.id, kind=row.kind, label=PHOTO_KINDS[row.kind], taken_on=row.taken_on)
        for row in rows
    )
    return PhotoPage(
        line=product_line(product),
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        photos=photos,
        before=next((one for one in photos if one.kind == BEFORE), None),
        after=next((one for one in photos if one.kind == AFTER), None),
    )


def photo_file(scope: Scope, product_id: UUID, photo_id: UUID) -> UUID:
    """The stored file of a picture.

    Raises:
        NotFound: unknown, taken away, or outside the scope.
    """
    product = product_within(scope, product_id)
    found = db.session.scalars(
        select(ProductPhoto.file_id).where(
            ProductPhoto.id == photo_id, ProductPhoto.product_id == product.id
        )
    ).one_or_none()
    if found is None:
        raise NotFound("photo_unknown", message="Foto ini tidak ditemukan.")
    return found


def photo_count(product_id: UUID) -> int:
    """How many pictures a product that the caller has found has."""
    counted = db.session.scalar(
        select(func.count())
        .select_from(ProductPhoto)
        .where(ProductPhoto.product_id == product_id, ProductPhoto.file_id.is_not(None))
    )
    return counted or 0


def shown_photos(product_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The newest picture of each product itself: its file by product."""
    rows = db.session.execute(
        select(ProductPhoto.product_id, ProductPhoto.file_id)
        .where(
            ProductPhoto.product_id.in_(product_ids),
            ProductPhoto.kind.in_((OF_PRODUCT, AFTER)),
            ProductPhoto.file_id.is_not(None),
        )
        .order_by(
            ProductPhoto.product_id,
            # A picture of the product itself before one of its pack.
            ProductPhoto.kind,
            ProductPhoto.taken_on,
            ProductPhoto.added_at,
            ProductPhoto.id,
        )
    )
    return {row.product_id: row.file_id for row in rows if row.file_id is not None}
