"""What the database itself keeps: the past can't be changed, words find an enterprise.

Written out and not imported from the models, because a migration says what it did then.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

UP_SQLITE = (
    (
        "CREATE TRIGGER history_entry_no_update BEFORE UPDATE ON history_entry "
        "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
    ),
    (
        "CREATE TRIGGER history_entry_no_delete BEFORE DELETE ON history_entry "
        "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
    ),
    """
CREATE VIRTUAL TABLE IF NOT EXISTS enterprise_search USING fts5(
    words, enterprise_id,
    detail = 'column', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0'
)
""",
    """
CREATE TRIGGER enterprise_search_insert AFTER INSERT ON enterprise BEGIN
    INSERT INTO enterprise_search (words, enterprise_id) VALUES (new.search_words, new.id);
END
""",
    """
CREATE TRIGGER enterprise_search_update AFTER UPDATE OF search_words ON enterprise
WHEN new.search_words <> old.search_words BEGIN
    UPDATE enterprise_search SET words = new.search_words WHERE rowid = (
        SELECT rowid FROM enterprise_search
        WHERE enterprise_search MATCH 'enterprise_id:"' || old.id || '"'
    );
END
""",
    """
CREATE TRIGGER enterprise_search_delete AFTER DELETE ON enterprise BEGIN
    DELETE FROM enterprise_search WHERE rowid = (
        SELECT rowid FROM enterprise_search
        WHERE enterprise_search MATCH 'enterprise_id:"' || old.id || '"'
    );
END
""",
    "INSERT INTO enterprise_search (words, enterprise_id) SELECT search_words, id FROM enterprise",
)
DOWN_SQLITE = (
    "DROP TRIGGER enterprise_search_delete",
    "DROP TRIGGER enterprise_search_update",
    "DROP TRIGGER enterprise_search_insert",
    "DROP TABLE enterprise_search",
    "DROP TRIGGER history_entry_no_delete",
    "DROP TRIGGER history_entry_no_update",
)
UP_POSTGRESQL = (
    (
        "CREATE OR REPLACE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$"
    ),
    (
        "CREATE TRIGGER history_entry_no_change BEFORE UPDATE OR DELETE ON history_entry "
        "FOR EACH ROW EXECUTE FUNCTION refuse_history_change()"
    ),
    (
        "CREATE INDEX ix_enterprise_search_words ON enterprise "
        "USING gin (to_tsvector('simple', search_words))"
    ),
)
DOWN_POSTGRESQL = (
    "DROP INDEX ix_enterprise_search_words",
    "DROP TRIGGER history_entry_no_change ON history_entry",
    "DROP FUNCTION refuse_history_change()",
)


def upgrade() -> None:
    """Step forward."""
    _run(UP_SQLITE, UP_POSTGRESQL)


def downgrade() -> None:
    """Step back."""
    _run(DOWN_SQLITE, DOWN_POSTGRESQL)


def _run(on_sqlite: tuple[str, ...], on_postgresql: tuple[str, ...]) -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in on_sqlite if is_sqlite else on_postgresql:
        op.get_bind().exec_driver_sql(statement)
