"""Rows of one slice, by table, waiting to be written in the order in which tables depend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Table

from app.db.upsert import bulk_copy

# Western Indonesia is seven hours ahead, without summer time.
_EIGHT_IN_UTC, _WORKING_MINUTES = 1, 8 * 60
_VERSION_7, _VARIANT = 0x7 << 76, 0x2 << 62


class Shelf:
    """Collects rows; `write` sends them. All rows of a table have the same columns."""

    def __init__(self, order: tuple[Table, ...]) -> None:
        self._rows: dict[Table, list[Mapping[str, Any]]] = {table: [] for table in order}

    def add(self, table: Table, row: Mapping[str, Any]) -> None:
        """Put a row of that table down."""
        self._rows[table].append(row)

    def rows(self, table: Table) -> list[Mapping[str, Any]]:
        """The rows of a table so far."""
        return self._rows[table]

    def write(self) -> Counter[str]:
        """Insert everything within the open transaction; give the number of rows by table."""
        counts: Counter[str] = Counter()
        for table, rows in self._rows.items():
            if rows:
                # In the order of their keys, so that an index grows at its end.
                name = next(iter(table.primary_key)).name
                rows.sort(key=lambda row: row[name])
                counts[table.name] += bulk_copy(table, rows)
        return counts


def key_at(chance: Random, instant: datetime) -> UUID:
    """A UUID of version 7 for an instant, from a seed, so that the same world has the same keys."""
    milliseconds = int(instant.timestamp() * 1000)
    high, low = chance.getrandbits(12), chance.getrandbits(62)
    return UUID(int=(milliseconds << 80) | _VERSION_7 | (high << 64) | _VARIANT | low)


def at_work(chance: Random, day: date) -> datetime:
    """An instant between 8 and 16 o'clock of a local day."""
    return datetime(day.year, day.month, day.day, _EIGHT_IN_UTC, tzinfo=UTC) + timedelta(
        minutes=int(chance.random() * _WORKING_MINUTES)
    )
