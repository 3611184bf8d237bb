"""The database itself refuses to change, drop or replace a published version of the instrument."""

from __future__ import annotations

from sqlalchemy import FromClause

from app.db.triggers import made_with

_REFUSED = "BEGIN SELECT RAISE(ABORT, 'a published instrument stays as it is'); END"
# SQLite's REPLACE deletes the row in its way without asking the trigger of deletion; a draft can
# come into the way of a published version by its id or its number.
_IN_ITS_WAY = (
    "EXISTS (SELECT 1 FROM instrument_version WHERE state = 'terbit' "
    "AND (id = NEW.id OR rowid = NEW.rowid OR number = NEW.number))"
)
_ON_SQLITE = (
    *(
        f"CREATE TRIGGER instrument_version_no_{what} BEFORE {what.upper()} ON instrument_version "
        f"WHEN old.state = 'terbit' {_REFUSED}"
        for what in ("update", "delete")
    ),
    *(
        f"CREATE TRIGGER instrument_version_{name} BEFORE {what} ON instrument_version "
        f"WHEN {_IN_ITS_WAY} {_REFUSED}"
        for name, what in (("no_replace", "INSERT"), ("no_crowding_out", "UPDATE"))
    ),
)
_ON_POSTGRESQL = (
    (
        "CREATE OR REPLACE FUNCTION refuse_instrument_change() RETURNS trigger "
        "LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a published instrument stays as it is'; END $$"
    ),
    (
        "CREATE TRIGGER instrument_version_no_change BEFORE UPDATE OR DELETE ON "
        "instrument_version FOR EACH ROW WHEN (old.state = 'terbit') "
        "EXECUTE FUNCTION refuse_instrument_change()"
    ),
    (
        "CREATE TRIGGER instrument_version_no_truncate BEFORE TRUNCATE ON instrument_version "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_instrument_change()"
    ),
)


def keep_published(table: FromClause) -> None:
    """Have the triggers made with the table, on both engines."""
    made_with(table, sqlite=_ON_SQLITE, postgresql=_ON_POSTGRESQL)
