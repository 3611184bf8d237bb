"""Forgetting who saw whom after five years: only that, and only by the owner of the tables."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import DatabaseError

from app.core.clock import utc_now
from app.core.errors import NotAllowed
from app.core.ids import new_id
from app.db import db
from app.db.transaction import transaction
from app.history.models import HistoryEntry, ReadEntry
from app.history.services import forget_reads, verify

YEAR = timedelta(days=365)
ROLE = "serves_pages_only"


def seen(*ages):
    """Lines of the log of readings, this long ago."""
    rows = [
        {
            "id": new_id(),
            "at": utc_now() - age,
            "account_id": new_id(),
            "kind": "page",
            "shown_count": 1,
        }
        for age in ages
    ]
    with transaction():
        db.session.execute(insert(ReadEntry), rows)


def ages():
    found = db.session.scalars(select(ReadEntry.at)).all()
    return sorted(round((utc_now() - at) / YEAR) for at in found)


class PowerCutError(Exception):
    """The machine stops."""


def broken_off():
    with transaction():
        forget_reads(before=utc_now())
        raise PowerCutError


def forget_as(role):
    with transaction():
        db.session.execute(text(f"SET LOCAL ROLE {role}"))
        forget_reads(before=utc_now())


def forget(app):
    return app.test_cli_runner().invoke(args=["history", "forget-reads"])


def test_only_what_is_older_than_five_years_is_forgotten(app):
    seen(YEAR, 4 * YEAR, 6 * YEAR, 7 * YEAR)

    first, second = forget(app), forget(app)

    assert first.output.startswith("2 catatan sebelum ")
    assert second.output.startswith("0 catatan sebelum ")
    assert ages() == [1, 4]


def test_forgetting_leaves_a_line_in_the_history_and_the_refusal_to_delete(app):
    seen(YEAR, 6 * YEAR)
    forget(app)

    with pytest.raises(DatabaseError, match="append-only"), transaction():
        db.session.execute(delete(ReadEntry))
    with pytest.raises(DatabaseError, match="append-only"), transaction():
        db.session.execute(text("UPDATE read_entry SET shown_count = 9"))

    noted = db.session.scalars(select(HistoryEntry)).one()
    assert (noted.action, noted.changes) == ("reads.forgotten", {"count": [None, 1]})
    assert ages() == [1]
    assert verify(anchors=[]).is_whole


def test_what_breaks_off_puts_the_refusal_back(app):
    seen(6 * YEAR)

    with pytest.raises(PowerCutError):
        broken_off()

    assert ages() == [6]
    with pytest.raises(DatabaseError, match="append-only"), transaction():
        db.session.execute(delete(ReadEntry))


def test_a_role_that_serves_pages_may_not(app):
    seen(6 * YEAR)
    if db.engine.dialect.name == "sqlite":
        # No roles there: whoever writes the file owns it, and the command works.
        assert forget(app).exit_code == 0
        return
    with db.engine.begin() as connection:
        connection.execute(text(f"DROP ROLE IF EXISTS {ROLE}"))
        connection.execute(text(f"CREATE ROLE {ROLE}"))
        connection.execute(text(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {ROLE}"))

    with pytest.raises(NotAllowed, match="not_table_owner"):
        forget_as(ROLE)

    assert ages() == [6]
    with db.engine.begin() as connection:
        connection.execute(text(f"DROP OWNED BY {ROLE}"))
        connection.execute(text(f"DROP ROLE {ROLE}"))
