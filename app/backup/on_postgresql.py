"""The database of a backup on PostgreSQL: every table as COPY text, all of one moment.

No program of PostgreSQL's is needed, because the driver speaks COPY. The texts are what
`pg_dump --data-only` writes, so `psql` can load one by hand. The schema is not kept: our own
migrations make it, at the version that the backup names.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, text

from app.backup.contents import DATABASE, Member, TableFacts
from app.backup.sealed_file import BackupBroken

_PIECE = 1024 * 1024
# Above this a table waits on the disk, unlinked, and not in memory.
_IN_MEMORY = 8 * 1024 * 1024
# What values look like in text must not hang on the server's settings.
_PLAIN = (
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL intervalstyle = 'postgres'",
    "SET LOCAL extra_float_digits = 3",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL client_encoding = 'UTF8'",
)
_TABLES = """
SELECT n.nspname || '.' || c.relname AS name,
    array_agg(quote_ident(a.attname) ORDER BY a.attnum)
        FILTER (WHERE a.attgenerated = '') AS columns
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind = 'r' AND n.nspname IN ('public', 'dbos')
    AND c.relname <> 'alembic_version' AND c.relname NOT LIKE '%migrations'
GROUP BY 1 ORDER BY 1
"""
# By the primary key, text in the order of its bytes, so that two servers write the same.
_KEY = """
SELECT string_agg(
    quote_ident(a.attname) || CASE WHEN t.typcategory = 'S' THEN ' COLLATE "C"' ELSE '' END,
    ', ' ORDER BY array_position(i.indkey::int2[], a.attnum))
FROM pg_index i
JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[])
JOIN pg_type t ON t.oid = a.atttypid
WHERE i.indisprimary AND i.indrelid = CAST(:name AS regclass)
"""
_REFERENCES = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
FROM pg_constraint
WHERE contype = 'f' AND conparentid = 0
    AND connamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'dbos'))
ORDER BY 1, 2
"""
_SEQUENCES = """
SELECT n.nspname || '.' || c.relname, a.attname,
    pg_get_serial_sequence(n.nspname || '.' || quote_ident(c.relname), a.attname)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind = 'r' AND n.nspname IN ('public', 'dbos')
    AND pg_get_serial_sequence(n.nspname || '.' || quote_ident(c.relname), a.attname) IS NOT NULL
"""


class Snapshot:
    """The database as it was when the connection's transaction began."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.revision = revision(connection)
        self.tables = table_facts(connection)

    def members(self) -> Iterator[Member]:
        """A text for each table."""
        for name, facts in self.tables.items():
            with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
                for piece in _copied(self._connection, name, facts):
                    spool.write(piece)
                size = spool.tell()
                spool.seek(0)
                yield f"{DATABASE}{name}.copy", spool, size


@contextmanager
def snapshot(engine: Engine, _scratch: Path) -> Iterator[Snapshot]:
    """The database as it is now; others go on writing meanwhile."""
    steady = engine.execution_options(isolation_level="REPEATABLE READ")
    with steady.connect() as connection:
        _run(connection, "SET TRANSACTION READ ONLY")
        _speak_plainly(connection)
        yield Snapshot(connection)


def revision(connection: Connection) -> str:
    """The schema's version; empty in a database without tables."""
    if connection.scalar(text("SELECT to_regclass('public.alembic_version')")) is None:
        return ""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def table_facts(connection: Connection) -> dict[str, TableFacts]:
    """The tables that hold data. Generated columns are left to the database."""
    return {
        row.name: TableFacts(
            columns=list(row.columns),
            rows=connection.scalar(text(f"SELECT count(*) FROM {row.name}")),  # noqa: S608
        )
        for row in connection.execute(text(_TABLES))
    }


def is_empty(engine: Engine) -> bool:
    """Whether there is nothing that a restored database would replace."""
    with engine.connect() as connection:
        tables = table_facts(connection)
    return not any(
        facts.rows for name, facts in tables.items() if name in ("public.account", "public.owner")
    )


class Load:
    """Fills the tables of a fresh schema in one transaction.

    References and triggers are set aside meanwhile; putting the references back checks them all.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._digests: dict[str, str] = {}
        _speak_plainly(connection)
        self._tables = table_facts(connection)
        self._references = [tuple(row) for row in connection.execute(text(_REFERENCES))]
        for table, name, _ in self._references:
            _run(connection, f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for table in self._tables:
            _run(connection, f"ALTER TABLE {table} DISABLE TRIGGER USER")
        if self._tables:
            _run(connection, f"TRUNCATE {', '.join(self._tables)}")

    def take(self, name: str, stream: IO[bytes], tables: Mapping[str, TableFacts]) -> None:
        """Fill one table.

        Raises:
            BackupBroken: the schema has no such table.
        """
        table = name.removeprefix(DATABASE).removesuffix(".copy")
        if table not in self._tables or table not in tables:
            raise BackupBroken(f"Tabel {table} tidak ada di skema ini.")
        columns = ", ".join(tables[table].columns)
        digest = hashlib.sha256()
        cursor = _driver(self._connection).cursor()
        with cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            while piece := stream.read(_PIECE):
                digest.update(piece)
                copy.write(piece)
        self._digests[table] = digest.hexdigest()

    def finish(self, tables: Mapping[str, TableFacts]) -> None:
        """Put references, triggers and counters back; see that all is as it was.

        Raises:
            BackupBroken: a table has other rows than the backup.
        """
        connection = self._connection
        for table, name, wording in self._references:
            _run(connection, f"ALTER TABLE {table} ADD CONSTRAINT {name} {wording}")
        for table in self._tables:
            _run(connection, f"ALTER TABLE {table} ENABLE TRIGGER USER")
        for table, column, sequence in connection.execute(text(_SEQUENCES)).fetchall():
            highest = f'SELECT max("{column}") FROM {table}'  # noqa: S608
            _run(connection, f"SELECT setval('{sequence}', ({highest})) WHERE ({highest}) > 0")
        for table, facts in tables.items():
            digest = hashlib.sha256()
            for piece in _copied(connection, table, facts):
                digest.update(piece)
            if digest.hexdigest() != self._digests.get(table):
                raise BackupBroken(f"Tabel {table} tidak sama dengan cadangannya.")


def _copied(connection: Connection, name: str, facts: TableFacts) -> Iterator[bytes]:
    key = connection.scalar(text(_KEY), {"name": name}) or f'{name}::text COLLATE "C"'
    columns = ", ".join(facts.columns)
    statement = f"COPY (SELECT {columns} FROM {name} ORDER BY {key}) TO STDOUT"  # noqa: S608
    with _driver(connection).cursor() as cursor, cursor.copy(statement) as copy:
        for piece in copy:
            yield bytes(piece)


def _speak_plainly(connection: Connection) -> None:
    for statement in _PLAIN:
        _run(connection, statement)


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement.replace("%", "%%"))


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection
