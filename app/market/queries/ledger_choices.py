"""What the forms of a ledger offer, and the row that one corrects."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.day_words import short_day
from app.core.errors import NotFound
from app.core.money import format_rupiah
from app.db import db
from app.market.models import Delivery, SalesChannel
from app.market.queries.ledger import DAYS, stands
from app.market.queries.ledger_lines import TABLES

_MOST_DELIVERIES = 30


def deliveries_of(channel_id: UUID) -> list[tuple[str, str]]:
    """Deliveries to a channel that the caller found, the newest first, for a list of choices."""
    rows = db.session.execute(
        select(Delivery.id, Delivery.delivered_on, Delivery.value)
        .where(Delivery.channel_id == channel_id, stands(Delivery))
        .order_by(Delivery.delivered_on.desc(), Delivery.id)
        .limit(_MOST_DELIVERIES)
    )
    return [
        (str(row.id), f"{short_day(row.delivered_on)}, {format_rupiah(row.value)}") for row in rows
    ]


def row_to_correct(channel: SalesChannel, kind: str, word: str | None) -> Any:
    """The row that an address names, None when it names none.

    Raises:
        NotFound: it is no row of this channel that stands.
    """
    if not word:
        return None
    table = TABLES[kind]
    try:
        key = UUID(word)
    except ValueError:
        key = None
    row = db.session.scalars(
        select(table).where(table.id == key, table.channel_id == channel.id, stands(table))
    ).one_or_none()
    if row is None:
        raise NotFound("row_unknown", message="Catatan ini tidak ditemukan.")
    return row


def answers_of(kind: str, row: Any) -> dict[str, Any]:
    """What the boxes of a correction hold: the row as it stands."""
    names = ("value", "amount", "pieces", "reason", "is_paid", "note")
    found = {name: getattr(row, name) for name in names if hasattr(row, name)}
    product_id = getattr(row, "product_id", None)
    delivery_id = getattr(row, "delivery_id", None) or getattr(row, "for_delivery_id", None)
    return found | {
        "day": getattr(row, DAYS[TABLES[kind]].key),
        "product": None if product_id is None else str(product_id),
        "delivery": None if delivery_id is None else str(delivery_id),
    }
