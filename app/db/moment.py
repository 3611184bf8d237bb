"""Reading many things as they are at one moment."""

from __future__ import annotations

from app.db.base import db
from app.db.engine import is_writing


def read_one_moment() -> None:
    """Let all that is read from here on, until the session ends, be of one moment.

    SQLite reads so by itself; PostgreSQL shows each statement what was committed before it.

    Raises:
        RuntimeError: within a transaction that writes.
    """
    if is_writing.get():
        raise RuntimeError("a transaction that writes is open")
    session = db.session()
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
