"""Rows of ledgers as pages list them: all four kinds in one list, the newest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Integer, Select, String, Uuid, cast, exists, literal, null, select
from sqlalchemy import union_all as union
from sqlalchemy.orm import aliased

from app.accounts.queries import names
from app.db import db
from app.market.models import (
    ChannelCount,
    ChannelPayment,
    ChannelReturn,
    Delivery,
    Product,
    SalesChannel,
)
from app.market.queries.ledger import DAYS, stands
from app.market.rules.channels import RETURN_REASONS

DELIVERED, COUNTED, PAID, RETURNED = "kiriman", "laku", "bayar", "kembali"
TABLES: dict[str, Any] = {
    DELIVERED: Delivery,
    COUNTED: ChannelCount,
    PAID: ChannelPayment,
    RETURNED: ChannelReturn,
}
KIND_LABELS = {
    DELIVERED: "Kiriman",
    COUNTED: "Laku dihitung",
    PAID: "Pembayaran",
    RETURNED: "Barang kembali",
}
SHOWN_ROWS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One row of a ledger in a list; `owed` and `days` where the list is about what is open."""

    kind: str
    id: UUID
    channel_id: UUID
    channel_name: str
    day: date
    value: int
    pieces: int | None
    product: str
    note: str
    is_void: bool
    is_replaced: bool
    recorded_by: str
    recorded_at: datetime

    @property
    def label(self) -> str:
        """What it is."""
        return KIND_LABELS[self.kind]

    @property
    def is_standing(self) -> bool:
        """Whether it counts."""
        return not (self.is_void or self.is_replaced)


def ledger_lines(
    channel_ids: Collection[UUID],
    *,
    kinds: Sequence[str] = tuple(KIND_LABELS),
    until: date,
    since: date | None = None,
    only_standing: bool = False,
    offset: int = 0,
) -> tuple[list[LedgerLine], bool]:
    """Rows of some channels that the caller found within its scope; and whether there are more."""
    every = union(
        *(_rows(kind, channel_ids, since, until, only_standing=only_standing) for kind in kinds)
    ).subquery()
    rows = db.session.execute(
        select(every, SalesChannel.name.label("channel_name"), Product.name.label("product"))
        .join(SalesChannel, SalesChannel.id == every.c.channel_id)
        .outerjoin(Product, Product.id == every.c.product_id)
        .order_by(every.c.day.desc(), every.c.recorded_at.desc(), every.c.id)
        .limit(SHOWN_ROWS + 1)
        .offset(offset)
    ).all()
    people = names({row.recorded_by for row in rows})
    lines = [_line(row, people) for row in rows[:SHOWN_ROWS]]
    return lines, len(rows) > SHOWN_ROWS


def _rows(
    kind: str,
    channel_ids: Collection[UUID],
    since: date | None,
    until: date,
    *,
    only_standing: bool,
) -> Select[Any]:
    table = TABLES[kind]
    later = aliased(table)
    day = DAYS[table]
    parts = [table.channel_id.in_(channel_ids), day <= until]
    if since is not None:
        parts.append(day > since)
    if only_standing:
        parts.append(stands(table))
    is_return = table is ChannelReturn
    return select(
        literal(kind, String).label("kind"),
        table.id.label("id"),
        table.channel_id.label("channel_id"),
        day.label("day"),
        (table.amount if table is ChannelPayment else table.value).label("value"),
        _or_null(table, "pieces", Integer()).label("pieces"),
        _or_null(table, "product_id", Uuid()).label("product_id"),
        _or_null(table, "reason", String()).label("reason"),
        (table.is_paid if is_return else cast(null(), Boolean)).label("is_paid"),
        table.note.label("note"),
        table.is_void.label("is_void"),
        exists().where(later.corrects_id == table.id).label("is_replaced"),
        table.recorded_by.label("recorded_by"),
        table.recorded_at.label("recorded_at"),
    ).where(*parts)


def _or_null(table: Any, name: str, kind: Any) -> Any:
    return getattr(table, name, None) if hasattr(table, name) else cast(null(), kind)


def _line(row: Any, people: dict[UUID, str]) -> LedgerLine:
    words = [RETURN_REASONS[row.reason]] if row.reason else []
    words += ["tetap dibayar kanal"] if row.is_paid else []
    words += [row.note] if row.note else []
    return LedgerLine(
        kind=row.kind,
        id=row.id,
        channel_id=row.channel_id,
        channel_name=row.channel_name,
        day=row.day,
        value=row.value,
        pieces=row.pieces,
        product=row.product or "",
        note=". ".join(words),
        is_void=row.is_void,
        is_replaced=row.is_replaced,
        recorded_by=people.get(row.recorded_by, ""),
        recorded_at=row.recorded_at,
    )
