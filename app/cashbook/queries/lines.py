"""Lines of cash books: what stands in the book, and what channels paid into their own ledgers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    CompoundSelect,
    Date,
    String,
    Uuid,
    and_,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from app.accounts.queries import names
from app.cashbook.models import CashEntry
from app.cashbook.rules.entries import CATEGORIES, COSTS, DRAWING, IN, INSTALLMENTS, SALES, WAYS
from app.core.months import first_of, month_end
from app.core.scope import Scope
from app.db import db
from app.enterprises.queries import enterprise as enterprise_within
from app.market.models import ChannelPayment, SalesChannel
from app.market.queries.ledger import stands

BOOK, CHANNEL = "buku", "kanal"
SHOWN_LINES = 50
SUM_LABELS = {
    "masuk": "Uang masuk",
    "keluar": "Uang keluar",
    "penjualan": "Penjualan",
    "biaya": "Biaya usaha",
    "rumah": "Diambil untuk rumah",
    "cicilan": "Cicilan dan bunga",
}
_TOLD = (
    "source",
    "id",
    "enterprise_id",
    "happened_on",
    "direction",
    "category",
    "amount",
    "channel_id",
    "is_owed",
    "due_on",
    "settles_id",
    "note",
    "photo_id",
    "way",
    "is_current",
    "recorded_at",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """One line of a book as pages list it; `source` is the book, or the ledger of a channel."""

    source: str
    id: UUID
    enterprise_id: UUID
    happened_on: date
    direction: str
    category: str
    amount: int
    channel_id: UUID | None
    channel_name: str
    is_owed: bool
    due_on: date | None
    settles_id: UUID | None
    note: str
    photo_id: UUID | None
    way: str
    is_current: bool
    recorded_by: str
    recorded_at: datetime
    is_taken_back: bool = False
    reason: str = ""

    @property
    def label(self) -> str:
        """What the money was for, and how it was paid."""
        label = CATEGORIES[self.category]
        if self.source == CHANNEL:
            return f"{label}, dibayar {self.channel_name}"
        if self.settles_id is not None:
            return f"{label}, pelunasan"
        return f"{label}, belum dibayar" if self.is_owed else label

    @property
    def is_in(self) -> bool:
        """Whether money comes in."""
        return self.direction == IN

    @property
    def may_change(self) -> bool:
        """Whether it is put right in the book: what a channel paid is put right over there."""
        return self.source == BOOK and self.is_current

    @property
    def way_label(self) -> str:
        """Who wrote it, or from where it came."""
        return WAYS.get(self.way, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLines:
    """Some lines, the newest first."""

    lines: tuple[BookLine, ...]
    has_more: bool


def lines_where(book: ColumnElement[bool], channels: ColumnElement[bool]) -> CompoundSelect[Any]:
    """A select of every line that counts, under a condition on `CashEntry` and one on
    `SalesChannel` by which the caller bounds the enterprises.

    Columns: source, id, enterprise_id, happened_on, direction, category, amount, channel_id,
    is_owed, due_on, settles_id, note, photo_id, way, is_current, is_void, recorded_by, recorded_at.
    """
    return union_all(_from_book(and_(CashEntry.is_current, book)), _from_channels(channels))


def lines_of(enterprise_ids: Collection[UUID]) -> CompoundSelect[Any]:
    """`lines_where` of some enterprises that the caller found."""
    return lines_where(
        CashEntry.enterprise_id.in_(enterprise_ids), SalesChannel.enterprise_id.in_(enterprise_ids)
    )


def book_lines(
    scope: Scope,
    enterprise_id: UUID,
    *,
    month: date | None = None,
    first: date | None = None,
    last: date | None = None,
    offset: int = 0,
    limit: int = SHOWN_LINES,
    with_struck: bool = False,
    what: str = "",
) -> BookLines:
    """Lines of a month or between two days (both within), the newest first.

    `with_struck` shows lines that were put right or taken back too; `what` leaves those that one
    sum of the page adds up (`SUM_LABELS`).

    Raises:
        NotFound: the enterprise is unknown or outside the scope.
    """
    enterprise_within(scope, enterprise_id)
    if month is not None:
        first, last = first_of(month), month_end(month)
    own = CashEntry.enterprise_id == enterprise_id
    shown = or_(CashEntry.is_current, ~CashEntry.is_void) if with_struck else CashEntry.is_current
    every = union_all(
        _from_book(and_(own, shown)), _from_channels(SalesChannel.enterprise_id == enterprise_id)
    ).subquery()
    rows = db.session.execute(
        select(every, SalesChannel.name.label("channel_name"))
        .outerjoin(SalesChannel, SalesChannel.id == every.c.channel_id)
        .where(_between(every.c.happened_on, first, last), part_of(every, what))
        .order_by(every.c.happened_on.desc(), every.c.recorded_at.desc(), every.c.id.desc())
        .limit(limit + 1)
        .offset(offset)
    ).all()
    people = names({row.recorded_by for row in rows})
    later = _successors([row.id for row in rows if not row.is_current])
    lines = tuple(_line(row, people, later.get(row.id)) for row in rows[:limit])
    return BookLines(lines=lines, has_more=len(rows) > limit)


def part_of(every: Any, what: str) -> ColumnElement[bool]:
    """The condition on lines that they belong to a sum; every line for a word that names none."""
    is_first = every.c.settles_id.is_(None)
    parts: dict[str, ColumnElement[bool]] = {
        "masuk": and_(~every.c.is_owed, every.c.direction == IN),
        "keluar": and_(~every.c.is_owed, every.c.direction != IN),
        "penjualan": and_(is_first, every.c.category == SALES),
        "biaya": and_(is_first, every.c.category.in_(COSTS)),
        "rumah": and_(is_first, every.c.category == DRAWING),
        "cicilan": every.c.category.in_(INSTALLMENTS),
    }
    return parts.get(what, true())


def _between(day: Any, first: date | None, last: date | None) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if first is not None:
        parts.append(day >= first)
    if last is not None:
        parts.append(day <= last)
    return and_(*parts)


def _from_book(condition: ColumnElement[bool]) -> Any:
    return select(
        literal(BOOK, String).label("source"),
        CashEntry.id,
        CashEntry.enterprise_id,
        CashEntry.happened_on,
        CashEntry.direction,
        CashEntry.category,
        CashEntry.amount,
        CashEntry.channel_id,
        CashEntry.is_owed,
        CashEntry.due_on,
        CashEntry.settles_id,
        CashEntry.note,
        CashEntry.photo_id,
        CashEntry.way,
        CashEntry.is_current,
        CashEntry.is_void,
        CashEntry.recorded_by,
        CashEntry.recorded_at,
    ).where(condition)


def _from_channels(condition: ColumnElement[bool]) -> Any:
    return (
        select(
            literal(CHANNEL, String),
            ChannelPayment.id,
            SalesChannel.enterprise_id,
            ChannelPayment.paid_on,
            literal(IN, String),
            literal(SALES, String),
            ChannelPayment.amount,
            ChannelPayment.channel_id,
            literal(False, Boolean),
            cast(null(), Date),
            cast(null(), Uuid),
            ChannelPayment.note,
            cast(null(), Uuid),
            literal("", String),
            literal(True, Boolean),
            literal(False, Boolean),
            ChannelPayment.recorded_by,
            ChannelPayment.recorded_at,
        )
        .join(SalesChannel, SalesChannel.id == ChannelPayment.channel_id)
        .where(stands(ChannelPayment), condition)
    )


def _successors(ids: Collection[UUID]) -> dict[UUID | None, CashEntry]:
    """Which row stands in place of each of these, or took it back."""
    if not ids:
        return {}
    rows = db.session.scalars(select(CashEntry).where(CashEntry.corrects_id.in_(ids)))
    return {row.corrects_id: row for row in rows}


def _line(row: Any, people: dict[UUID, str], later: CashEntry | None) -> BookLine:
    told = {name: getattr(row, name) for name in _TOLD}
    return BookLine(
        **told,
        channel_name=row.channel_name or "",
        recorded_by=people.get(row.recorded_by, ""),
        is_taken_back=later is not None and later.is_void,
        reason=later.note if later is not None and later.is_void else "",
    )


def first_day_of(enterprise_id: UUID) -> date | None:
    """The day of the oldest line of a book that the caller found."""
    every = lines_of([enterprise_id]).subquery()
    found: date | None = db.session.scalar(select(func.min(every.c.happened_on)))
    return found
