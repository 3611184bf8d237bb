"""What an office sees of all channels within its reach: who owes longest, what is red."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, RowMapping, and_, case, exists, func, not_, or_, select

from app.accounts.queries import names
from app.core.clock import local_today
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.market.models import Receivable, SalesChannel
from app.market.rules.channels import AGE_LABELS, AGES, CHANNEL_KINDS
from app.market.rules.consignment import MERAH
from app.places.queries import path_labels

OWING, LATE, RED, WAITING, UNTRIED, ALLOWED = (
    "berutang",
    "terlambat",
    "merah",
    "menunggu",
    "belum_diuji",
    "diizinkan",
)
STANDS = {
    OWING: "Kanal yang berutang, paling lama lebih dahulu",
    LATE: "Kanal yang terlambat membayar",
    RED: "Kanal merah yang berjalan tanpa alasan petugas",
    WAITING: "Rencana kanal yang perlu alasan petugas",
    UNTRIED: "Titip jual berjalan yang belum diuji",
    ALLOWED: "Kanal merah yang diizinkan dengan alasan",
}
PAGE_SIZE = 50
_IS_GATED = or_(SalesChannel.is_consignment, SalesChannel.kind == "toko_modern")
_RUNS = and_(SalesChannel.opened_on.is_not(None), SalesChannel.closed_on.is_(None))
_IS_PLAN = and_(SalesChannel.opened_on.is_(None), SalesChannel.closed_on.is_(None))
_IS_ALLOWED = and_(
    SalesChannel.allowed_at.is_not(None),
    or_(SalesChannel.verdict_at.is_(None), SalesChannel.allowed_at >= SalesChannel.verdict_at),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFilter:
    """Which channels are asked for: how they stand, of which kind, owing since when."""

    stand: str = OWING
    kind: str = ""
    age: str = ""

    def address(self) -> dict[str, str | None]:
        """The words of the address."""
        return {"keadaan": self.stand, "jenis": self.kind or None, "umur": self.age or None}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """One channel in an office's list."""

    id: UUID
    name: str
    kind_label: str
    enterprise_id: UUID
    enterprise_name: str
    village: str
    tied_up: int
    late: int
    oldest_on: date | None
    oldest_days: int | None
    verdict: str | None
    allowed_by: str
    allowed_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLine:
    """What is open at one kind of channel."""

    code: str
    label: str
    channels: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeLine:
    """What is open in one bracket of age."""

    code: str
    label: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What an office sees first."""

    counts: dict[str, int]
    owed: int
    ages: tuple[AgeLine, ...]
    kinds: tuple[KindLine, ...]


def overview(scope: Scope) -> Overview:
    """Counts of each list, what is open by age and by kind of channel."""
    today = local_today()
    kinds = _owed_by_kind(scope, today)
    ages = {code: sum(int(row[code]) for row in kinds) for code in AGES}
    return Overview(
        counts=_counts(scope, today),
        owed=sum(ages.values()),
        ages=tuple(
            AgeLine(code=code, label=label, amount=ages[code]) for code, label in AGE_LABELS.items()
        ),
        kinds=tuple(
            KindLine(
                code=row["kind"],
                label=CHANNEL_KINDS[row["kind"]],
                channels=row["channels"],
                amount=int(row["amount"]),
            )
            for row in kinds
        ),
    )


def channel_count(scope: Scope, stand: str) -> int:
    """How many channels stand so within the scope."""
    return line_count(scope, DeskFilter(stand=stand))


def line_count(scope: Scope, asked: DeskFilter) -> int:
    """How many channels a list holds."""
    statement = (
        select(func.count())
        .select_from(SalesChannel)
        .join(Enterprise, Enterprise.id == SalesChannel.enterprise_id)
        .where(within(scope), *_asked(asked, local_today()))
    )
    return int(db.session.scalar(statement) or 0)


def late_count(scope: Scope) -> int:
    """How many channels pay late."""
    return channel_count(scope, LATE)


def red_count(scope: Scope) -> int:
    """How many red channels run without an officer's reason."""
    return channel_count(scope, RED)


def waiting_count(scope: Scope) -> int:
    """How many planned channels wait for an officer's reason."""
    return channel_count(scope, WAITING)


def untried_count(scope: Scope) -> int:
    """How many channels take goods on consignment and were never calculated."""
    return channel_count(scope, UNTRIED)


def desk_lines(scope: Scope, asked: DeskFilter, *, offset: int = 0) -> tuple[list[DeskLine], bool]:
    """A page of one list, and whether there are more."""
    rows = db.session.execute(_statement(scope, asked).limit(PAGE_SIZE + 1).offset(offset)).all()
    return _lines(rows[:PAGE_SIZE]), len(rows) > PAGE_SIZE


def all_desk_lines(scope: Scope, asked: DeskFilter) -> Iterator[DeskLine]:
    """The whole list."""
    rows = db.session.execute(_statement(scope, asked)).all()
    for start in range(0, len(rows), 500):
        yield from _lines(rows[start : start + 500])


def _statement(scope: Scope, asked: DeskFilter) -> Any:
    # Looked up channel by channel: a mentor's few need not read what a whole country is owed.
    oldest_on = (
        select(func.min(Receivable.delivered_on))
        .where(Receivable.channel_id == SalesChannel.id)
        .scalar_subquery()
        .label("oldest_on")
    )
    return (
        select(SalesChannel, Enterprise.name, Enterprise.village_code, oldest_on)
        .join(Enterprise, Enterprise.id == SalesChannel.enterprise_id)
        .where(within(scope), *_asked(asked, local_today()))
        .order_by(oldest_on.is_(None), oldest_on, SalesChannel.id)
    )


def _asked(asked: DeskFilter, today: date) -> list[ColumnElement[bool]]:
    parts = [_stand(asked.stand, today)]
    if asked.kind:
        parts.append(SalesChannel.kind == asked.kind)
    if asked.age:
        least, most = AGES[asked.age]
        # What lies ahead is fresh too.
        owed = [Receivable.delivered_on <= today - timedelta(days=least)] if least else []
        if most is not None:
            owed.append(Receivable.delivered_on >= today - timedelta(days=most))
        parts.append(SalesChannel.id.in_(select(Receivable.channel_id).where(*owed)))
    return parts


def _stand(stand: str, today: date) -> ColumnElement[bool]:
    if stand == LATE:
        is_late = exists().where(
            Receivable.channel_id == SalesChannel.id, Receivable.due_on < today
        )
        return and_(SalesChannel.tied_up > 0, is_late)
    is_red = SalesChannel.verdict == MERAH
    if stand == RED:
        return and_(is_red, _RUNS, not_(_IS_ALLOWED))
    if stand == WAITING:
        is_ill = and_(_IS_GATED, Enterprise.health_class == "sakit")
        is_tried = or_(SalesChannel.verdict.is_not(None), not_(_IS_GATED))
        return and_(_IS_PLAN, is_tried, or_(is_red, is_ill), not_(_IS_ALLOWED))
    if stand == UNTRIED:
        return and_(_IS_GATED, _RUNS, SalesChannel.verdict.is_(None))
    if stand == ALLOWED:
        return and_(_RUNS, SalesChannel.allowed_at.is_not(None))
    return SalesChannel.tied_up > 0


def _lines(rows: Sequence[Row[Any]]) -> list[DeskLine]:
    today = local_today()
    villages = path_labels({row.village_code for row in rows})
    late = _late([row.SalesChannel.id for row in rows], today)
    people = names({row.SalesChannel.allowed_by for row in rows} - {None})
    return [
        DeskLine(
            id=row.SalesChannel.id,
            name=row.SalesChannel.name,
            kind_label=CHANNEL_KINDS[row.SalesChannel.kind],
            enterprise_id=row.SalesChannel.enterprise_id,
            enterprise_name=row.name,
            village=villages.get(row.village_code, row.village_code),
            tied_up=row.SalesChannel.tied_up,
            late=late.get(row.SalesChannel.id, 0),
            oldest_on=row.oldest_on,
            oldest_days=None if row.oldest_on is None else (today - row.oldest_on).days,
            verdict=row.SalesChannel.verdict,
            allowed_by=people.get(row.SalesChannel.allowed_by, ""),
            allowed_reason=row.SalesChannel.allowed_reason or "",
        )
        for row in rows
    ]


def _late(channel_ids: Sequence[UUID], today: date) -> dict[UUID, int]:
    rows = db.session.execute(
        select(Receivable.channel_id, func.sum(Receivable.amount).label("amount"))
        .where(Receivable.channel_id.in_(channel_ids), Receivable.due_on < today)
        .group_by(Receivable.channel_id)
    )
    return {row.channel_id: int(row.amount) for row in rows}


def _counts(scope: Scope, today: date) -> dict[str, int]:
    """How many channels each list holds. One statement."""
    counts = db.session.execute(
        select(*(func.count(case((_stand(stand, today), 1))) for stand in STANDS))
        .select_from(SalesChannel)
        .join(Enterprise, Enterprise.id == SalesChannel.enterprise_id)
        .where(within(scope))
    ).one()
    return dict(zip(STANDS, counts, strict=True))


def _owed_by_kind(scope: Scope, today: date) -> Sequence[RowMapping]:
    """What is open at each kind of channel, by age, most first. One statement."""
    brackets = _brackets(today)
    channel = (
        select(
            SalesChannel.kind,
            func.sum(Receivable.amount).label("amount"),
            *(
                func.sum(case((holds, Receivable.amount), else_=0)).label(code)
                for code, holds in brackets.items()
            ),
        )
        .select_from(Receivable)
        .join(SalesChannel, SalesChannel.id == Receivable.channel_id)
        .join(Enterprise, Enterprise.id == SalesChannel.enterprise_id)
        .where(within(scope))
        .group_by(Receivable.channel_id, SalesChannel.kind)
        .subquery()
    )
    amount = func.sum(channel.c.amount)
    return (
        db.session.execute(
            select(
                channel.c.kind,
                func.count().label("channels"),
                amount.label("amount"),
                *(func.sum(channel.c[code]).label(code) for code in brackets),
            )
            .group_by(channel.c.kind)
            .order_by(amount.desc(), channel.c.kind)
        )
        .mappings()
        .all()
    )


def _brackets(today: date) -> dict[str, ColumnElement[bool]]:
    """The condition of each bracket of age; what lies ahead is fresh too."""
    starts = {code: today - timedelta(days=first) for code, (first, _) in AGES.items()}
    day = Receivable.delivered_on
    codes = list(AGES)
    found: dict[str, ColumnElement[bool]] = {codes[0]: day > starts[codes[1]]}
    for code, later in itertools.pairwise(codes[1:]):
        found[code] = and_(day <= starts[code], day > starts[later])
    found[codes[-1]] = day <= starts[codes[-1]]
    return found
