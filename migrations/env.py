"""How migrations run: on the application's own engine, alone, whole or not at all."""

from __future__ import annotations

from collections.abc import MutableSequence
from typing import Any, Literal

from alembic import context
from alembic.operations import MigrationScript
from flask import current_app
from sqlalchemy import JSON, Connection, Engine, MetaData, text

from app.db.columns import UTCDateTime
from app.db.engine import is_writing
from app.jobs import prepare_job_tables

# The job engine looks after its own tables. On SQLite they lie beside ours.
JOB_ENGINE_TABLES = frozenset(
    {
        "application_versions",
        "dbos_migrations",
        "event_dispatch_kv",
        "notifications",
        "operation_outputs",
        "queues",
        "streams",
        "workflow_events",
        "workflow_events_history",
        "workflow_input",
        "workflow_inputs",
        "workflow_output",
        "workflow_schedules",
        "workflow_status",
    }
)
# A search index of SQLite is a virtual table with shadow tables of its own.
SEARCH_INDEX_MARK = "_search"
# On PostgreSQL it is an index over an expression, which is not compared.
SEARCH_INDEXES = frozenset({"ix_enterprise_search_words"})
# Any fixed number: two upgrades of one database wait for each other.
LOCK = 7_485_412


def is_ours(thing: Any, name: str | None, kind: str, reflected: bool, _other: Any) -> bool:
    """Whether migrations speak of this table, index or column."""
    table = name if kind == "table" else getattr(getattr(thing, "table", None), "name", None)
    if table in JOB_ENGINE_TABLES or (kind == "index" and name in SEARCH_INDEXES):
        return False
    if not reflected or table is None:
        return True
    # Reflected but unknown to the models: a search index, or something that was forgotten.
    return table in metadata().tables or SEARCH_INDEX_MARK not in table


def drop_empty(_c: Any, _revision: Any, scripts: MutableSequence[MigrationScript]) -> None:
    """Write no migration file when nothing changed."""
    asked = getattr(context.config.cmd_opts, "autogenerate", False)
    operations = scripts[0].upgrade_ops
    if asked and operations and operations.is_empty():
        scripts.clear()


def as_plain_type(kind: str, thing: Any, autogenerate: Any) -> str | Literal[False]:
    """Write our own column types as what the database sees: migrations import nothing of ours."""
    if kind == "type" and isinstance(thing, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, JSON):
        autogenerate.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def metadata() -> MetaData:
    """The tables of the models."""
    found: MetaData = current_app.extensions["migrate"].db.metadata
    return found


def engine() -> Engine:
    """The application's engine."""
    found: Engine = current_app.extensions["migrate"].db.engine
    return found


def run(connection: Connection) -> None:
    """Run what was asked for in one transaction."""
    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:
        # Changing a table there means making it anew, which must not set off its references.
        # The switch is of no effect inside a transaction, so it goes past SQLAlchemy.
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
    context.configure(
        connection=connection,
        target_metadata=metadata(),
        include_object=is_ours,
        render_item=as_plain_type,
        process_revision_directives=drop_empty,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        if on_sqlite:
            run_and_check(connection)
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            context.run_migrations()
    if on_sqlite:
        # In the transaction that reading has begun meanwhile the switch would be of no effect:
        # the next connection opens with references on.
        connection.invalidate()


def run_and_check(connection: Connection) -> None:
    """Run on SQLite, and see that no reference points nowhere afterwards."""
    context.run_migrations()
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"references that point nowhere: {broken[:5]}")


def run_online() -> None:
    """Run on the application's database; after an upgrade bring the job engine's tables along."""
    token = is_writing.set(True)
    try:
        with engine().connect() as connection:
            run(connection)
    finally:
        is_writing.reset(token)
    if getattr(context.get_context().opts.get("fn"), "__name__", "") == "upgrade":
        prepare_job_tables(engine())


if context.is_offline_mode():
    raise RuntimeError("migrations run on a database, not as a script of SQL")
run_online()
