"""A disk that loses what nobody asked it to keep: a thin layer under SQLite's own file system.

SQLite reaches its files through a table of functions (a "VFS"). Here that table is copied, and
writing, cutting and syncing are written down before they are done. From what was written down the
disk as it would be after a power cut at any moment can be put together: what was synced is there,
of the rest any part may be. No root, no compiler, no kernel module.

What this leaves out: a disk that lies about syncing, a file system that loses whole files that
were synced, and what PostgreSQL does (it has its own tests of this).
"""

from __future__ import annotations

import _sqlite3
import ctypes
import random
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECTOR = 512
_POINTER, _INT, _LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
# Names are passed on as pointers: SQLite keeps the pointer, and a copy of the text would be gone.
_OPEN = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _POINTER, _INT, _POINTER)
_DELETE = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _INT)
_WRITE = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _INT, _LONG)
_TRUNCATE = ctypes.CFUNCTYPE(_INT, _POINTER, _LONG)
_SYNC = ctypes.CFUNCTYPE(_INT, _POINTER, _INT)
# Kinds of files that must outlive a power cut: database, rollback journal, write-ahead log.
_KEPT = 0x100 | 0x800 | 0x80000


class _Vfs(ctypes.Structure):
    """`sqlite3_vfs`, version 3."""

    _fields_ = [
        ("version", _INT),
        ("file_size", _INT),
        ("longest_path", _INT),
        ("next", _POINTER),
        ("name", ctypes.c_char_p),
        ("own", _POINTER),
        ("open", _POINTER),
        ("delete", _POINTER),
        ("others", _POINTER * 14),
    ]


class _Methods(ctypes.Structure):
    """`sqlite3_io_methods`, version 3."""

    _fields_ = [
        ("version", _INT),
        ("close", _POINTER),
        ("read", _POINTER),
        ("write", _POINTER),
        ("truncate", _POINTER),
        ("sync", _POINTER),
        ("others", _POINTER * 13),
    ]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that reached the disk, or the word that something was done (`kind` "ack")."""

    kind: str
    file: str
    offset: int = 0
    content: bytes = b""


class Watch:
    """Everything that SQLite did with its files since watching began, in order.

    `folder` holds its files, which nobody has open: a process that closes a file loses its locks.
    """

    def __init__(self, folder: Path) -> None:
        self.events: list[Event] = []
        self.first = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        self._files: dict[int, str] = {}
        self._kept_alive: list[Any] = []
        self._lock = threading.Lock()
        self._library = ctypes.CDLL(_sqlite3.__file__)
        self._library.sqlite3_vfs_find.restype = _POINTER
        self._library.sqlite3_vfs_register.argtypes = [_POINTER, _INT]
        self._library.sqlite3_vfs_unregister.argtypes = [_POINTER]
        self._usual = self._library.sqlite3_vfs_find(None)

    def say(self, what: str) -> None:
        """Write down that somebody was told something."""
        self._note(Event("ack", what))

    def _note(self, event: Event) -> None:
        with self._lock:
            self.events.append(event)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Files that are opened within go through this layer; they must be closed within, too."""
        usual = _Vfs.from_address(self._usual)
        ours = _Vfs.from_buffer_copy(usual)
        ours.name = b"pulih-watched"
        opened, deleted = self._opening(usual), self._deleting(usual)
        ours.open = ctypes.cast(opened, _POINTER)
        ours.delete = ctypes.cast(deleted, _POINTER)
        self._kept_alive += [ours, opened, deleted]
        self._library.sqlite3_vfs_register(ctypes.addressof(ours), 1)
        try:
            yield
        finally:
            self._library.sqlite3_vfs_register(self._usual, 1)
            self._library.sqlite3_vfs_unregister(ctypes.addressof(ours))

    def _opening(self, usual: _Vfs) -> Any:
        really = _OPEN(usual.open)

        def opened(_vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
            result = really(self._usual, name, file, flags, out)
            if result == 0 and name and flags & _KEPT:
                self._files[file] = _file(name)
                methods = _POINTER.from_address(file)
                methods.value = ctypes.addressof(self._watched(int(methods.value or 0)))
            return result

        return _OPEN(opened)

    def _deleting(self, usual: _Vfs) -> Any:
        really = _DELETE(usual.delete)

        def deleted(_vfs: int, name: int, sync: int) -> int:
            self._note(Event("truncate", _file(name), 0))
            return int(really(self._usual, name, sync))

        return _DELETE(deleted)

    def _watched(self, address: int) -> _Methods:
        """The functions of an open file, with ours in front."""
        usual = _Methods.from_address(address)
        ours = _Methods.from_buffer_copy(usual)
        write, truncate, sync = _WRITE(usual.write), _TRUNCATE(usual.truncate), _SYNC(usual.sync)

        def written(file: int, content: int, size: int, offset: int) -> int:
            told = ctypes.string_at(content, size)
            self._note(Event("write", self._files[file], offset, told))
            return int(write(file, content, size, offset))

        def cut(file: int, size: int) -> int:
            self._note(Event("truncate", self._files[file], size))
            return int(truncate(file, size))

        def synced(file: int, flags: int) -> int:
            result = int(sync(file, flags))
            self._note(Event("sync", self._files[file]))
            return result

        parts = _WRITE(written), _TRUNCATE(cut), _SYNC(synced)
        ours.write, ours.truncate, ours.sync = (ctypes.cast(one, _POINTER) for one in parts)
        self._kept_alive += [ours, *parts]
        return ours


class Disk:
    """Files as they lie on the disk, and what was written to them and not synced yet."""

    def __init__(self, first: dict[str, bytes]) -> None:
        self._safe = {name: bytearray(content) for name, content in first.items()}
        self._open: dict[str, list[Event]] = {name: [] for name in first}

    def take(self, events: Iterable[Event]) -> list[str]:
        """Let things happen; gives what was acknowledged among them."""
        told = []
        for event in events:
            if event.kind == "ack":
                told.append(event.file)
            elif event.kind == "sync":
                for waiting in self._open[event.file]:
                    _apply(self._safe[event.file], waiting)
                self._open[event.file].clear()
            else:
                self._safe.setdefault(event.file, bytearray())
                self._open.setdefault(event.file, []).append(event)
        return told

    def after_cut(self, chance: random.Random) -> dict[str, bytes]:
        """The files as the next start finds them.

        Of what was not synced nothing, everything, or any sectors in any order have come through.
        """
        share = chance.choice((0.0, 0.5, 0.5, 1.0))
        found = {}
        for name, safe in self._safe.items():
            content = bytearray(safe)
            for event in self._open[name]:
                for part in _sectors(event):
                    if chance.random() < share:
                        _apply(content, part)
            found[name] = bytes(content)
        return found


def _file(name: int) -> str:
    return Path(ctypes.string_at(name).decode()).name


def _sectors(event: Event) -> Iterator[Event]:
    if event.kind != "write":
        yield event
        return
    start, end = event.offset, event.offset + len(event.content)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        part = event.content[start - event.offset : stop - event.offset]
        yield Event("write", event.file, start, part)
        start = stop


def _apply(content: bytearray, event: Event) -> None:
    if event.kind == "truncate":
        del content[event.offset :]
        return
    if len(content) < event.offset:
        content.extend(bytes(event.offset - len(content)))
    content[event.offset : event.offset + len(event.content)] = event.content
