"""The one place that commits. Edges open it; a use case is whole or absent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.db.base import db
from app.db.constraints import translated
from app.db.engine import is_writing

AtCommit = Callable[[Session], None]
# What belongs to the open transaction only: callbacks for its end, and what they will write.
_AT_COMMIT = "pulih_at_commit"
_GATHERED = "pulih_gathered"


@contextmanager
def transaction() -> Iterator[Session]:
    """Open the write transaction of one use case; commit at its end, roll back on any error.

    Whatever was read before is expired, so that decisions inside rest on what is true inside.

    Raises:
        RuntimeError: opened within another one, or with unsaved changes lying in the session.
        PulihError: a named constraint was violated that somebody gave a meaning.
    """
    session = db.session()
    if is_writing.get():
        raise RuntimeError("a transaction is already open")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changes were made outside a transaction")
    # Ends the reading transaction, if there is one, and expires what it read.
    session.commit()
    token = is_writing.set(True)
    try:
        yield session
        session.flush()
        for callback in session.info.pop(_AT_COMMIT, {}).values():
            callback(session)
        session.commit()
    except IntegrityError as error:
        session.rollback()
        raise translated(error) from error
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(_AT_COMMIT, None)
        session.info.pop(_GATHERED, None)
        is_writing.reset(token)


@contextmanager
def attempt() -> Iterator[None]:
    """A part of the open transaction that may fail by itself: all of it is undone, and no more.

    What was gathered within it (history, above all) goes too.

    Raises:
        PulihError: a named constraint was violated that somebody gave a meaning.
    """
    session = db.session()
    lists: dict[str, list[Any]] = session.info.setdefault(_GATHERED, {})
    lengths = {key: len(found) for key, found in lists.items()}
    try:
        with session.begin_nested():
            yield
            session.flush()
    except BaseException as error:
        for key, found in lists.items():
            del found[lengths.get(key, 0) :]
        if isinstance(error, IntegrityError):
            raise translated(error) from error
        raise


def at_commit(key: str, callback: AtCommit) -> None:
    """Run `callback` as the last step before the commit, once per `key` and transaction."""
    if not is_writing.get():
        raise RuntimeError("no transaction is open")
    db.session().info.setdefault(_AT_COMMIT, {}).setdefault(key, callback)


def gathered(key: str) -> list[Any]:
    """A list that lives as long as the open transaction, for a callback to write at its end."""
    if not is_writing.get():
        raise RuntimeError("no transaction is open")
    found: list[Any] = db.session().info.setdefault(_GATHERED, {}).setdefault(key, [])
    return found
