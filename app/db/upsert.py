"""Idempotent and bulk writes, the same on PostgreSQL and SQLite.

Bulk paths never go through the ORM: they take plain mappings and are sent in slices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.db.base import db
from app.db.shaping import shaped, shapes_of

Row = Mapping[str, Any]
SLICE = 2000
# Both engines limit the values of one statement (SQLite 32,766).
_MOST_BOUND = 30_000
_ROWS_A_STATEMENT = 1000


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
    times as fast as `bulk_insert`), on SQLite many rows a statement.
    """
    iterator = iter(rows)
    first = next(iterator, None)
    if first is None:
        return 0
    names = list(first)
    if len(names) == 1:
        return bulk_copy_rows(table, names, ((row[names[0]],) for row in chain([first], iterator)))
    return bulk_copy_rows(table, names, map(itemgetter(*names), chain([first], iterator)))


def bulk_copy_rows(table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert very many rows, given as the values of the columns `names`, as `bulk_copy` does."""
    session: Session = db.session()
    connection = session.connection()
    quote = connection.dialect.identifier_preparer.quote
    target = f"{quote(table.name)} ({', '.join(quote(name) for name in names)})"
    driver: Any = connection.connection.driver_connection
    shapes = shapes_of(table, names, connection.dialect)
    is_postgres = connection.dialect.name == "postgresql"
    size = SLICE if is_postgres else max(1, min(_ROWS_A_STATEMENT, _MOST_BOUND // len(names)))
    write = _copy if is_postgres else _insert
    iterator = iter(rows)
    count = 0
    while part := list(islice(iterator, size)):
        write(driver, target, shaped(part, shapes))
        count += len(part)
    return count


def _copy(driver: Any, target: str, rows: list[tuple[Any, ...]]) -> None:
    with driver.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _insert(driver: Any, target: str, rows: list[tuple[Any, ...]]) -> None:
    # One statement for many rows: the full-text table writes what it gathered at the end of each
    # statement that feeds it, which took half of the time when every row had its own.
    marks = f"({', '.join('?' * len(rows[0]))})"
    statement = f"INSERT INTO {target} VALUES {', '.join([marks] * len(rows))}"  # noqa: S608
    driver.execute(statement, list(chain.from_iterable(rows)))


def _slices(rows: Iterable[Row]) -> Iterator[list[Any]]:
    iterator = iter(rows)
    while part := list(islice(iterator, SLICE)):
        yield part


def _upsert(table: Table, rows: Sequence[Row], *, key: Sequence[str], update: Sequence[str]) -> int:
    session: Session = db.session()
    postgres = session.get_bind().dialect.name == "postgresql"
    count = 0
    # Each row binds all its columns.
    width = max(1, _MOST_BOUND // max(1, len(table.columns)))
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
