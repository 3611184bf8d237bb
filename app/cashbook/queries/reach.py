"""Lines of cash books within a scope, and what is left of those that are owed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import exists, func, select

from app.cashbook.models import CashEntry
from app.cashbook.rules.lines import is_on_ledger
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.market.models import ChannelPayment, Delivery, SalesChannel
from app.market.queries.ledger import stands


def cash_entry(scope: Scope, enterprise_id: UUID, entry_id: UUID) -> CashEntry:
    """One line of the book of an enterprise, whether it still stands or not.

    Raises:
        NotFound: unknown, of another enterprise, or outside the scope: the answer is the same.
    """
    found = db.session.scalars(
        select(CashEntry)
        .join(Enterprise, Enterprise.id == CashEntry.enterprise_id)
        .where(
            CashEntry.id == entry_id,
            CashEntry.enterprise_id == enterprise_id,
            within(scope),
        )
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound("entry_unknown", message="Catatan ini tidak ditemukan.")
    return found


def settled_of(entry_id: UUID) -> int:
    """What was paid so far of an owed line that the caller found."""
    paid = db.session.scalar(
        select(func.coalesce(func.sum(CashEntry.amount), 0)).where(
            CashEntry.settles_id == entry_id, CashEntry.is_current
        )
    )
    return int(paid or 0)


def settlings_of(entry_id: UUID) -> list[CashEntry]:
    """The payments of an owed line that stand, in their order."""
    return list(
        db.session.scalars(
            select(CashEntry)
            .where(CashEntry.settles_id == entry_id, CashEntry.is_current)
            .order_by(CashEntry.happened_on, CashEntry.id)
        )
    )


def channel_of_book(enterprise_id: UUID, channel_id: UUID) -> SalesChannel:
    """A channel of an enterprise that the caller found.

    Raises:
        NotFound: it has no such channel.
    """
    found = db.session.get(SalesChannel, channel_id)
    if found is None or found.enterprise_id != enterprise_id:
        raise NotFound("channel_unknown", message="Kanal ini tidak ditemukan.")
    return found


def pays_by_ledger(channel: SalesChannel) -> bool:
    """Whether what a channel pays is written in its own ledger (market)."""
    has_deliveries = db.session.scalar(select(exists().where(Delivery.channel_id == channel.id)))
    return is_on_ledger(
        is_consignment=channel.is_consignment,
        payment_days=channel.payment_days,
        has_deliveries=bool(has_deliveries),
    )


def known_ids(keys: Collection[UUID]) -> set[UUID]:
    """Which of these ids stand for a line already, in the book or in the ledger of a channel."""
    found: set[UUID] = set()
    for table in (CashEntry, ChannelPayment):
        found.update(db.session.scalars(select(table.id).where(table.id.in_(keys))))
    return found


def paid_by_channels(enterprise_id: UUID) -> set[tuple[UUID, date, int]]:
    """Channel, day and sum of what stands in the ledgers of the channels of an enterprise."""
    rows = db.session.execute(
        select(ChannelPayment.channel_id, ChannelPayment.paid_on, ChannelPayment.amount)
        .join(SalesChannel, SalesChannel.id == ChannelPayment.channel_id)
        .where(SalesChannel.enterprise_id == enterprise_id, stands(ChannelPayment))
    )
    return {(row.channel_id, row.paid_on, row.amount) for row in rows}
