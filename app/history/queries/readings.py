"""Who saw data of whom. Callers have already found the account or the person in their reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, Select, bindparam, func, or_, select

from app.db import db
from app.history.models import ReadEntry
from app.history.rules import unpack

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One seeing, with the ids of all that were shown."""

    id: UUID
    at: datetime
    account_id: UUID
    kind: str
    endpoint: str | None
    subject_type: str | None
    subject_id: UUID | None
    shown_count: int
    enterprise_ids: tuple[UUID, ...]
    owner_ids: tuple[UUID, ...]
    facts: dict[str, Any]
    note: str | None
    origin: str | None


def readings_by(account_id: UUID, *, since: datetime, until: datetime) -> Iterator[Reading]:
    """What an account has seen from `since` until before `until`, oldest first."""
    statement = (
        select(ReadEntry)
        .where(ReadEntry.account_id == account_id, ReadEntry.at >= since, ReadEntry.at < until)
        .order_by(ReadEntry.at, ReadEntry.id)
    )
    return _each(statement)


def readings_of(subject_ids: Iterable[UUID], *, since: datetime) -> Iterator[Reading]:
    """Who opened pages about these persons or enterprises, newest first.

    Lists in which they stood among others are not looked through.
    """
    statement = (
        select(ReadEntry)
        .where(ReadEntry.subject_id.in_(tuple(subject_ids)), ReadEntry.at >= since)
        .order_by(ReadEntry.at.desc(), ReadEntry.id)
    )
    return _each(statement)


def files_that_name(ids: Iterable[UUID], *, since: datetime) -> Iterator[Reading]:
    """Who took files along in which one of these persons or enterprises stood, newest first.

    The database looks for the sixteen bytes of an id; where they stand across two others, which
    is as likely as a wrong guess of an id, that counts too.
    """
    looks_in = func.instr if db.engine.dialect.name == "sqlite" else _position
    named = [
        looks_in(column, bindparam(None, one.bytes, type_=LargeBinary)) > 0
        for one in ids
        for column in (ReadEntry.enterprises, ReadEntry.owners)
    ]
    statement = (
        select(ReadEntry)
        .where(ReadEntry.kind == "export", ReadEntry.at >= since, or_(*named))
        .order_by(ReadEntry.at.desc(), ReadEntry.id)
    )
    return _each(statement)


def _position(column: Any, looked_for: Any) -> Any:
    return func.position(looked_for.op("IN")(column))


def exports_since(account_id: UUID, since: datetime) -> int:
    """How many files with people a person has taken along since an instant."""
    return _count(
        ReadEntry.account_id == account_id, ReadEntry.kind == "export", ReadEntry.at >= since
    )


def pages_opened_since(account_id: UUID, since: datetime) -> tuple[int, datetime | None]:
    """How many different people and enterprises an account opened since, and when the first."""
    row = db.session.execute(
        select(func.count(ReadEntry.subject_id.distinct()), func.min(ReadEntry.at)).where(
            ReadEntry.account_id == account_id,
            ReadEntry.at >= since,
            ReadEntry.subject_id.is_not(None),
        )
    ).one()
    return row[0], row[1]


def busy_readers(*, since: datetime, least: int) -> list[tuple[UUID, int]]:
    """Accounts that opened at least so many different people and enterprises since."""
    opened = func.count(ReadEntry.subject_id.distinct())
    statement = (
        select(ReadEntry.account_id, opened)
        .where(ReadEntry.at >= since, ReadEntry.subject_id.is_not(None))
        .group_by(ReadEntry.account_id)
        .having(opened >= least)
        .order_by(opened.desc(), ReadEntry.account_id)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def _count(*conditions: Any) -> int:
    statement = select(func.count()).select_from(ReadEntry).where(*conditions)
    return db.session.execute(statement).scalar_one()


def _each(statement: Select[Any]) -> Iterator[Reading]:
    for entry in db.session.scalars(statement.execution_options(yield_per=_AT_ONCE)):
        yield Reading(
            id=entry.id,
            at=entry.at,
            account_id=entry.account_id,
            kind=entry.kind,
            endpoint=entry.endpoint,
            subject_type=entry.subject_type,
            subject_id=entry.subject_id,
            shown_count=entry.shown_count,
            enterprise_ids=unpack(entry.enterprises),
            owner_ids=unpack(entry.owners),
            facts=dict(entry.facts or {}),
            note=entry.note,
            origin=entry.origin,
        )
