"""Making a backup, checking one, and bringing one back."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from sqlalchemy import Engine

from app.backup import on_postgresql, on_sqlite
from app.backup.contents import (
    DATA,
    DATABASE,
    Contents,
    Manifest,
    Member,
    TableFacts,
    read,
    write,
)
from app.backup.sealed_file import BackupBroken
from app.core.clock import utc_now
from app.db.schema import known_revisions

ENDING = ".pulih"
_PREFIX = "pulih-"


class RestoreRefused(Exception):
    """The database is not one into which this backup may be brought. The text says why."""


class _Snapshot(Protocol):
    revision: str
    tables: dict[str, TableFacts]

    def members(self) -> Iterator[Member]: ...


def make(engine: Engine, *, folder: Path, target: Path, key: bytes) -> tuple[Path, Contents]:
    """Write a backup of database and data folder into the folder `target`; gives where it is.

    It is read back before it gets its name, so a file with the ending `.pulih` is whole.

    Raises:
        BackupBroken: the database is damaged or has no tables.
        OSError: no room, or no right to write.
    """
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = utc_now()
    path = target / f"{_PREFIX}{now:%Y%m%dT%H%M%SZ}{ENDING}"
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with _scratch(folder) as scratch, _snapshot(engine, scratch) as found:
            if not found.revision:
                raise BackupBroken("Basis data belum disiapkan: belum ada yang dicadangkan.")
            manifest = Manifest(
                created_at=now.isoformat(),
                engine=engine.dialect.name,
                revision=found.revision,
                tables=found.tables,
            )
            partial.touch(mode=0o600)
            with partial.open("wb") as stream:
                written = write(stream, key, manifest, found.members(), folder)
                stream.flush()
                os.fsync(stream.fileno())
        if check(partial, [key]) != written:
            raise BackupBroken("Cadangan yang baru ditulis tidak terbaca kembali.")
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)
    return path, written


def check(path: Path, keys: Sequence[bytes]) -> Contents:
    """Read a backup to its end without bringing anything back.

    Raises:
        BackupBroken: it can't be trusted.
    """
    with path.open("rb") as source:
        return read(source, keys)


def forget_old(target: Path, *, keep: int) -> list[Path]:
    """Delete all but the newest `keep` backups of a folder; gives those that went."""
    found = sorted(target.glob(f"{_PREFIX}*{ENDING}"))
    old = found[: max(0, len(found) - keep)]
    for path in old:
        path.unlink()
    return old


def restore(
    path: Path,
    keys: Sequence[bytes],
    *,
    engine: Engine,
    folder: Path,
    make_schema: Callable[[str], object],
) -> Contents:
    """Bring a backup into an empty database and the data folder.

    The whole file is read first, so that a broken one changes nothing. `make_schema(revision)`
    makes the tables of that version in the database.

    Raises:
        BackupBroken: the file can't be trusted.
        RestoreRefused: the database is not empty, or of another engine.
    """
    contents = check(path, keys)
    _refuse_unfit(engine, contents.manifest)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _scratch(folder) as scratch:
        load = _on_sqlite if engine.dialect.name == "sqlite" else _on_postgresql
        with load(engine, contents.manifest, scratch, make_schema) as take_table:

            def take(_: Manifest, name: str, stream: IO[bytes]) -> None:
                if name.startswith(DATABASE):
                    take_table(name, stream)
                else:
                    _keep(folder, scratch, name, stream)

            with path.open("rb") as source:
                read(source, keys, take)
    return contents


def _refuse_unfit(engine: Engine, manifest: Manifest) -> None:
    if manifest.engine != engine.dialect.name:
        raise RestoreRefused(
            f"Cadangan ini dari {manifest.engine}, sedangkan DATABASE_URL menunjuk "
            f"{engine.dialect.name}."
        )
    if manifest.revision not in known_revisions():
        raise RestoreRefused(
            f"Cadangan ini dari skema {manifest.revision}, yang belum dikenal program ini. "
            "Pasang program yang lebih baru."
        )
    is_empty = on_sqlite.is_empty if manifest.engine == "sqlite" else on_postgresql.is_empty
    if not is_empty(engine):
        raise RestoreRefused(
            "Basis data tujuan sudah berisi. Pulihkan ke basis data kosong, lalu arahkan "
            "DATABASE_URL ke sana; tidak ada yang ditimpa."
        )


TakeTable = Callable[[str, IO[bytes]], None]


@contextmanager
def _on_sqlite(
    engine: Engine, manifest: Manifest, scratch: Path, _make_schema: Callable[[str], object]
) -> Iterator[TakeTable]:
    load = on_sqlite.Load(engine, scratch)
    yield load.take
    load.finish(dict(manifest.tables))


@contextmanager
def _on_postgresql(
    engine: Engine, manifest: Manifest, _scratch: Path, make_schema: Callable[[str], object]
) -> Iterator[TakeTable]:
    with engine.connect() as connection:
        present = on_postgresql.revision(connection)
    if present not in ("", manifest.revision):
        raise RestoreRefused(
            f"Skema basis data tujuan ({present}) lain dari cadangan ({manifest.revision}). "
            "Pakai basis data yang kosong sama sekali."
        )
    make_schema(manifest.revision)
    tables: Mapping[str, TableFacts] = manifest.tables
    with engine.begin() as connection:
        load = on_postgresql.Load(connection)
        yield lambda name, stream: load.take(name, stream, tables)
        load.finish(tables)


def _keep(folder: Path, scratch: Path, name: str, stream: IO[bytes]) -> None:
    place = PurePosixPath(name)
    if not name.startswith(DATA) or place.is_absolute() or ".." in place.parts:
        raise BackupBroken(f"Bagian {name} tidak dikenal.")
    path = folder / PurePosixPath(*place.parts[1:])
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = scratch / "file"
    with fresh.open("wb") as target:
        shutil.copyfileobj(stream, target)
    fresh.replace(path)


@contextmanager
def _snapshot(engine: Engine, scratch: Path) -> Iterator[_Snapshot]:
    take = on_sqlite.snapshot if engine.dialect.name == "sqlite" else on_postgresql.snapshot
    with take(engine, scratch) as found:
        yield found


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A private folder on the disk of the data, gone at the end."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as name:
        yield Path(name)
