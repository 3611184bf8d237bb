"""Which version of the schema the code was written for, and which one the database has."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic.script import ScriptDirectory

_MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


class SchemaStale(Exception):
    """The database has another version of the schema than the code. The text says what to do."""

    def __init__(self, present: str) -> None:
        super().__init__(
            f"Skema basis data ({present or 'belum ada'}) lain dari yang dipakai program ini "
            f"({expected_revision()}). Jalankan: flask db upgrade. Bila skemanya lebih baru, "
            "pasang program yang sesuai."
        )
        self.present = present


@cache
def known_revisions() -> tuple[str, ...]:
    """The versions that our migrations make, the newest first."""
    return tuple(one.revision for one in ScriptDirectory(str(_MIGRATIONS)).walk_revisions())


def expected_revision() -> str:
    """The version that the newest migration makes."""
    return known_revisions()[0]


def present_revision(connection: sa.Connection) -> str:
    """The version of this database; empty where no migration ever ran."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return ""
    return connection.scalar(sa.text("SELECT version_num FROM alembic_version")) or ""


def check_schema(engine: sa.Engine) -> None:
    """See that the database is what the code was written for.

    Raises:
        SchemaStale: it is older or newer.
    """
    with engine.connect() as connection:
        present = present_revision(connection)
    if present != expected_revision():
        raise SchemaStale(present)
