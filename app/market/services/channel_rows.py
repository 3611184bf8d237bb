"""What every write about a channel does: lock it, carry what it owes, note the history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert

from app.core.clock import local_today, utc_now
from app.core.money import format_rupiah
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import check_allowed
from app.enterprises.rules.consents import BASE
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.market.models import Receivable, SalesChannel
from app.market.queries.channels import channel as channel_within
from app.market.queries.ledger import accounts_of
from app.market.rules.channels import CHANNEL_KINDS, USUAL_TERM, check_version
from app.market.rules.consignment import VERDICTS

SUBJECT = "sales_channel"
register_actions(
    {
        "channel.added": "Kanal penjualan dicatat",
        "channel.changed": "Syarat kanal diubah",
        "channel.tried": "Kelayakan kanal diuji",
        "channel.entered": "Kanal dimasuki",
        "channel.allowed": "Kanal diizinkan dengan alasan",
        "channel.closed": "Kanal ditutup",
        "channel.delivered": "Kiriman ke kanal dicatat",
        "channel.counted": "Barang laku di kanal dihitung",
        "channel.paid": "Pembayaran kanal dicatat",
        "channel.returned": "Barang kembali dari kanal dicatat",
        "channel.corrected": "Catatan kanal dibetulkan",
        "channel.taken_back": "Catatan kanal dibatalkan",
    }
)
register_fields(
    SUBJECT,
    {
        "name": FieldWording(label="Kanal"),
        "kind": FieldWording(label="Jenis", say=CHANNEL_KINDS.__getitem__),
        "verdict": FieldWording(label="Hasil uji", say=VERDICTS.__getitem__),
        "value": FieldWording(label="Nilai", say=format_rupiah),
        "payment_days": FieldWording(label="Dibayar setelah (hari)"),
        "listing_fee": FieldWording(label="Biaya daftar", say=format_rupiah),
    },
)


def locked_channel(
    scope: Scope, channel_id: UUID, version: int | None = None
) -> tuple[SalesChannel, Enterprise]:
    """A channel, as the person saw it where a version is given, locked until the commit.

    Raises:
        NotFound: unknown or outside the scope.
        Conflict: somebody changed it since.
        WrongState: the owner withdrew their consent.
    """
    row = channel_within(scope, channel_id)
    db.session.refresh(row, with_for_update=True)
    enterprise = db.session.get_one(Enterprise, row.enterprise_id)
    check_allowed(enterprise.owner_id, BASE)
    if version is not None:
        check_version(version, row.version)
        row.version += 1
        row.updated_at = utc_now()
    return row, enterprise


def carry(row: SalesChannel) -> None:
    """Write down anew what a locked channel owes, from its ledger."""
    db.session.flush()
    account = accounts_of([row.id], on=local_today())[row.id]
    row.tied_up = account.tied_up
    term = timedelta(days=USUAL_TERM if row.payment_days is None else row.payment_days)
    db.session.execute(delete(Receivable).where(Receivable.channel_id == row.id))
    if account.open:
        db.session.execute(
            insert(Receivable),
            [
                {
                    "delivery_id": part.delivery_id,
                    "channel_id": row.id,
                    "delivered_on": part.delivered_on,
                    "due_on": part.delivered_on + term,
                    "amount": part.amount,
                }
                for part in account.open
            ],
        )


def note(
    row: SalesChannel,
    enterprise: Enterprise,
    action: str,
    *,
    by: UUID,
    changes: Mapping[str, list[Any]] | None = None,
    reason: str = "",
) -> None:
    """Write what happened into the history of the enterprise."""
    record(
        subject_type=SUBJECT,
        subject_id=row.id,
        enterprise_id=row.enterprise_id,
        area_code=enterprise.village_code,
        action=f"channel.{action}",
        by=by,
        changes={"name": [None, row.name], **(changes or {})},
        note=reason or None,
    )
