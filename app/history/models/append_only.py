"""Tables in which the database itself refuses to change or drop what is written.

Who owns the tables can take the triggers away; the role that serves pages doesn't own them and
has no right to (see deploy/postgresql-roles.sql).
"""

from __future__ import annotations

from sqlalchemy import Connection, FromClause

from app.db.triggers import made_with

REFUSAL = (
    "CREATE OR REPLACE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$"
)
_REFUSED = "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
# All that an erasure does to words: they go, and the day of that comes.
_FORGETTING = (
    "NEW.n = OLD.n AND OLD.erased_on IS NULL AND NEW.erased_on IS NOT NULL "
    "AND NEW.salt IS NULL AND NEW.words IS NULL"
)


def refuse_changes(table: FromClause) -> None:
    """Have the triggers made with the table, on both engines."""
    name = str(getattr(table, "name", ""))
    key = next(iter(table.primary_key)).name
    made_with(
        table,
        sqlite=(*_on_sqlite(name), _no_replacing(name, key)),
        postgresql=(REFUSAL, *_on_postgresql(name)),
    )


def refuse_all_but_forgetting(table: FromClause) -> None:
    """Have triggers that let words go from a row once, for a day that is kept, and nothing else."""
    name = str(getattr(table, "name", ""))
    made_with(
        table,
        sqlite=(*_on_sqlite(name, but=_FORGETTING), _no_replacing(name, "n")),
        postgresql=(REFUSAL, *_forgetting_on_postgresql(name)),
    )


def lift_refusal(connection: Connection, table: str) -> None:
    """Let rows be deleted until `refuse_again`, which must come before the commit.

    Only the owner of the table can; others of this moment wait.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"DROP TRIGGER {table}_no_delete")
    else:
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_change")


def refuse_again(connection: Connection, table: str) -> None:
    """Put the refusal back that `lift_refusal` took away."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_on_sqlite(table)[1])
    else:
        connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_change")


def _on_sqlite(table: str, *, but: str = "") -> list[str]:
    """Refuse changes, `but` for those that meet a condition, and deletions."""
    unless = f"WHEN NOT ({but}) " if but else ""
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {unless}{_REFUSED}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {_REFUSED}",
    ]


def _no_replacing(table: str, key: str) -> str:
    """REPLACE deletes the row in its way without asking the trigger of deletion."""
    in_its_way = f"SELECT 1 FROM {table} WHERE {key} = NEW.{key} OR rowid = NEW.rowid"  # noqa: S608
    return (
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS ({in_its_way}) {_REFUSED}"
    )


def _on_postgresql(table: str) -> list[str]:
    refused = "EXECUTE FUNCTION refuse_history_change()"
    change, truncate = f"{table}_no_change", f"{table}_no_truncate"
    return [
        f"CREATE TRIGGER {change} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {refused}",
        f"CREATE TRIGGER {truncate} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refused}",
    ]


def _forgetting_on_postgresql(table: str) -> list[str]:
    refused = "EXECUTE FUNCTION refuse_history_change()"
    return [
        (
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW "
            f"WHEN (NOT ({_FORGETTING})) {refused}"
        ),
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refused}",
        (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT {refused}"
        ),
    ]
