"""Idempotent and bulk writes, the same on PostgreSQL and SQLite.

Bulk paths never go through the ORM: they take plain mappings and are sent in slices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.db.base import db

Row = Mapping[str, Any]
SLICE = 2000


def insert_once(table: Table, rows: Sequence[Row], *, key: Sequence[str]) -> int:
    """Insert the rows whose `key` is not there yet; give the number inserted."""
    return _upsert(table, rows, key=key, update=())


def insert_or_update(
    table: Table, rows: Sequence[Row], *, key: Sequence[str], update: Sequence[str]
) -> int:
    """Insert rows; where `key` is there, set the columns `update`. Gives the number touched."""
    return _upsert(table, rows, key=key, update=update)


def bulk_insert(table: Table, rows: Iterable[Row]) -> int:
    """Insert many plain rows in slices; all rows of one call have the same keys."""
    session: Session = db.session()
    count = 0
    for part in _slices(rows):
        session.execute(insert(table), part)
        count += len(part)
    return count


def _slices(rows: Iterable[Row]) -> Iterator[list[Any]]:
    iterator = iter(rows)
    while part := list(islice(iterator, SLICE)):
        yield part


def _upsert(
    table: Table, rows: Sequence[Row], *, key: Sequence[str], update: Sequence[str]
) -> int:
    session: Session = db.session()
    postgres = session.get_bind().dialect.name == "postgresql"
    count = 0
    # Each row binds all its columns; both engines limit the number of bound values.
    width = max(1, 30_000 // max(1, len(table.columns)))
    for start in range(0, len(rows), width):
        part = [dict(row) for row in rows[start : start + width]]
        statement: Any = (postgresql.insert if postgres else sqlite.insert)(table).values(part)
        if update:
            fresh = {name: statement.excluded[name] for name in update}
            statement = statement.on_conflict_do_update(index_elements=list(key), set_=fresh)
        else:
            statement = statement.on_conflict_do_nothing(index_elements=list(key))
        result: Any = session.execute(statement)
        count += max(0, result.rowcount)
    return count
