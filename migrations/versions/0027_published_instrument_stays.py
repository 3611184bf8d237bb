"""a published instrument is not replaced or crowded out either"""

from __future__ import annotations

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

# SQLite's REPLACE deletes the row that stands in the way without asking the trigger of deletion;
# a draft that takes the number of a published version does the same.
_IN_ITS_WAY = (
    "EXISTS (SELECT 1 FROM instrument_version WHERE state = 'terbit' "
    "AND (id = NEW.id OR rowid = NEW.rowid OR number = NEW.number))"
)
_REFUSED = "BEGIN SELECT RAISE(ABORT, 'a published instrument stays as it is'); END"
UP = {
    "sqlite": (
        (
            "CREATE TRIGGER instrument_version_no_replace BEFORE INSERT ON instrument_version "
            f"WHEN {_IN_ITS_WAY} {_REFUSED}"
        ),
        (
            "CREATE TRIGGER instrument_version_no_crowding_out BEFORE UPDATE ON instrument_version "
            f"WHEN {_IN_ITS_WAY} {_REFUSED}"
        ),
    ),
    "postgresql": (
        (
            "CREATE TRIGGER instrument_version_no_truncate BEFORE TRUNCATE ON instrument_version "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_instrument_change()"
        ),
    ),
}
DOWN = {
    "sqlite": (
        "DROP TRIGGER instrument_version_no_crowding_out",
        "DROP TRIGGER instrument_version_no_replace",
    ),
    "postgresql": ("DROP TRIGGER instrument_version_no_truncate ON instrument_version",),
}


def upgrade() -> None:
    """Step forward."""
    for statement in UP[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Step back."""
    for statement in DOWN[op.get_bind().dialect.name]:
        op.execute(statement)
