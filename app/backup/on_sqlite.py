"""The database of a backup on SQLite: the whole file, copied while others go on writing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import Engine

from app.backup.contents import DATABASE, Member, TableFacts
from app.backup.sealed_file import BackupBroken

NAME = f"{DATABASE}pulih.sqlite3"
_BUSY_SECONDS = 60


class Snapshot:
    """A copy of the database as it was at one moment."""

    def __init__(self, copy: Path) -> None:
        self._copy = copy
        with closing(sqlite3.connect(copy)) as connection:
            # One file alone, without a log beside it.
            connection.execute("PRAGMA journal_mode=DELETE")
            problem = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if problem != "ok":
                raise BackupBroken(f"Basis data rusak, cadangan tidak dibuat: {problem}")
            self.revision = revision(connection)
            self.tables = table_facts(connection)

    def members(self) -> Iterator[Member]:
        """The one file."""
        with self._copy.open("rb") as stream:
            yield NAME, stream, self._copy.stat().st_size


@contextmanager
def snapshot(engine: Engine, scratch: Path) -> Iterator[Snapshot]:
    """The database as it is now, by SQLite's own backup, which waits for no writer.

    Raises:
        BackupBroken: the database is damaged; an earlier backup is then worth more than this one.
    """
    copy = scratch / "copy.sqlite3"
    copy.touch(mode=0o600)
    with (
        closing(sqlite3.connect(database_file(engine), timeout=_BUSY_SECONDS)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
    yield Snapshot(copy)


def revision(connection: sqlite3.Connection) -> str:
    """The schema's version; empty in a database without tables."""
    known = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    if connection.execute(known).fetchone() is None:
        return ""
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def table_facts(connection: sqlite3.Connection) -> dict[str, TableFacts]:
    """The tables that hold data; those of a search index are made of others."""
    names = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    return {
        name: TableFacts(
            columns=[row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')],
            rows=connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0],  # noqa: S608
        )
        for (name,) in names
    }


def is_empty(engine: Engine) -> bool:
    """Whether there is nothing that a restored database would replace."""
    file = database_file(engine)
    if not file.exists():
        return True
    with closing(sqlite3.connect(file)) as connection:
        tables = table_facts(connection)
    return not any(facts.rows for name, facts in tables.items() if name in ("account", "owner"))


class Load:
    """Puts a database file in place of an empty one, whole or not at all."""

    def __init__(self, engine: Engine, scratch: Path) -> None:
        self._file = database_file(engine)
        self._engine = engine
        self._fresh = scratch / "restored.sqlite3"

    def take(self, name: str, stream: IO[bytes]) -> None:
        """Keep the file beside the place where it will be."""
        if name != NAME:
            raise BackupBroken(f"Bagian {name} tidak dikenal.")
        self._fresh.touch(mode=0o600)
        with self._fresh.open("wb") as target:
            shutil.copyfileobj(stream, target)

    def finish(self, tables: dict[str, TableFacts]) -> None:
        """Check the file and move it to its place.

        Raises:
            BackupBroken: it is damaged, or its tables are not those of the manifest.
        """
        with closing(sqlite3.connect(self._fresh)) as connection:
            problem = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if problem != "ok" or table_facts(connection) != tables:
                raise BackupBroken(f"Basis data di dalam cadangan rusak: {problem}")
        self._engine.dispose()
        for ending in ("-wal", "-shm"):
            self._file.with_name(self._file.name + ending).unlink(missing_ok=True)
        self._fresh.replace(self._file)


def database_file(engine: Engine) -> Path:
    """Where the database lies."""
    return Path(str(engine.url.database))
