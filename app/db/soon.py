"""Writing beside a page that is being read: at once, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Executable, text
from sqlalchemy.exc import OperationalError

from app.db.base import db

# A page does not wait longer for what it only notes: reading goes on while others write long.
PATIENCE_MS = 250


def write_soon(statement: Executable, row: Mapping[str, Any] | None = None) -> bool:
    """Run one statement in a transaction of its own, beside the reader's; says whether it could.

    It can't while others write, or when the disk is full or the database gone.
    """
    try:
        with db.engine.connect() as connection:
            _write(connection, statement, row)
    except OperationalError:
        return False
    return True


def _write(connection: Connection, statement: Executable, row: Mapping[str, Any] | None) -> None:
    if connection.dialect.name != "sqlite":
        connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_MS}ms'"))
        connection.execute(statement, row)
        connection.commit()
        return
    driver: Any = connection.connection.driver_connection
    patience = driver.execute("PRAGMA busy_timeout").fetchone()[0]
    driver.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
    try:
        connection.execute(statement, row)
        connection.commit()
    finally:
        driver.execute(f"PRAGMA busy_timeout={patience}")
