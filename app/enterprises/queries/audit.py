"""Who changed what, who saw whom, who took lists along: for those who answer for an area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from app.accounts.queries import accounts_within, names
from app.core.clock import utc_now
from app.core.scope import WHOLE_COUNTRY, Scope, range_of
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries.reach import owner_within, within
from app.enterprises.rules.labels import field_label
from app.history.models import HistoryEntry, ReadEntry
from app.history.rules import READ_KINDS, action_label, field_wording
from app.history.rules.reading import SLOWED

PAGE_SIZE = 50
_ALERT_DAYS = 7
_SYSTEM = "Sistem"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """What is looked for; instants are the first moment and the one after the last."""

    account_ids: tuple[UUID, ...] | None = None
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a line is about, where the reader of the page reaches it."""

    kind: str
    id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One change or one seeing."""

    key: str
    at: datetime
    who: str
    what: str
    subject: Subject | None
    fields: tuple[str, ...] = ()
    count: int | None = None
    note: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """Lines, newest first; `next_before` is where the older ones begin."""

    lines: tuple[AuditLine, ...]
    next_before: str | None


def changes(scope: Scope, wanted: AuditFilter, *, before: int | None) -> AuditPage:
    """What was changed in the areas of the scope, and by or to their people."""
    statement = select(HistoryEntry).where(
        _changed_within(scope), *_conditions(HistoryEntry, wanted)
    )
    if wanted.action:
        statement = statement.where(HistoryEntry.action == wanted.action)
    if before is not None:
        statement = statement.where(HistoryEntry.n < before)
    found = list(db.session.scalars(statement.order_by(HistoryEntry.n.desc()).limit(PAGE_SIZE + 1)))
    shown = found[:PAGE_SIZE]
    subjects = _subjects(scope, [(_kind(one), _subject_id(one)) for one in shown])
    people = names(one.account_id for one in shown)
    return AuditPage(
        lines=tuple(_change(one, people, subjects) for one in shown),
        next_before=str(shown[-1].n) if len(found) > PAGE_SIZE else None,
    )


def readings(
    scope: Scope, wanted: AuditFilter, *, kinds: Sequence[str], before: UUID | None
) -> AuditPage:
    """Who of the people within the scope saw data of whom; `kinds` are of `READ_KINDS`."""
    statement = select(ReadEntry).where(
        _people(scope, ReadEntry.account_id),
        ReadEntry.kind.in_(kinds),
        *_conditions(ReadEntry, wanted),
    )
    return _reading_page(scope, statement, before)


def alerts(scope: Scope) -> tuple[AuditLine, ...]:
    """Who was slowed down in the last days for opening very many people, newest first."""
    statement = select(ReadEntry).where(
        _people(scope, ReadEntry.account_id),
        ReadEntry.endpoint == SLOWED,
        ReadEntry.at >= utc_now() - timedelta(days=_ALERT_DAYS),
    )
    return _reading_page(scope, statement, None).lines


def _reading_page(scope: Scope, statement: Select[Any], before: UUID | None) -> AuditPage:
    if before is not None:
        statement = statement.where(ReadEntry.id < before)
    # Keys are made in the order of time.
    found = list(db.session.scalars(statement.order_by(ReadEntry.id.desc()).limit(PAGE_SIZE + 1)))
    shown = found[:PAGE_SIZE]
    subjects = _subjects(scope, [(one.subject_type or "", one.subject_id) for one in shown])
    people = names(one.account_id for one in shown)
    return AuditPage(
        lines=tuple(_reading(one, people, subjects) for one in shown),
        next_before=str(shown[-1].id) if len(found) > PAGE_SIZE else None,
    )


def _changed_within(scope: Scope) -> ColumnElement[bool]:
    if WHOLE_COUNTRY in scope.areas:
        return true()
    conditions: list[ColumnElement[bool]] = []
    for area in scope.areas:
        first, last = range_of(area)
        code = HistoryEntry.area_code
        conditions += [code == area, and_(code >= first, code < last)]
    people = accounts_within(scope)
    # Without a place it is about a person's log-in, or something that a person did for all.
    about_people = and_(
        HistoryEntry.area_code.is_(None),
        HistoryEntry.enterprise_id.is_(None),
        or_(
            HistoryEntry.account_id.in_(people),
            and_(HistoryEntry.subject_type == "account", HistoryEntry.subject_id.in_(people)),
        ),
    )
    return or_(*conditions, about_people) if conditions else false()


def _people(scope: Scope, column: Any) -> ColumnElement[bool]:
    return true() if WHOLE_COUNTRY in scope.areas else column.in_(accounts_within(scope))


def _conditions(model: Any, wanted: AuditFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.account_ids is not None:
        found.append(model.account_id.in_(wanted.account_ids))
    if wanted.since is not None:
        found.append(model.at >= wanted.since)
    if wanted.until is not None:
        found.append(model.at < wanted.until)
    return found


def _kind(entry: HistoryEntry) -> str:
    return "enterprise" if entry.enterprise_id is not None else entry.subject_type


def _subject_id(entry: HistoryEntry) -> UUID | None:
    return entry.enterprise_id or entry.subject_id


def _subjects(scope: Scope, wanted: Iterable[tuple[str, UUID | None]]) -> dict[UUID, Subject]:
    """Names of enterprises and owners that the scope reaches today, and of accounts."""
    by_kind: dict[str, set[UUID]] = {}
    for kind, key in wanted:
        if key is not None:
            by_kind.setdefault(kind, set()).add(key)
    rows: list[tuple[str, UUID, str]] = []
    for kind, model, reached in (
        ("enterprise", Enterprise, within(scope)),
        ("owner", Owner, owner_within(scope)),
    ):
        if by_kind.get(kind):
            statement = select(model.id, model.name).where(model.id.in_(by_kind[kind]), reached)
            rows += [(kind, row.id, row.name) for row in db.session.execute(statement)]
    rows += [("account", key, name) for key, name in names(by_kind.get("account", ())).items()]
    return {key: Subject(kind=kind, id=key, name=name) for kind, key, name in rows}


def _change(
    entry: HistoryEntry, people: Mapping[UUID, str], subjects: Mapping[UUID, Subject]
) -> AuditLine:
    key = _subject_id(entry)
    return AuditLine(
        key=str(entry.n),
        at=entry.at,
        who=_who(entry.account_id, people),
        what=action_label(entry.action),
        subject=subjects.get(key) if key else None,
        fields=_fields(entry),
        note=entry.note,
        origin=entry.origin,
    )


def _reading(
    entry: ReadEntry, people: Mapping[UUID, str], subjects: Mapping[UUID, Subject]
) -> AuditLine:
    return AuditLine(
        key=str(entry.id),
        at=entry.at,
        who=_who(entry.account_id, people),
        what=READ_KINDS[entry.kind],
        subject=subjects.get(entry.subject_id) if entry.subject_id else None,
        count=entry.shown_count,
        note=entry.note,
        origin=entry.origin,
    )


def _who(account_id: UUID | None, people: Mapping[UUID, str]) -> str:
    return people.get(account_id, _SYSTEM) if account_id is not None else _SYSTEM


def _fields(entry: HistoryEntry) -> tuple[str, ...]:
    """Names of what changed; the values stand on the page of the thing itself."""
    worded = ((name, field_wording(entry.subject_type, name)) for name in entry.changes or {})
    return tuple(wording.label if wording else field_label(name) for name, wording in worded)
