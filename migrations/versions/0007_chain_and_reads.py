"""The past is chained by hashes, can't be emptied, and what is seen of people is noted.

The hash is written out and not imported, because a migration says what it did then.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

AT_ONCE = 5000
ENTRY = sa.table(
    "history_entry",
    sa.column("n", sa.BigInteger),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("account_id", sa.Uuid),
    sa.column("action", sa.String),
    sa.column("subject_type", sa.String),
    sa.column("subject_id", sa.Uuid),
    sa.column("enterprise_id", sa.Uuid),
    sa.column("area_code", sa.String),
    sa.column("origin", sa.String),
    sa.column("changes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
    sa.column("note", sa.String),
    sa.column("prev_hash", sa.String),
    sa.column("hash", sa.String),
)
COUNTER = sa.table("history_counter", sa.column("last_hash", sa.String))
COVERED = [column for column in ENTRY.c if column.name not in ("prev_hash", "hash")]
ON_SQLITE = {
    table: [
        f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
        for what in ("UPDATE", "DELETE")
    ]
    for table in ("history_entry", "read_entry")
}
NO_CHANGE = (
    "CREATE TRIGGER {0}_no_change BEFORE UPDATE OR DELETE ON {0} "
    "FOR EACH ROW EXECUTE FUNCTION refuse_history_change()"
)
NO_TRUNCATE = (
    "CREATE TRIGGER {0}_no_truncate BEFORE TRUNCATE ON {0} "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change()"
)


def upgrade() -> None:
    """Step forward."""
    op.add_column("history_entry", sa.Column("origin", sa.String(45)))
    op.add_column("history_entry", sa.Column("prev_hash", sa.String(64)))
    op.add_column("history_entry", sa.Column("hash", sa.String(64)))
    op.add_column("history_counter", sa.Column("last_hash", sa.String(64)))
    op.create_index("ix_history_entry_account_id_n", "history_entry", ["account_id", "n"])
    op.create_index("ix_history_entry_area_code_n", "history_entry", ["area_code", "n"])
    _make_read_entry()
    _allow_changes()
    _chain()
    _refuse_changes()


def downgrade() -> None:
    """Step back."""
    if _is_sqlite():
        _run("DROP TRIGGER read_entry_no_delete", "DROP TRIGGER read_entry_no_update")
    else:
        _run("DROP TRIGGER history_entry_no_truncate ON history_entry")
    op.drop_table("read_entry")
    op.drop_index("ix_history_entry_area_code_n", "history_entry")
    op.drop_index("ix_history_entry_account_id_n", "history_entry")
    op.drop_column("history_counter", "last_hash")
    for name in ("hash", "prev_hash", "origin"):
        op.drop_column("history_entry", name)


def _make_read_entry() -> None:
    op.create_table(
        "read_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("endpoint", sa.String(80)),
        sa.Column("subject_type", sa.String(40)),
        sa.Column("subject_id", sa.Uuid()),
        sa.Column("shown_count", sa.Integer(), nullable=False),
        sa.Column("enterprises", sa.LargeBinary()),
        sa.Column("owners", sa.LargeBinary()),
        sa.Column("facts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
        sa.Column("note", sa.String(300)),
        sa.Column("origin", sa.String(45)),
        sa.CheckConstraint(
            "kind IN ('page', 'list', 'nik', 'search', 'export')",
            name=op.f("ck_read_entry_kind_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_entry")),
    )
    op.create_index("ix_read_entry_account_id_at", "read_entry", ["account_id", "at"])
    op.create_index("ix_read_entry_subject_id_at", "read_entry", ["subject_id", "at"])
    op.create_index("ix_read_entry_kind_at", "read_entry", ["kind", "at"])


def _allow_changes() -> None:
    if _is_sqlite():
        _run("DROP TRIGGER history_entry_no_update", "DROP TRIGGER history_entry_no_delete")
    else:
        _run("DROP TRIGGER history_entry_no_change ON history_entry")


def _refuse_changes() -> None:
    if _is_sqlite():
        _run(*ON_SQLITE["history_entry"], *ON_SQLITE["read_entry"])
        return
    for table in ("history_entry", "read_entry"):
        _run(NO_CHANGE.format(table), NO_TRUNCATE.format(table))


def _chain() -> None:
    """Give the rows that are there their hashes, in the order of their numbers."""
    connection = op.get_bind()
    key = sa.bindparam("key", type_=sa.BigInteger)
    link = (
        sa.update(ENTRY)
        .where(ENTRY.c.n == key)
        .values(prev_hash=sa.bindparam("before"), hash=sa.bindparam("own"))
    )
    last_n, last_hash = 0, "0" * 64
    while rows := connection.execute(
        sa.select(*COVERED).where(ENTRY.c.n > last_n).order_by(ENTRY.c.n).limit(AT_ONCE)
    ).all():
        links = []
        for row in rows:
            own = row_hash(last_hash, row)
            links.append({"key": row.n, "before": last_hash, "own": own})
            last_n, last_hash = row.n, own
        connection.execute(link, links)
    if last_n:
        connection.execute(sa.update(COUNTER).values(last_hash=last_hash))


def row_hash(previous: str, row: Any) -> str:
    """Version 1 of the hash."""
    at = row.at.replace(tzinfo=UTC) if row.at.tzinfo is None else row.at.astimezone(UTC)
    told = ""
    if row.changes is not None or row.note is not None:
        told = json.dumps(
            [None if row.changes is None else settled(row.changes), row.note],
            sort_keys=True,
            separators=(",", ":"),
        )
    account, subject, enterprise = (
        "" if key is None else key.hex
        for key in (row.account_id, row.subject_id, row.enterprise_id)
    )
    text = (
        f"1|{previous}|{row.n}|{at.isoformat()}|{account}|{row.action}|{row.subject_type}"
        f"|{subject}|{enterprise}|{row.area_code}|{row.origin}|{told}"
    )
    return hashlib.sha256(text.encode()).hexdigest()


def settled(value: Any) -> Any:
    """A JSON value as every database gives it back."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, dict):
        return {key: settled(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [settled(inner) for inner in value]
    return value


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _run(*statements: str) -> None:
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)
