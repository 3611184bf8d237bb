"""The rows behind each number of an enterprise's channels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today
from app.core.scope import Scope
from app.db import db
from app.enterprises.queries import enterprise as enterprise_within
from app.market.models import Delivery, Receivable, SalesChannel
from app.market.queries.ledger import accounts_of
from app.market.queries.ledger_lines import (
    COUNTED,
    DELIVERED,
    PAID,
    RETURNED,
    SHOWN_ROWS,
    LedgerLine,
    ledger_lines,
)
from app.market.rules.channel_figures import LATELY_DAYS
from app.market.rules.channels import AGE_LABELS, age_of
from app.market.rules.receivables import PAID_WITHIN_DAYS

OPEN, LATE, WAITED, BACK, SALES = "tertahan", "terlambat", "dibayar", "kembali", "penjualan"
TITLES = {
    OPEN: "Uang yang tertahan",
    LATE: "Terlambat dibayar",
    WAITED: "Lama menunggu uang",
    BACK: "Barang kembali dan kiriman, 30 hari terakhir",
    SALES: "Penjualan, 30 hari terakhir",
}
_KINDS = {BACK: (RETURNED, DELIVERED), SALES: (COUNTED, PAID)}


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitLine:
    """An amount of one delivery: still open, or paid on a day."""

    channel_id: UUID
    channel_name: str
    delivered_on: date
    value: int
    amount: int
    days: int
    due_on: date | None = None
    paid_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsPage:
    """A number with its rows; `total` is the number, where the rows add up to one."""

    enterprise_id: UUID
    enterprise_name: str
    title: str
    waits: tuple[WaitLine, ...] = ()
    lines: tuple[LedgerLine, ...] = ()
    total: int | None = None
    has_more: bool = False


def rows_behind(scope: Scope, enterprise_id: UUID, *, what: str, age: str, offset: int) -> RowsPage:
    """The rows of one number; an unknown word asks for what is tied up.

    Raises:
        NotFound: no such enterprise within the scope.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    what = what if what in TITLES else OPEN
    age = age if age in AGE_LABELS and what == OPEN else ""
    title = f"{TITLES[what]}, {AGE_LABELS[age]}" if age else TITLES[what]
    names = _channels(enterprise_id)
    if what in _KINDS:
        today = local_today()
        lines, has_more = ledger_lines(
            list(names),
            kinds=_KINDS[what],
            until=today,
            since=today - timedelta(days=LATELY_DAYS),
            only_standing=True,
            offset=offset,
        )
        waits, total = [], None
    else:
        every = _paid(names) if what == WAITED else _open(enterprise_id, what, age)
        waits, has_more = every[offset : offset + SHOWN_ROWS], len(every) > offset + SHOWN_ROWS
        lines, total = [], None if what == WAITED else sum(one.amount for one in every)
    return RowsPage(
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        title=title,
        waits=tuple(waits),
        lines=tuple(lines),
        total=total,
        has_more=has_more,
    )


def _channels(enterprise_id: UUID) -> dict[UUID, str]:
    rows = db.session.execute(
        select(SalesChannel.id, SalesChannel.name)
        .where(SalesChannel.enterprise_id == enterprise_id)
        .order_by(SalesChannel.id)
    )
    return {row.id: row.name for row in rows}


def _open(enterprise_id: UUID, what: str, age: str) -> list[WaitLine]:
    today = local_today()
    parts = [SalesChannel.enterprise_id == enterprise_id]
    if what == LATE:
        parts.append(Receivable.due_on < today)
    rows = db.session.execute(
        select(Receivable, Delivery.value, SalesChannel.name)
        .join(Delivery, Delivery.id == Receivable.delivery_id)
        .join(SalesChannel, SalesChannel.id == Receivable.channel_id)
        .where(*parts)
        .order_by(Receivable.delivered_on, Receivable.delivery_id)
    ).all()
    found = [
        WaitLine(
            channel_id=part.channel_id,
            channel_name=name,
            delivered_on=part.delivered_on,
            value=value,
            amount=part.amount,
            days=(today - part.delivered_on).days,
            due_on=part.due_on,
        )
        for part, value, name in rows
    ]
    return [one for one in found if not age or age_of(one.days) == age]


def _paid(names: dict[UUID, str]) -> list[WaitLine]:
    """What the mean of days is made of: paid parts of the last half year, and what is open."""
    today = local_today()
    since = today - timedelta(days=PAID_WITHIN_DAYS)
    parts: list[tuple[UUID, UUID, int, int, date | None]] = []
    for key, account in accounts_of(list(names), on=today).items():
        parts += [
            (key, one.delivery_id, one.amount, (today - one.delivered_on).days, None)
            for one in account.open
        ]
        parts += [
            (key, one.delivery_id, one.amount, one.days, one.paid_on)
            for one in account.paid
            if one.paid_on > since
        ]
    deliveries = _deliveries(part[1] for part in parts)
    found = [
        WaitLine(
            channel_id=key,
            channel_name=names[key],
            delivered_on=deliveries[delivery_id][0],
            value=deliveries[delivery_id][1],
            amount=amount,
            days=days,
            paid_on=paid_on,
        )
        for key, delivery_id, amount, days, paid_on in parts
    ]
    return sorted(found, key=lambda one: (one.delivered_on, one.channel_name), reverse=True)


def _deliveries(delivery_ids: Iterable[UUID]) -> dict[UUID, tuple[date, int]]:
    rows = db.session.execute(
        select(Delivery.id, Delivery.delivered_on, Delivery.value)
        .where(Delivery.id.in_(set(delivery_ids)))
        .order_by(Delivery.id)
    )
    return {row.id: (row.delivered_on, row.value) for row in rows}
