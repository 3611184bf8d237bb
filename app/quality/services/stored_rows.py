"""Rows of any table as JSON and back, so that what was taken away can be put back as it was."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Index,
    Table,
    UniqueConstraint,
    and_,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from app.db import db
from app.enterprises.models import Enterprise, Owner

Row = dict[str, Any]


def tables_of(target: str) -> list[tuple[Table, Column[Any]]]:
    """Tables with rows that belong to a row of `target`, and the column that says to which."""
    return [
        (table, key.parent)
        for table in db.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda one: one.parent.name)
        if key.column.table.name == target
    ]


def unique_keys(table: Table) -> list[tuple[str, ...]]:
    """The columns of each key that is unique in the whole table; partial ones are cared for
    by whoever knows what they mean."""
    keys = [tuple(column.name for column in table.primary_key.columns)]
    keys += [
        tuple(column.name for column in one.columns)
        for one in table.constraints
        if isinstance(one, UniqueConstraint)
    ]
    keys += [
        tuple(column.name for column in index.columns)
        for index in table.indexes
        if index.unique and not is_partial(index)
    ]
    return keys


def is_partial(index: Index) -> bool:
    """Whether an index covers some rows only."""
    return index.dialect_options["sqlite"].get("where") is not None


def rows_where(table: Table, condition: ColumnElement[bool]) -> list[Row]:
    """Rows of a table as JSON, in the order of their keys."""
    statement = select(table).where(condition).order_by(*table.primary_key.columns)
    return [
        {name: _as_json(value) for name, value in row.items()}
        for row in db.session.execute(statement).mappings()
    ]


def rows_now(stored: Mapping[str, Iterable[Row]]) -> dict[str, list[Row]]:
    """What is there now of stored rows, by table."""
    found = {}
    for name, rows in stored.items():
        table = db.metadata.tables[name]
        conditions = (key_of(table, _values_of(table, row)) for row in rows)
        found[name] = [row for one in conditions for row in rows_where(table, one)]
    return found


def put_back(table: Table, rows: Iterable[tuple[Row, Row]]) -> None:
    """Write rows over where they are still there, insert them where not.

    Each comes with what to write where its place was taken since: one that is open, say, when
    there may be one that is open only.
    """
    for row, otherwise in rows:
        try:
            with db.session.begin_nested():
                _write(table, row)
        except IntegrityError:
            _write(table, otherwise)


def _write(table: Table, row: Row) -> None:
    values = _values_of(table, row)
    done: Any = db.session.execute(
        update(table).where(key_of(table, values)).values(values), execution_options=_BARE
    )
    if not done.rowcount:
        db.session.execute(insert(table).values(values), execution_options=_BARE)


def _values_of(table: Table, row: Row) -> Row:
    plain = (column for column in table.columns if column.computed is None)
    return {column.name: _from_json(column, row[column.name]) for column in plain}


def take_away(table: Table, condition: ColumnElement[bool]) -> None:
    """Delete rows of a table."""
    db.session.execute(delete(table).where(condition), execution_options=_BARE)


def key_of(table: Table, values: Mapping[str, Any]) -> ColumnElement[bool]:
    """The condition that finds the row with the same primary key."""
    return and_(*(column == values[column.name] for column in table.primary_key.columns))


_BARE = {"synchronize_session": False}
ENTERPRISE: Table = Enterprise.__table__
OWNER: Table = Owner.__table__


def _as_json(value: Any) -> Any:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def _from_json(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    # A decorated type stands for the type that it decorates.
    kind = getattr(column.type, "impl_instance", column.type).python_type
    if kind is bytes:
        return b64decode(value)
    if kind in (UUID, Decimal):
        return kind(value)
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return value
