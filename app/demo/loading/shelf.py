"""Rows of one slice, by table, waiting to be written in the order in which tables depend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Table

from app.core.clock import LOCAL_ZONE
from app.db.upsert import bulk_insert

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
                counts[table.name] += bulk_insert(table, rows)
        return counts


def key_at(chance: Random, instant: datetime) -> UUID:
    """A UUID of version 7 for an instant, from a seed, so that the same world has the same keys."""
    milliseconds = int(instant.timestamp() * 1000)
    high, low = chance.getrandbits(12), chance.getrandbits(62)
    return UUID(int=(milliseconds << 80) | _VERSION_7 | (high << 64) | _VARIANT | low)


def at_work(chance: Random, day: date, *, latest: datetime | None = None) -> datetime:
    """An instant between 8 and 16 o'clock local time of a day, but not after `latest`."""
    minutes = 8 * 60 + chance.randrange(8 * 60)
    instant = datetime.combine(day, time(), tzinfo=LOCAL_ZONE) + timedelta(minutes=minutes)
    instant = instant.astimezone(UTC)
    return min(instant, latest) if latest is not None else instant
