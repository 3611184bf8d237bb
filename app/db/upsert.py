"""Idempotent and bulk writes, the same on PostgreSQL and SQLite.

Bulk paths never go through the ORM: they take plain mappings and are sent in slices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
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


def bulk_copy(table: Table, rows: Iterable[Row]) -> int:
    """Insert very many rows that need no defaults; all have the same keys.

    On PostgreSQL through COPY, about nine times as fast as `bulk_insert`.
    """
    session: Session = db.session()
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        return bulk_insert(table, rows)
    iterator = iter(rows)
    first = next(iterator, None)
    if first is None:
        return 0
    names = list(first)
    shapes = [
        table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        for name in names
    ]
    quote = connection.dialect.identifier_preparer.quote
    columns = ", ".join(quote(name) for name in names)
    statement = f"COPY {quote(table.name)} ({columns}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    count = 0
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in chain([first], iterator):
            values = zip(shapes, (row[name] for name in names), strict=True)
            copy.write_row([shape(value) if shape else value for shape, value in values])
            count += 1
    return count


def _slices(rows: Iterable[Row]) -> Iterator[list[Any]]:
    iterator = iter(rows)
    while part := list(islice(iterator, SLICE)):
        yield part


def _upsert(table: Table, rows: Sequence[Row], *, key: Sequence[str], update: Sequence[str]) -> int:
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
        # Without the option the count of an INSERT is thrown away on PostgreSQL.
        counted = statement.execution_options(preserve_rowcount=True)
        result: Any = session.execute(counted)
        count += max(0, result.rowcount)
    return count
