"""Idempotent and bulk writes, the same on PostgreSQL and SQLite.

Bulk paths never go through the ORM: they take plain mappings and are sent in slices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from sqlalchemy import Dialect, Table, insert
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

    Past SQLAlchemy's statements, straight to the driver: on PostgreSQL through COPY (about nine
    times as fast as `bulk_insert`), on SQLite through its own `executemany`.
    """
    session: Session = db.session()
    connection = session.connection()
    iterator = iter(rows)
    first = next(iterator, None)
    if first is None:
        return 0
    names = list(first)
    bound = _Bound(table, names, connection.dialect)
    values = (bound.values(row) for row in chain([first], iterator))
    quote = connection.dialect.identifier_preparer.quote
    target = f"{quote(table.name)} ({', '.join(quote(name) for name in names)})"
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        with driver.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copy:
            for one in values:
                copy.write_row(one)
    else:
        marks = ", ".join("?" * len(names))
        driver.executemany(f"INSERT INTO {target} VALUES ({marks})", values)  # noqa: S608
    return bound.count


class _Bound:
    """Rows as the driver takes them: each value shaped by its column's type."""

    def __init__(self, table: Table, names: Sequence[str], dialect: Dialect) -> None:
        self.count = 0
        self._names = names
        self._shapes = [
            (place, shape)
            for place, name in enumerate(names)
            if (shape := table.c[name].type.dialect_impl(dialect).bind_processor(dialect))
        ]

    def values(self, row: Row) -> list[Any]:
        """One row, counted."""
        self.count += 1
        values = [row[name] for name in self._names]
        for place, shape in self._shapes:
            values[place] = shape(values[place])
        return values


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
