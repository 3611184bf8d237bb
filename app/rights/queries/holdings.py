"""Everything that is held on one person, found by following references from their row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, select

from app.db import db
from app.db.slices import slices
from app.enterprises.models import Enterprise, Owner
from app.files.models import StoredFile
from app.quality.models import Merger

_OWNER: Table = Owner.__table__
_ENTERPRISE: Table = Enterprise.__table__
_FILE: Table = StoredFile.__table__
_MERGER: Table = Merger.__table__
# Tables that name enterprises without a reference, because they outlive a row that is merged.
LOOSE = {
    _MERGER.name: ("kept_id", "gone_id"),
    "likely_pair": ("first_id", "second_id"),
    # What a phone sent may be about an enterprise that isn't here yet, or not any more.
    "sync_operation": ("enterprise_id",),
    "file_upload": ("enterprise_id",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The rows of one table that speak of the person."""

    table: Table
    rows: tuple[dict[str, Any], ...]


def held_on(owner_id: UUID) -> list[Held]:
    """The owner's row, what refers to it, what refers to that, and so on.

    A reference points from what is said to whom it is said of, so whatever points at the person,
    directly or through others, is theirs; what they point at (villages, accounts) is not.
    """
    found: list[Held] = []
    reached: dict[str, set[Any]] = {}
    for table in sorted(db.metadata.sorted_tables, key=_turn):
        if table.name in LOOSE:
            own = reached.get(_ENTERPRISE.name, set())
            reached[_ENTERPRISE.name] = own | merged_away(own)
        rows = _own(owner_id) if table is _OWNER else _pointing(table, reached)
        if not rows:
            continue
        found.append(Held(table=table, rows=tuple(rows)))
        key = _key(table)
        if key is not None:
            reached[table.name] = {row[key.name] for row in rows}
    return found


def _turn(table: Table) -> int:
    """Those that name without a reference may be sorted anywhere; they come late, and what refers
    to them last."""
    if table.name in LOOSE:
        return 1
    return 2 * any(each.column.table.name in LOOSE for each in table.foreign_keys)


def merged_away(enterprises: set[Any]) -> set[UUID]:
    """The enterprises that went into these, and into those, and so on, and never came back."""
    found: set[UUID] = set()
    fresh = set(enterprises)
    while fresh:
        gone: set[UUID] = set()
        for part in slices(sorted(fresh)):
            statement = select(_MERGER.c.gone_id).where(
                _MERGER.c.kept_id.in_(part), _MERGER.c.undone_at.is_(None)
            )
            gone |= set(db.session.scalars(statement))
        fresh = gone - found - enterprises
        found |= fresh
    return found


def photo_ids(held: Sequence[Held]) -> set[UUID]:
    """The photos of everything that is held."""
    ids: set[UUID] = set()
    for one in held:
        for column in file_columns(one.table):
            ids |= {row[column.name] for row in one.rows if row[column.name] is not None}
    return ids


def file_columns(table: Table) -> list[Column[Any]]:
    """The columns of a table that point at stored files."""
    return [each.parent for each in table.foreign_keys if each.column.table is _FILE]


def is_file_used(file_id: UUID) -> bool:
    """Whether anything still points at a stored file."""
    for table in db.metadata.sorted_tables:
        for column in file_columns(table):
            found = select(column).where(column == file_id).limit(1)
            if db.session.execute(found).first() is not None:
                return True
    return False


def _own(owner_id: UUID) -> list[dict[str, Any]]:
    statement = select(_OWNER).where(_OWNER.c.id == owner_id)
    return [dict(row) for row in db.session.execute(statement).mappings()]


def _pointing(table: Table, reached: dict[str, set[Any]]) -> list[dict[str, Any]]:
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    keys = list(table.primary_key)
    for column, target in _references(table):
        for part in slices(sorted(reached.get(target, ()), key=str)):
            statement = select(table).where(column.in_(part)).order_by(*keys)
            for row in db.session.execute(statement).mappings():
                rows[tuple(row[key.name] for key in keys)] = dict(row)
    return list(rows.values())


def _references(table: Table) -> Iterator[tuple[Column[Any], str]]:
    """The columns that point at other tables, with the table's name."""
    for reference in sorted(table.foreign_keys, key=lambda each: each.parent.name):
        if reference.column.table is not table:
            yield reference.parent, reference.column.table.name
    for name in LOOSE.get(table.name, ()):
        yield table.columns[name], _ENTERPRISE.name


def _key(table: Table) -> Column[Any] | None:
    keys = list(table.primary_key)
    return keys[0] if len(keys) == 1 else None
