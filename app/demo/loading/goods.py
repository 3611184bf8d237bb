"""Products of one enterprise, and where they are sold: deliveries, payments, what came back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app.core.text import search_text
from app.demo.invention.goods import GOODS, OUTLET_NAMES, OUTLETS, Goods
from app.demo.loading.desk import Desk
from app.demo.loading.shelf import at_work, key_at
from app.demo.questionnaire import CODES
from app.market.models import (
    ChannelPayment,
    ChannelReturn,
    Delivery,
    Product,
    Receivable,
    SalesChannel,
)
from app.market.rules.receivables import Delivered, Settled, settle

PRODUCT, CHANNEL = Product.__table__, SalesChannel.__table__
DELIVERY, PAYMENT = Delivery.__table__, ChannelPayment.__table__
RETURN, RECEIVABLE = ChannelReturn.__table__, Receivable.__table__
# Of enterprises with goods: whose products, and whose channels, somebody has written down.
PRODUCT_SHARE, CHANNEL_SHARE = 0.7, 0.4
# Days until the money comes, and how many channels there are, by the owner's answers.
_WAITING = {0: 75, 1: 53, 2: 38, 3: 20, 4: 4}
_CHANNELS = {0: 1, 1: 1, 2: 2, 3: 2, 4: 3}
_RETURNED = {0: 0.3, 1: 0.15, 2: 0.08, 3: 0.04, 4: 0.0}
_EVERY_DAYS, _DELIVERIES = 15, 4
# So long ago the first of these was at most.
_TOLD_DAYS = 110


@dataclass(slots=True)
class _Ledger:
    """The rows of one channel so far."""

    channel: dict[str, Any]
    delivered: list[Delivered] = field(default_factory=list)
    paid: list[Settled] = field(default_factory=list)
    returned: list[Settled] = field(default_factory=list)


def goods_of(desk: Desk, line: str) -> dict[str, Any] | None:
    """Put down the product of an enterprise and its channels; gives the product's row."""
    goods = GOODS.get(line)
    chance = desk.chance("goods")
    if goods is None or not desk.found or chance.random() >= PRODUCT_SHARE:
        return None
    product = _product_row(desk, line, goods, chance)
    desk.shelf.add(PRODUCT, product)
    known_days = (desk.world.last_on - desk.subject.registered_on).days
    is_told = chance.random() < CHANNEL_SHARE and known_days > _TOLD_DAYS
    if goods.kind != "pangan_siap_saji" and is_told:
        for place in range(_CHANNELS[answer(desk, "PSR3") or 1]):
            _channel(desk, product, place, chance)
    return product


def answer(desk: Desk, code: str) -> int | None:
    """The points of the newest answer to a question."""
    points: int | None = desk.found[-1][1]["points"][CODES.index(code)]
    return points


def _product_row(desk: Desk, line: str, goods: Goods, chance: Random) -> dict[str, Any]:
    written_at = at_work(chance, desk.found[-1][0].assessed_on)
    return {
        "id": key_at(chance, written_at),
        "enterprise_id": desk.subject.enterprise_id,
        "name": line,
        "search_name": search_text(line),
        "brand": chance.choice(OUTLET_NAMES) if (answer(desk, "KMS3") or 0) >= 2 else None,
        "kind": goods.kind,
        "food_type": goods.food_type,
        "ingredients": list(goods.ingredients),
        "ingredient_flags": list(goods.flags),
        "processes": list(goods.processes),
        "net_amount": goods.net,
        "net_unit": goods.unit,
        "shelf_life_days": goods.shelf_days,
        "storage": goods.storage,
        "pack_kind": "2" if goods.food_type else None,
        "price": round(goods.price * chance.uniform(0.85, 1.2) / 500) * 500,
        "capacity_per_month": chance.choice((100, 200, 300, 500, 800, 1200)),
        "lead_time_days": chance.choice((2, 3, 5, 7, 10)),
        "description": None,
        "is_main": True,
        "is_active": True,
        "declared_non_halal": "babi_atau_alkohol" in goods.flags,
        "version": 1,
        "created_by": desk.mentor,
        "created_at": written_at,
        "updated_at": written_at,
    }


def _channel(desk: Desk, product: dict[str, Any], place: int, chance: Random) -> None:
    row = _channel_row(desk, chance)
    ledger = _Ledger(channel=row)
    _move(desk, ledger, product, place, chance)
    account = settle(ledger.delivered, ledger.paid, ledger.returned)
    desk.shelf.add(CHANNEL, {**row, "tied_up": account.tied_up})
    for part in account.open:
        owed = {
            "delivery_id": part.delivery_id,
            "channel_id": row["id"],
            "delivered_on": part.delivered_on,
            "due_on": part.delivered_on + timedelta(days=row["payment_days"]),
            "amount": part.amount,
        }
        desk.shelf.add(RECEIVABLE, owed)
    about = ("sales_channel", row["id"])
    desk.note("channel.added", about, at=row["created_at"], by=desk.mentor)


def _channel_row(desk: Desk, chance: Random) -> dict[str, Any]:
    kind, name, margin, days, is_consignment = chance.choice(OUTLETS)
    last_on = desk.world.last_on
    opened_on = last_on - timedelta(days=chance.randrange(_TOLD_DAYS, 400))
    opened_on = max(opened_on, desk.subject.registered_on + timedelta(days=1))
    opened_at = at_work(chance, opened_on)
    return {
        "id": key_at(chance, opened_at),
        "enterprise_id": desk.subject.enterprise_id,
        "kind": kind,
        "name": name.format(name=chance.choice(OUTLET_NAMES)),
        "is_consignment": is_consignment,
        "margin_permille": margin,
        "payment_days": days,
        "returns_accepted": is_consignment,
        "listing_fee": 0,
        "note": "",
        "opened_on": opened_on,
        "closed_on": None,
        "verdict": None,
        "verdict_at": None,
        "allowed_by": None,
        "allowed_at": None,
        "allowed_reason": None,
        "version": 1,
        "created_by": desk.mentor,
        "created_at": opened_at,
        "updated_at": opened_at,
    }


def _move(desk: Desk, ledger: _Ledger, product: dict[str, Any], place: int, chance: Random) -> None:
    """Deliveries of the last weeks with what was paid and what came back, as the answers say."""
    waits = _WAITING[3 if (points := answer(desk, "PSR4")) is None else points]
    share = _RETURNED[3 if (back := answer(desk, "PRD4")) is None else back]
    # Whoever says that no channel is active has delivered nothing for a month.
    pause = 40 if answer(desk, "PSR3") == 0 else 0
    for step in range(_DELIVERIES):
        age = pause + step * _EVERY_DAYS + chance.randrange(1, 12)
        pieces = chance.randrange(10, 60) * (3 if place == 0 else 2)
        value = pieces * int(product["price"] * (1000 - ledger.channel["margin_permille"]) / 1000)
        key = _row(desk, ledger, DELIVERY, age, chance, pieces=pieces, value=value)
        came_back = round(value * share) if step else 0
        if came_back:
            _row(desk, ledger, RETURN, max(0, age - 10), chance, value=came_back, delivery_id=key)
        wait = max(0, waits + chance.randrange(-3, 4))
        if wait <= age:
            amount = value - came_back
            _row(desk, ledger, PAYMENT, age - wait, chance, amount=amount, for_delivery_id=key)


def _row(
    desk: Desk, ledger: _Ledger, table: Any, days_ago: int, chance: Random, **said: Any
) -> UUID:
    """Put a row of the ledger down so many days before the last one; gives its key."""
    day = desk.world.last_on - timedelta(days=days_ago)
    noted_at = at_work(chance, day)
    key = key_at(chance, noted_at)
    row = {
        "id": key,
        "channel_id": ledger.channel["id"],
        "is_void": False,
        "note": "",
        "recorded_by": desk.mentor,
        "recorded_at": noted_at,
        "corrects_id": None,
        **_PARTS[table](day, said),
    }
    desk.shelf.add(table, row)
    _keep(ledger, table, key, day, said)
    return key


def _keep(ledger: _Ledger, table: Any, key: UUID, day: date, said: dict[str, Any]) -> None:
    if table is DELIVERY:
        ledger.delivered.append(Delivered(id=key, on=day, value=said["value"]))
    elif table is PAYMENT:
        named = said["for_delivery_id"]
        ledger.paid.append(Settled(id=key, on=day, value=said["amount"], delivery_id=named))
    else:
        named = said["delivery_id"]
        ledger.returned.append(Settled(id=key, on=day, value=said["value"], delivery_id=named))


_PARTS: dict[Any, Any] = {
    DELIVERY: lambda day, said: {"product_id": None, "delivered_on": day, **said},
    PAYMENT: lambda day, said: {"paid_on": day, **said},
    RETURN: lambda day, said: {
        "product_id": None,
        "returned_on": day,
        "pieces": None,
        "reason": "tidak_laku",
        "is_paid": False,
        **said,
    },
}
