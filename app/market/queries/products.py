"""Products as the pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import enterprise as enterprise_within
from app.market.models import Product
from app.market.queries.reach import product as product_within
from app.market.rules.products import (
    FLAGS_TOLD,
    FOOD_KINDS,
    FOOD_TYPES,
    KINDS,
    PACK_KINDS,
    PROCESSES,
    STORAGES,
    net_words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductLine:
    """One product in a list."""

    id: UUID
    name: str
    brand: str
    kind: str
    net: str
    price: int | None
    capacity_per_month: int | None
    is_main: bool
    is_active: bool
    declared_non_halal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseProducts:
    """What one enterprise sells."""

    enterprise_id: UUID
    enterprise_name: str
    sold: tuple[ProductLine, ...]
    given_up: tuple[ProductLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPage:
    """One product with all that is known of it, in words."""

    line: ProductLine
    enterprise_id: UUID
    enterprise_name: str
    is_food: bool
    food_type: str
    ingredients: tuple[str, ...]
    ingredient_flags: tuple[str, ...]
    processes: tuple[str, ...]
    pack: str
    storage: str
    shelf_life_days: int | None
    lead_time_days: int | None
    description: str
    version: int


def enterprise_products(scope: Scope, enterprise_id: UUID) -> EnterpriseProducts:
    """The products of one enterprise: the main one first, then by name.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    rows = db.session.scalars(
        select(Product)
        .where(Product.enterprise_id == enterprise.id)
        .order_by(Product.is_main.desc(), Product.search_name, Product.id)
    )
    lines = [product_line(row) for row in rows]
    return EnterpriseProducts(
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        sold=tuple(line for line in lines if line.is_active),
        given_up=tuple(line for line in lines if not line.is_active),
    )


def product_page(scope: Scope, product_id: UUID) -> ProductPage:
    """One product.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    row = product_within(scope, product_id)
    enterprise = db.session.get_one(Enterprise, row.enterprise_id)
    return ProductPage(
        line=product_line(row),
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        is_food=row.kind in FOOD_KINDS,
        food_type=FOOD_TYPES.get(row.food_type or "", ""),
        ingredients=tuple(row.ingredients),
        ingredient_flags=_words(FLAGS_TOLD, row.ingredient_flags),
        processes=_words(PROCESSES, row.processes),
        pack=PACK_KINDS.get(row.pack_kind or "", ""),
        storage=STORAGES.get(row.storage or "", ""),
        shelf_life_days=row.shelf_life_days,
        lead_time_days=row.lead_time_days,
        description=row.description or "",
        version=row.version,
    )


def product_line(row: Product) -> ProductLine:
    """A product in the words of a list."""
    return ProductLine(
        id=row.id,
        name=row.name,
        brand=row.brand or "",
        kind=KINDS[row.kind],
        net=net_words(row.net_amount, row.net_unit),
        price=row.price,
        capacity_per_month=row.capacity_per_month,
        is_main=row.is_main,
        is_active=row.is_active,
        declared_non_halal=row.declared_non_halal,
    )


def _words(labels: dict[str, str], codes: list[str]) -> tuple[str, ...]:
    return tuple(label for code, label in labels.items() if code in codes)
