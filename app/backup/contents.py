"""What lies in a backup: a tar archive, compressed, inside a sealed file.

    manifest.json             when, of which engine and schema, how many rows of each table
    database/…                the whole SQLite file, or one COPY text per PostgreSQL table
    data/files/…              what people brought, as it lies in the data folder
    end.json                  SHA-256 of every member above

Someone who holds the key can take it apart with standard tools: `flask backup-open` gives the tar.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, BinaryIO

from app.backup.sealed_file import BackupBroken, SealedReader, SealedWriter

MANIFEST, END = "manifest.json", "end.json"
DATABASE, DATA = "database/", "data/"
# Photos don't get smaller, texts do at any level.
_LEVEL = 3
_PIECE = 1024 * 1024
# Made again when they are asked for, or no part of the data. What the past is judged by (anchors)
# must not come back with it.
_LEFT_OUT = frozenset({"anchors", "backups", "exports", "postgres"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFacts:
    """A table's columns in the order in which they are kept, and how many rows it has."""

    columns: list[str]
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself. `created_at` is an ISO instant in UTC."""

    created_at: str
    engine: str
    revision: str
    tables: Mapping[str, TableFacts]

    @property
    def row_count(self) -> int:
        """The rows of all tables."""
        return sum(table.rows for table in self.tables.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What was found in a backup that was read to its end: every byte is as it was written."""

    manifest: Manifest
    digests: Mapping[str, str]

    @property
    def file_count(self) -> int:
        """How many files of the data folder it holds."""
        return sum(name.startswith(DATA) for name in self.digests)


Member = tuple[str, IO[bytes], int]


def write(
    target: BinaryIO, key: bytes, manifest: Manifest, database: Iterator[Member], folder: Path
) -> Contents:
    """Write a whole backup; gives what went in."""
    digests: dict[str, str] = {}
    with (
        SealedWriter(target, key) as sealed,
        gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=_LEVEL, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        _add_json(archive, MANIFEST, {"format": 1, **asdict(manifest)})
        for name, stream, size in database:
            digests[name] = _add(archive, name, stream, size)
        for path in data_files(folder):
            with path.open("rb") as stream:
                name = DATA + path.relative_to(folder).as_posix()
                digests[name] = _add(archive, name, stream, os.fstat(stream.fileno()).st_size)
        _add_json(archive, END, digests)
    return Contents(manifest=manifest, digests=digests)


def read(
    source: BinaryIO,
    keys: Sequence[bytes],
    take: Callable[[Manifest, str, IO[bytes]], object] | None = None,
) -> Contents:
    """Read a backup to its end; `take` is given each member of the database and the data folder.

    Raises:
        BackupBroken: no key fits, or anything is missing or other than it was written. What was
            taken before is then worth nothing.
    """
    with _opened(source, keys) as archive:
        members = iter(archive)
        manifest = _manifest(_json(archive, next(members, None), MANIFEST))
        digests: dict[str, str] = {}
        member: tarfile.TarInfo | None = None
        for member in members:
            if member.name == END:
                break
            stream = _Hashed(_stream(archive, member))
            if take is not None:
                take(manifest, member.name, io.BufferedReader(stream, _PIECE))
            digests[member.name] = stream.finished()
        if _json(archive, member, END) != digests or next(members, None) is not None:
            raise BackupBroken("Isi cadangan tidak sama dengan daftar isinya.")
    return Contents(manifest=manifest, digests=digests)


def unseal_to(source: BinaryIO, keys: Sequence[bytes], target: BinaryIO) -> None:
    """Write the tar archive inside a backup to `target`, in clear."""
    with _read_errors(), gzip.GzipFile(fileobj=SealedReader(source, keys)) as unpacked:
        shutil.copyfileobj(unpacked, target, _PIECE)


def data_files(folder: Path) -> Iterator[Path]:
    """The files below the data folder that a backup takes along, in order.

    Not those that lie in the folder itself: the database, and the keys of development.
    """
    for part in sorted(folder.iterdir()):
        if part.is_dir() and part.name not in _LEFT_OUT and not part.name.startswith("."):
            yield from sorted(
                path
                for path in part.rglob("*")
                if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
            )


class _Hashed(io.RawIOBase):
    """A stream that knows the SHA-256 of what was read from it."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._hash = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        piece = self._source.read(len(view))
        self._hash.update(piece)
        view[: len(piece)] = piece
        return len(piece)

    def finished(self) -> str:
        """Read what is left; give the hash of all."""
        while piece := self._source.read(_PIECE):
            self._hash.update(piece)
        return self._hash.hexdigest()


def _add(archive: tarfile.TarFile, name: str, stream: IO[bytes], size: int) -> str:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    hashed = _Hashed(stream)
    archive.addfile(entry, io.BufferedReader(hashed, _PIECE))
    return hashed.finished()


def _add_json(archive: tarfile.TarFile, name: str, content: object) -> None:
    text = json.dumps(content).encode()
    _add(archive, name, io.BytesIO(text), len(text))


@contextmanager
def _opened(source: BinaryIO, keys: Sequence[bytes]) -> Iterator[tarfile.TarFile]:
    with (
        _read_errors(),
        gzip.GzipFile(fileobj=SealedReader(source, keys)) as unpacked,
        tarfile.open(fileobj=unpacked, mode="r|") as archive,
    ):
        yield archive
        # The end of the archive is not the end of the file, of which each chunk is checked.
        while unpacked.read(_PIECE):
            pass


@contextmanager
def _read_errors() -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, gzip.BadGzipFile) as broken:
        raise BackupBroken("Isi cadangan tidak dapat dibaca.") from broken


def _stream(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(member)
    if stream is None:
        raise BackupBroken("Isi cadangan tidak dapat dibaca.")
    return stream


def _json(archive: tarfile.TarFile, member: tarfile.TarInfo | None, name: str) -> dict[str, object]:
    if member is None or member.name != name:
        raise BackupBroken(f"Cadangan tidak lengkap: {name} tidak ada.")
    found: dict[str, object] = json.load(_stream(archive, member))
    return found


def _manifest(said: Mapping[str, object]) -> Manifest:
    if said.get("format") != 1:
        raise BackupBroken("Cadangan ini dibuat oleh versi Pulih yang lebih baru.")
    tables = said["tables"]
    if not isinstance(tables, dict):
        raise BackupBroken("Daftar isi cadangan tidak dapat dibaca.")
    return Manifest(
        created_at=str(said["created_at"]),
        engine=str(said["engine"]),
        revision=str(said["revision"]),
        tables={name: TableFacts(**facts) for name, facts in tables.items()},
    )
