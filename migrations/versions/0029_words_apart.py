"""Words of the history lie apart from it, so that they can be forgotten."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

FORGETTING = (
    "NEW.n = OLD.n AND OLD.erased_on IS NULL AND NEW.erased_on IS NOT NULL "
    "AND NEW.salt IS NULL AND NEW.words IS NULL"
)
ON_SQLITE = "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
ON_POSTGRESQL = "EXECUTE FUNCTION refuse_history_change()"


def upgrade() -> None:
    """Step forward."""
    op.add_column("history_entry", sa.Column("words_hash", sa.String(64)))
    op.create_table(
        "history_words",
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("words", sa.Text()),
        sa.Column("erased_on", sa.Date()),
        sa.CheckConstraint(
            "(salt IS NULL) = (words IS NULL) AND (words IS NULL) = (erased_on IS NOT NULL)",
            name=op.f("ck_history_words_there_or_erased"),
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_history_words")),
    )
    if _is_sqlite():
        _refuse_on_sqlite()
    else:
        _refuse_on_postgresql()


def downgrade() -> None:
    """Step back; not with words, whose rows could not be verified any more."""
    held = sa.select(sa.func.count()).select_from(sa.table("history_words"))
    if op.get_bind().scalar(held):
        raise RuntimeError("history_words is not empty: restore a backup instead")
    op.drop_table("history_words")
    op.drop_column("history_entry", "words_hash")


def _refuse_on_sqlite() -> None:
    _run(
        "CREATE TRIGGER history_words_no_update BEFORE UPDATE ON history_words "
        f"WHEN NOT ({FORGETTING}) {ON_SQLITE}",
        f"CREATE TRIGGER history_words_no_delete BEFORE DELETE ON history_words {ON_SQLITE}",
        "CREATE TRIGGER history_words_no_replace BEFORE INSERT ON history_words WHEN EXISTS "
        f"(SELECT 1 FROM history_words WHERE n = NEW.n OR rowid = NEW.rowid) {ON_SQLITE}",
    )


def _refuse_on_postgresql() -> None:
    _run(
        "CREATE TRIGGER history_words_no_update BEFORE UPDATE ON history_words FOR EACH ROW "
        f"WHEN (NOT ({FORGETTING})) {ON_POSTGRESQL}",
        "CREATE TRIGGER history_words_no_delete BEFORE DELETE ON history_words FOR EACH ROW "
        f"{ON_POSTGRESQL}",
        "CREATE TRIGGER history_words_no_truncate BEFORE TRUNCATE ON history_words "
        f"FOR EACH STATEMENT {ON_POSTGRESQL}",
    )


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _run(*statements: str) -> None:
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)
