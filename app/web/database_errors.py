"""What went wrong with the database or the disk, as far as a page can say it.

In each of these cases nothing of the request was saved.
"""

from __future__ import annotations

import errno
from enum import Enum

from sqlalchemy.exc import DBAPIError

# SQLSTATE of PostgreSQL: no room; the server stops, starts or is gone; two that waited for each
# other, of which one had to give way.
_FULL_STATES = frozenset({"53100"})
_GONE_STATES = frozenset({"57P01", "57P02", "57P03", "57P05", "53300", "08000", "08003", "08006"})
_TURN_STATES = frozenset({"40001", "40P01"})
_BUSY_STATES = frozenset({"55P03"})
_FULL_WORDS = ("database or disk is full", "disk i/o error")
_BUSY_WORDS = ("database is locked", "database table is locked", "database schema is locked")
_GONE_WORDS = (
    "connection failed",
    "connection is bad",
    "connection refused",
    "consuming input failed",
    "could not connect",
    "connection is lost",
    "server closed the connection",
    "the connection is closed",
    "terminating connection",
    "unable to open database file",
)
_FULL_NUMBERS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Trouble(Enum):
    """What can be told of a failure, and for which there is hope."""

    BUSY = "busy"
    # Two transactions waited for each other and this one had to give way: it may run again.
    TURN = "turn"
    FULL = "full"
    GONE = "gone"


def trouble_of(error: BaseException) -> Trouble | None:
    """What kind of trouble this is; None for a fault of the program."""
    if isinstance(error, OSError):
        return Trouble.FULL if error.errno in _FULL_NUMBERS else None
    if not isinstance(error, DBAPIError):
        return None
    state = str(getattr(error.orig, "sqlstate", None) or "")
    words = str(error.orig).lower()
    if state in _FULL_STATES or _says(words, _FULL_WORDS):
        return Trouble.FULL
    if state in _TURN_STATES:
        return Trouble.TURN
    if state in _BUSY_STATES or _says(words, _BUSY_WORDS):
        return Trouble.BUSY
    if error.connection_invalidated or state in _GONE_STATES or _says(words, _GONE_WORDS):
        return Trouble.GONE
    return None


def _says(words: str, known: tuple[str, ...]) -> bool:
    return any(one in words for one in known)
