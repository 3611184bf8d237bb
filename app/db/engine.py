"""How SQLite is opened, so that both engines behave the same.

The order of the pragmas matters (waiting before switching to WAL). `synchronous=FULL` because
what was acknowledged must survive a power cut.
"""

from __future__ import annotations

import sqlite3
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

BUSY_TIMEOUT_MS = 8000
BULK_CACHE_KIB = 64_000
BULK_CHECKPOINT_PAGES = 4_000

is_writing: ContextVar[bool] = ContextVar("is_writing", default=False)


@event.listens_for(Engine, "connect")
def _open_sqlite(dbapi_connection: Any, _record: Any) -> None:
    if not isinstance(dbapi_connection, sqlite3.Connection):
        return
    # The driver must not begin transactions by itself: we say which kind, in `_begin`.
    dbapi_connection.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        dbapi_connection.execute(f"PRAGMA {pragma}")


def make_room(session: Session) -> None:
    """Let SQLite hold more of the file in memory on this connection, for a long bulk write.

    With its usual 2 MB the pages of the indexes are read and written again and again. Outside a
    transaction; PostgreSQL has its own settings.
    """
    if session.get_bind().dialect.name != "sqlite":
        return
    driver: Any = session.connection().connection.driver_connection
    driver.execute(f"PRAGMA cache_size=-{BULK_CACHE_KIB}")
    driver.execute(f"PRAGMA wal_autocheckpoint={BULK_CHECKPOINT_PAGES}")
    session.rollback()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name != "sqlite" or _driver_begins(connection):
        return
    # A reader that turns writer fails at once with "database is locked", whatever the time-out;
    # so a transaction that will write takes the lock from its first statement.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing.get() else "BEGIN")


def _driver_begins(connection: Connection) -> bool:
    # The job engine opens its own connections and lets the driver begin on them.
    driver_connection: Any = connection.connection.dbapi_connection
    begins: bool = driver_connection.isolation_level is not None
    return begins
