"""A published version of the instrument: the database itself keeps it as it is."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.core.clock import utc_now
from app.core.ids import new_id
from app.db import db
from app.db.transaction import transaction
from app.health.models import DRAFT, PUBLISHED, InstrumentVersion
from app.health.rules.instrument_draft import hash_of

COLUMNS = (
    "id, state, number, note, based_on, content, content_hash, created_at, changed_at, published_at"
)
PUT = (
    "INTO instrument_version ({columns}) SELECT {id}, 'terbit', {number}, 'x', 1, 'x', "
    "content_hash, created_at, changed_at, published_at FROM instrument_version WHERE number = 2"
)


def put(first_id: str, number: int, *, columns: str = COLUMNS) -> str:
    return PUT.format(id=first_id, number=number, columns=columns)


ON_BOTH = (
    "UPDATE instrument_version SET content = 'x' WHERE state = 'terbit'",
    "UPDATE instrument_version SET state = 'rancangan', number = NULL WHERE number = 2",
    "DELETE FROM instrument_version WHERE number = 2",
)
ANOTHER_ID = "lower(hex(randomblob(16)))"
ON_SQLITE = (
    f"REPLACE {put('id', 2)}",
    f"REPLACE {put('id', 3)}",
    f"INSERT OR REPLACE {put(ANOTHER_ID, 2)}",
    f"INSERT OR REPLACE {put(f'rowid, {ANOTHER_ID}', 3, columns=f'rowid, {COLUMNS}')}",
    f"INSERT {put('id', 2)} ON CONFLICT (number) DO UPDATE SET content = excluded.content",
    (
        "UPDATE OR REPLACE instrument_version SET state = 'terbit', number = 2 "
        "WHERE state = 'rancangan'"
    ),
    (
        "UPDATE OR REPLACE instrument_version SET id = "
        "(SELECT id FROM instrument_version WHERE number = 2) WHERE state = 'rancangan'"
    ),
)
ON_POSTGRESQL = (
    (
        f"INSERT {put('gen_random_uuid()', 2)} "
        "ON CONFLICT (number) DO UPDATE SET content = excluded.content"
    ),
    "TRUNCATE instrument_version CASCADE",
)


@pytest.fixture
def two_versions(app) -> None:
    """One that is published and a draft beside it."""
    with transaction():
        for state, number in ((PUBLISHED, 2), (DRAFT, None)):
            db.session.add(
                InstrumentVersion(
                    id=new_id(),
                    state=state,
                    number=number,
                    note=state,
                    based_on=1,
                    content="indicators: []",
                    content_hash=hash_of("indicators: []"),
                    created_at=utc_now(),
                    changed_at=utc_now(),
                    published_at=utc_now() if number else None,
                )
            )


def stored() -> list[tuple]:
    statement = select(InstrumentVersion.__table__).order_by(InstrumentVersion.id)
    # A connection of its own: one that stays open would make emptying the table wait for ever.
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(statement)]


def test_a_published_version_is_not_changed_dropped_or_replaced(two_versions):
    before = stored()
    is_sqlite = db.engine.dialect.name == "sqlite"

    for statement in (*ON_BOTH, *(ON_SQLITE if is_sqlite else ON_POSTGRESQL)):
        with (
            pytest.raises(DatabaseError, match="stays as it is"),
            db.engine.begin() as connection,
        ):
            connection.execute(text(statement))

        assert stored() == before, statement


def test_a_draft_still_changes_is_published_and_goes(two_versions):
    with transaction():
        db.session.execute(
            text("UPDATE instrument_version SET note = 'lain' WHERE state = 'rancangan'")
        )
    with transaction():
        db.session.execute(
            text(
                "UPDATE instrument_version SET state = 'terbit', number = 3 "
                "WHERE state = 'rancangan'"
            )
        )

    rows = db.session.execute(
        select(InstrumentVersion.number, InstrumentVersion.note).order_by(InstrumentVersion.number)
    ).all()
    assert [tuple(row) for row in rows] == [(2, PUBLISHED), (3, "lain")]
