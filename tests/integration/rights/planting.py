"""A row in every table that speaks of a person, with a planted word in every text of it.

Tables are found as erasing finds them, so one that is added later is planted too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.db import db
from app.db.transaction import transaction
from app.rights.queries.holdings import _references, _turn, held_on

_ONE_OF = re.compile(r"^\(?(\w+) IN \('([^']*)'")
OTHER = "lainnya"
_MEASURES = {"lat": -7.5, "lng": 109.25}


class Planter:
    """Plants `word`; `given` are values that a table's own rules ask for, by table."""

    def __init__(self, word: str, owner_id: UUID, given: dict[str, dict[str, Any]]) -> None:
        self.word, self.owner_id, self.given = word, owner_id, given
        self.rows: dict[str, dict[str, Any]] = {}

    def plant(self) -> set[str]:
        """Plant in every table; gives their names."""
        for one in held_on(self.owner_id):
            self.rows[one.table.name] = dict(one.rows[0])
        tables = list(reachable())
        for table in tables:
            if table.name not in self.rows:
                self._insert(table)
        for table in tables:
            self._overwrite(table)
        return {table.name for table in tables}

    def _insert(self, table: sa.Table) -> None:
        row = {
            column.name: self._value(table, column)
            for column in table.columns
            if column.computed is None
        }
        row |= self.given.get(table.name, {})
        with transaction() as session:
            session.execute(sa.insert(table).values(row))
        self.rows[table.name] = row

    def _overwrite(self, table: sa.Table) -> None:
        """Put the word into texts of rows that were made otherwise."""
        keys = list(table.primary_key)
        row = self.rows[table.name]
        words = {
            column.name: self._value(table, column)
            for column in table.columns
            if column.computed is None
            and not column.primary_key
            and not column.foreign_keys
            and isinstance(column.type, sa.String)
            and not checked(table, column.name)
            and not column.name.endswith(("_sha256", "_hash", "_index"))
            and column.name not in self.given.get(table.name, {})
            and row.get(column.name) is not None
        }
        if words:
            here = [key == row[key.name] for key in keys]
            with transaction() as session:
                session.execute(sa.update(table).where(*here).values(words))

    def _value(self, table: sa.Table, column: sa.Column[Any]) -> Any:
        for target in (each.column for each in column.foreign_keys):
            return self._pointed(table, column, target)
        if column.name in {name for one, name in loose(table) if one == "enterprise"}:
            return self.rows["enterprise"]["id"]
        if column.primary_key and isinstance(column.type, sa.Uuid):
            return new_id()
        return self._plain(table, column)

    def _pointed(self, table: sa.Table, column: sa.Column[Any], target: sa.Column[Any]) -> Any:
        if target.table is table:
            return None
        if target.table.name in self.rows:
            return self.rows[target.table.name][target.name]
        found = db.session.scalars(sa.select(target).limit(1)).first()
        db.session.rollback()
        if found is None and not column.nullable:
            # Not the person's, so nothing is planted there.
            other = Planter(OTHER, self.owner_id, self.given)
            other.rows = self.rows
            other._insert(target.table)
            found = self.rows[target.table.name][target.name]
        return found

    def _plain(self, table: sa.Table, column: sa.Column[Any]) -> Any:
        kind, word = column.type, self.word
        if isinstance(kind, sa.JSON):
            list_like = isinstance(_default(column), list)
            return [f"kata {word} di daftar"] if list_like else {"kata": f"kata {word} di sini"}
        if isinstance(kind, sa.String):
            allowed = checked(table, column.name)
            if allowed is not None:
                return allowed
            text = f"{word} {table.name}.{column.name}" if (kind.length or 999) >= 60 else word
            return text[: kind.length]
        for known, value in (
            (sa.Uuid, new_id()),
            (sa.Boolean, False),
            (sa.Float, _MEASURES.get(column.name, 1.5)),
            (sa.Integer, 1),
            (sa.Numeric, 1),
            (sa.DateTime, utc_now()),
            (sa.Date, local_today()),
            (sa.LargeBinary, word.encode()),
        ):
            if isinstance(kind, known):
                return value
        # Instants are a type of our own.
        return utc_now()


def reachable() -> Iterator[sa.Table]:
    """The tables that speak of a person, those that others point at first."""
    reached = {"owner"}
    for table in sorted(db.metadata.sorted_tables, key=_turn):
        if table.name in reached or any(target in reached for _, target in _references(table)):
            reached.add(table.name)
            yield table


def loose(table: sa.Table) -> Iterator[tuple[str, str]]:
    """The columns of a table that point at others, with or without a reference."""
    for column, target in _references(table):
        yield target, column.name


def checked(table: sa.Table, name: str) -> str | None:
    """The first of the words that a column may hold; None where it may hold any."""
    for rule in table.constraints:
        if isinstance(rule, sa.CheckConstraint):
            found = _ONE_OF.match(str(rule.sqltext))
            if found and found[1] == name:
                return found[2]
    return None


def _default(column: sa.Column[Any]) -> Any:
    made = column.default
    return made.arg(None) if made is not None and callable(getattr(made, "arg", None)) else None
