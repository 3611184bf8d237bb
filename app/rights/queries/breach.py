"""Whose data an account has seen in a span of time: whom to tell after a breach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.scope import Scope
from app.db import db
from app.db.slices import slices
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import owner_within
from app.history.queries.readings import readings_by
from app.history.rules import READ_KINDS


@dataclass(slots=True, kw_only=True)
class _Seen:
    first_at: datetime
    last_at: datetime
    times: int = 0
    kinds: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """One person, and how often and in which ways their data were seen."""

    owner_id: UUID
    owner_name: str
    first_at: datetime
    last_at: datetime
    times: int
    ways: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """All who were seen; `elsewhere_count` of them lie outside the reach of who asks."""

    people: tuple[Affected, ...]
    elsewhere_count: int


def seen_by(scope: Scope, account_id: UUID, *, since: datetime, until: datetime) -> Breach:
    """Who was seen by an account from `since` until before `until`, by name.

    The caller has found the account within their reach.
    """
    seen: dict[UUID, _Seen] = {}
    owners = _OwnersOf()
    for reading in readings_by(account_id, since=since, until=until):
        people = {*reading.owner_ids, *owners.of(reading.enterprise_ids)}
        if reading.subject_type == "owner" and reading.subject_id is not None:
            people.add(reading.subject_id)
        for owner_id in people:
            one = seen.setdefault(owner_id, _Seen(first_at=reading.at, last_at=reading.at))
            one.last_at = max(one.last_at, reading.at)
            one.times += 1
            one.kinds.add(reading.kind)
    found = [_affected(row, seen[row.id]) for row in _named(scope, list(seen))]
    return Breach(
        people=tuple(sorted(found, key=lambda one: (one.owner_name, str(one.owner_id)))),
        elsewhere_count=len(seen) - len(found),
    )


class _OwnersOf:
    """The owners of enterprises, each looked up once."""

    def __init__(self) -> None:
        self._known: dict[UUID, UUID] = {}

    def of(self, enterprise_ids: Sequence[UUID]) -> set[UUID]:
        """The owners of these."""
        for part in slices([key for key in enterprise_ids if key not in self._known]):
            rows = select(Enterprise.id, Enterprise.owner_id).where(Enterprise.id.in_(part))
            self._known.update((row.id, row.owner_id) for row in db.session.execute(rows))
        return {self._known[key] for key in enterprise_ids if key in self._known}


def _named(scope: Scope, ids: list[UUID]) -> Iterator[Any]:
    for part in slices(ids):
        statement = select(Owner.id, Owner.name).where(Owner.id.in_(part), owner_within(scope))
        yield from db.session.execute(statement.order_by(Owner.search_name, Owner.id))


def _affected(row: Any, seen: _Seen) -> Affected:
    return Affected(
        owner_id=row.id,
        owner_name=row.name,
        first_at=seen.first_at,
        last_at=seen.last_at,
        times=seen.times,
        ways=", ".join(READ_KINDS.get(kind, kind) for kind in sorted(seen.kinds)),
    )
