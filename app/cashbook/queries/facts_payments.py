"""What channels paid, as lines of the cash book: the channel's ledger is where it is written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.db import db
from app.db.lists import is_among
from app.market.models import ChannelPayment, SalesChannel
from app.market.queries.ledger import stands


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidDay:
    """What channels paid an enterprise on one day."""

    on: date
    lines: int
    amount: int


def paid_days(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, list[PaidDay]]:
    """The days up to one on which channels paid, by enterprise, the oldest first."""
    rows = db.session.execute(
        select(
            SalesChannel.enterprise_id,
            ChannelPayment.paid_on,
            func.count().label("lines"),
            func.sum(ChannelPayment.amount).label("amount"),
        )
        .join(SalesChannel, SalesChannel.id == ChannelPayment.channel_id)
        .where(
            is_among(SalesChannel.enterprise_id, enterprise_ids),
            stands(ChannelPayment),
            ChannelPayment.paid_on <= on,
            ChannelPayment.amount > 0,
        )
        .group_by(SalesChannel.enterprise_id, ChannelPayment.paid_on)
        .order_by(SalesChannel.enterprise_id, ChannelPayment.paid_on)
    )
    found: dict[UUID, list[PaidDay]] = {}
    for row in rows:
        found.setdefault(row.enterprise_id, []).append(
            PaidDay(on=row.paid_on, lines=row.lines, amount=int(row.amount))
        )
    return found
