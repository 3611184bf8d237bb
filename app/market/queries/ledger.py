"""What stands in the ledgers of channels: rows that were corrected are left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.db import db
from app.db.lists import is_among
from app.market.models import ChannelCount, ChannelPayment, ChannelReturn, Delivery
from app.market.models.channels import LedgerRow
from app.market.rules.receivables import Account, Delivered, Settled, settle

Row = TypeVar("Row", bound=LedgerRow)
# The day of each kind of row.
DAYS: dict[type[LedgerRow], InstrumentedAttribute[date]] = {
    Delivery: Delivery.delivered_on,
    ChannelCount: ChannelCount.counted_on,
    ChannelPayment: ChannelPayment.paid_on,
    ChannelReturn: ChannelReturn.returned_on,
}


def stands(table: Any) -> ColumnElement[bool]:
    """The condition on a table of the ledger: the row was not taken back or put right."""
    later = aliased(table)
    return and_(~table.is_void, ~exists().where(later.corrects_id == table.id))


def rows_of(
    table: type[Row], channel_ids: Collection[UUID], *, on: date, since: date | None = None
) -> list[Row]:
    """The rows of some channels up to a day (and after another), that stand, in their order."""
    day = DAYS[table]
    parts = [is_among(table.channel_id, channel_ids), stands(table), day <= on]
    if since is not None:
        parts.append(day > since)
    return list(db.session.scalars(select(table).where(*parts).order_by(day, table.id)))


def accounts_of(channel_ids: Collection[UUID], *, on: date) -> dict[UUID, Account]:
    """What each of some channels owes as of a day; the caller found them within its scope."""
    if not channel_ids:
        return {}
    now = _names_now(channel_ids)
    deliveries = _by_channel(rows_of(Delivery, channel_ids, on=on))
    payments = _by_channel(rows_of(ChannelPayment, channel_ids, on=on))
    returns = _by_channel(rows_of(ChannelReturn, channel_ids, on=on))
    return {
        key: settle(
            [Delivered(id=one.id, on=one.delivered_on, value=one.value) for one in deliveries[key]],
            [
                Settled(
                    id=one.id,
                    on=one.paid_on,
                    value=one.amount,
                    delivery_id=now.get(one.for_delivery_id, one.for_delivery_id),
                )
                for one in payments[key]
            ],
            [
                Settled(
                    id=one.id,
                    on=one.returned_on,
                    value=one.value,
                    delivery_id=now.get(one.delivery_id, one.delivery_id),
                )
                for one in returns[key]
                if not one.is_paid
            ],
        )
        for key in channel_ids
    }


def _names_now(channel_ids: Collection[UUID]) -> dict[UUID | None, UUID]:
    """Which delivery stands today in place of one that was corrected, maybe more than once."""
    rows = db.session.execute(
        select(Delivery.corrects_id, Delivery.id)
        .where(is_among(Delivery.channel_id, channel_ids), Delivery.corrects_id.is_not(None))
        .order_by(Delivery.id)
    )
    later = {row.corrects_id: row.id for row in rows}
    found: dict[UUID | None, UUID] = {}
    for key, value in later.items():
        newest = value
        while newest in later:
            newest = later[newest]
        found[key] = newest
    return found


def _by_channel(rows: Iterable[Row]) -> defaultdict[UUID, list[Row]]:
    found: defaultdict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.channel_id].append(row)
    return found
