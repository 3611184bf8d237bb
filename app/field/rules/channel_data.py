"""What a phone reports of a channel: goods handed over, counted, paid for, given back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.field.rules.operation import Operation
from app.field.rules.reading import Fields, needed
from app.field.rules.taken import Clock, Taken, begun, real_day
from app.market.rules.channels import RETURN_REASONS

DELIVERY, COUNT = "channel.delivery", "channel.count"
PAYMENT, RETURN = "channel.payment", "channel.return"
# The field with the day of each.
MOVEMENT_DAYS = {
    DELIVERY: "delivered_on",
    COUNT: "counted_on",
    PAYMENT: "paid_on",
    RETURN: "returned_on",
}
_MOST_RUPIAH = 10**13
_MOST_PIECES = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementSaid:
    """One row of a channel's ledger: `row` are the arguments of the service that keeps it."""

    channel_id: UUID
    row: dict[str, Any]
    taken: Taken
    rest: dict[str, Any]


def movement_said(operation: Operation, clock: Clock) -> MovementSaid:
    """Read a report.

    Raises:
        InvalidInput: at the field that can't be meant so.
    """
    fields, taken = Fields(operation.data), begun(clock)
    name = MOVEMENT_DAYS[operation.type]
    day = needed(name, fields.day(name))
    row = {
        name: real_day(name, day, operation.occurred_at, clock, taken),
        **_PARTS[operation.type](fields),
        "note": fields.text("note", 300) or "",
    }
    return MovementSaid(
        channel_id=needed("channel_id", fields.key("channel_id")),
        row=row,
        taken=taken,
        rest=fields.rest,
    )


def _goods(fields: Fields) -> dict[str, Any]:
    return {
        "value": needed("value", fields.whole("value", 0, _MOST_RUPIAH)),
        "pieces": fields.whole("pieces", 0, _MOST_PIECES),
        "product_id": fields.key("product_id"),
    }


def _money(fields: Fields) -> dict[str, Any]:
    return {
        "amount": needed("amount", fields.whole("amount", 0, _MOST_RUPIAH)),
        "for_delivery_id": fields.key("for_delivery_id"),
    }


def _returned(fields: Fields) -> dict[str, Any]:
    return {
        **_goods(fields),
        "reason": fields.choice("reason", RETURN_REASONS) or "tidak_laku",
        "is_paid": fields.flag("is_paid"),
        "delivery_id": fields.key("delivery_id"),
    }


_PARTS: dict[str, Callable[[Fields], dict[str, Any]]] = {
    DELIVERY: _goods,
    COUNT: _goods,
    PAYMENT: _money,
    RETURN: _returned,
}
