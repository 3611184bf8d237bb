"""Which failures of database and disk are told to people as what they are."""

from __future__ import annotations

import errno
import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from app.web.database_errors import Trouble, trouble_of


def wrapped(error: Exception, *, is_lost: bool = False) -> OperationalError:
    return OperationalError("SELECT 1", {}, error, connection_invalidated=is_lost)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (wrapped(sqlite3.OperationalError("database is locked")), Trouble.BUSY),
        (wrapped(sqlite3.OperationalError("database or disk is full")), Trouble.FULL),
        (wrapped(sqlite3.OperationalError("disk I/O error")), Trouble.FULL),
        (wrapped(sqlite3.OperationalError("unable to open database file")), Trouble.GONE),
        (wrapped(psycopg.errors.DiskFull("could not extend file")), Trouble.FULL),
        (wrapped(psycopg.errors.LockNotAvailable("timeout")), Trouble.BUSY),
        (wrapped(psycopg.errors.DeadlockDetected("deadlock")), Trouble.TURN),
        (wrapped(psycopg.errors.SerializationFailure("again")), Trouble.TURN),
        (wrapped(psycopg.errors.AdminShutdown("terminating")), Trouble.GONE),
        (wrapped(psycopg.errors.CannotConnectNow("starting up")), Trouble.GONE),
        (wrapped(psycopg.OperationalError("connection failed: refused")), Trouble.GONE),
        (wrapped(Exception("anything"), is_lost=True), Trouble.GONE),
        (OSError(errno.ENOSPC, "No space left on device"), Trouble.FULL),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), Trouble.FULL),
        (OSError(errno.EFBIG, "File too large"), Trouble.FULL),
    ],
)
def test_troubles_that_pass_are_known(error, trouble):
    assert trouble_of(error) is trouble


@pytest.mark.parametrize(
    "error",
    [
        wrapped(sqlite3.OperationalError("no such column: nik")),
        ProgrammingError("SELECT 1", {}, psycopg.errors.UndefinedColumn("nik")),
        IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE constraint failed")),
        OSError(errno.ENOENT, "No such file"),
        PermissionError(errno.EACCES, "Permission denied"),
        RuntimeError("database is locked"),
    ],
)
def test_faults_of_the_program_are_not_taken_for_trouble(error):
    assert trouble_of(error) is None
