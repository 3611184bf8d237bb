"""Keeping what one piece costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput
from app.core.ids import new_id
from app.core.money import format_rupiah
from app.core.scope import Scope
from app.db import db
from app.db.once import kept_or_free
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.market.models import UnitCost
from app.market.queries.reach import product as product_within
from app.market.rules.unit_cost import SOURCES, Batch, cost_of

register_actions({"product.cost_counted": "Biaya per kemasan dihitung"})
register_fields(
    "unit_cost", {"cost_per_piece": FieldWording(label="Biaya per kemasan", say=format_rupiah)}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A batch as it was counted on a day."""

    batch: Batch
    price: int | None
    counted_on: date
    source: str


def count_cost(
    *, product_id: UUID, count: Count, scope: Scope, by: UUID | None, key: UUID | None = None
) -> UnitCost:
    """Keep a count, once for each key; earlier ones stay as they were.

    Raises:
        NotFound: the product is unknown, or outside the scope.
        InvalidInput: nothing was counted, an unknown source, or a day to come.
    """
    product = product_within(scope, product_id)
    cost = cost_of(count.batch, price=count.price)
    _check(count, cost.total)
    known, key = kept_or_free(
        UnitCost,
        key or new_id(),
        product_id=product.id,
        counted_on=count.counted_on,
        cost_per_piece=cost.per_piece,
        pieces=count.batch.pieces,
        price_then=count.price,
    )
    if known is not None:
        return known
    row = _row(count, key)
    row.product_id, row.cost_per_piece, row.made_by = product.id, cost.per_piece, by
    db.session.add(row)
    db.session.flush()
    record(
        subject_type="unit_cost",
        subject_id=row.id,
        enterprise_id=product.enterprise_id,
        action="product.cost_counted",
        by=by,
        changes={"cost_per_piece": [None, row.cost_per_piece]},
    )
    return row


def _row(count: Count, key: UUID) -> UnitCost:
    batch = count.batch
    return UnitCost(
        id=key,
        counted_on=count.counted_on,
        pieces=batch.pieces,
        materials=[
            {
                "name": one.name,
                "amount": format(one.amount.normalize(), "f"),
                "unit": one.unit,
                "price": one.price,
            }
            for one in batch.materials
        ],
        labour=batch.labour,
        energy=batch.energy,
        pack=batch.pack,
        other=batch.other,
        price_then=count.price,
        source=count.source,
        made_at=utc_now(),
    )


def _check(count: Count, total: int) -> None:
    if count.source not in SOURCES:
        raise InvalidInput("source_unknown", field="source", message="Pilih asal angkanya.")
    if count.counted_on > local_today():
        raise InvalidInput(
            "counted_on_future",
            field="counted_on",
            message="Tanggal hitung tidak boleh setelah hari ini.",
        )
    if total <= 0:
        raise InvalidInput(
            "nothing_counted", message="Isi dulu bahan atau biaya lain, lalu hitung."
        )
