"""What one piece cost, count by count."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.market.models import UnitCost
from app.market.queries.products import ProductLine, product_line
from app.market.queries.reach import product as product_within
from app.market.rules.unit_cost import SOURCES, Batch, Cost, Material, cost_of

_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """One count as a list shows it."""

    id: UUID
    counted_on: date
    pieces: int
    source: str
    cost: Cost


@dataclass(frozen=True, slots=True, kw_only=True)
class CostPage:
    """The counts of a product, the newest first, and the batch of the newest."""

    line: ProductLine
    enterprise_id: UUID
    enterprise_name: str
    counts: tuple[CostLine, ...]
    last_batch: Batch | None
    last_source: str | None


def cost_page(scope: Scope, product_id: UUID) -> CostPage:
    """What is known of the cost of a product.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    product = product_within(scope, product_id)
    enterprise = db.session.get_one(Enterprise, product.enterprise_id)
    rows = list(
        db.session.scalars(
            select(UnitCost)
            .where(UnitCost.product_id == product.id)
            .order_by(UnitCost.counted_on.desc(), UnitCost.made_at.desc(), UnitCost.id.desc())
            .limit(_SHOWN)
        )
    )
    return CostPage(
        line=product_line(product),
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        counts=tuple(_line(row) for row in rows),
        last_batch=_batch(rows[0]) if rows else None,
        last_source=rows[0].source if rows else None,
    )


def latest_costs(product_ids: Collection[UUID]) -> Mapping[UUID, UnitCost]:
    """The newest count of each of some products that the caller has found within its scope."""
    rows = db.session.scalars(
        select(UnitCost)
        .where(UnitCost.product_id.in_(product_ids))
        .order_by(UnitCost.product_id, UnitCost.counted_on, UnitCost.made_at, UnitCost.id)
    )
    return {row.product_id: row for row in rows}


def _line(row: UnitCost) -> CostLine:
    return CostLine(
        id=row.id,
        counted_on=row.counted_on,
        pieces=row.pieces,
        source=SOURCES[row.source],
        cost=cost_of(_batch(row), price=row.price_then),
    )


def _batch(row: UnitCost) -> Batch:
    return Batch(
        pieces=row.pieces,
        materials=tuple(_material(one) for one in row.materials),
        labour=row.labour,
        energy=row.energy,
        pack=row.pack,
        other=row.other,
    )


def _material(kept: dict[str, Any]) -> Material:
    return Material(
        name=kept["name"], amount=Decimal(kept["amount"]), unit=kept["unit"], price=kept["price"]
    )
