"""Reading a file in a child process, so that no file can take the worker's memory or time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from app.core.errors import InvalidInput
from app.enterprises.sheet_reader.shapes import Book, Limits, Oddity, Sheet, SheetRow

_LOOK_EVERY_SECONDS = 0.1
_ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def read_sheets(
    content: bytes, *, file_name: str, limits: Limits, only: str | None = None
) -> Iterator[Book]:
    """Open a file in a limited child process; its sheets are read while they are walked.

    `only` names the one sheet to read; without it all visible sheets are read.

    Raises:
        InvalidInput: on opening or while walking, whenever the file proves unfit.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "app.enterprises.sheet_reader.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONUTF8": "1"},
    )
    patience = _Patience(child, limits.seconds)
    patience.start()
    request = {"limits": asdict(limits), "file_name": file_name, "only": only}
    feeder = threading.Thread(
        target=_feed, args=(child, json.dumps(request).encode() + b"\n" + content), daemon=True
    )
    feeder.start()
    try:
        yield _book(_lines(child, patience))
    finally:
        patience.is_over = True
        child.kill()
        child.wait()
        feeder.join()
        if child.stdout is not None:
            child.stdout.close()


def _feed(child: subprocess.Popen[bytes], request: bytes) -> None:
    if child.stdin is None:
        return
    # The child may refuse before it has read everything; its answer says why.
    with suppress(BrokenPipeError):
        child.stdin.write(request)
    with suppress(BrokenPipeError):
        child.stdin.close()


class _Patience(threading.Thread):
    """Ends a child that lets us wait too long.

    Only waiting counts: while we work on what it gave, it stands still through no fault of its
    own. Its own work is bounded by its limit of processor time.
    """

    def __init__(self, child: subprocess.Popen[bytes], seconds: int) -> None:
        super().__init__(daemon=True)
        self._child = child
        self._seconds = seconds
        self.waiting_since: float | None = time.monotonic()
        self.is_over = False

    def run(self) -> None:
        """Look at the clock until it is over."""
        while not self.is_over:
            since = self.waiting_since
            if since is not None and time.monotonic() - since > self._seconds:
                self._child.kill()
                return
            time.sleep(_LOOK_EVERY_SECONDS)


def _lines(child: subprocess.Popen[bytes], patience: _Patience) -> Iterator[dict[str, Any]]:
    ended = False
    for line in child.stdout or ():
        patience.waiting_since = None
        if not line.endswith(b"\n"):
            # It was ended in the middle of a word.
            break
        message = json.loads(line, object_hook=_hook)
        if "refused" in message:
            raise InvalidInput(message["refused"]["code"], message=message["refused"]["message"])
        if "end" in message:
            ended = True
            break
        yield message
        patience.waiting_since = time.monotonic()
    if not ended:
        raise InvalidInput(
            "file_too_heavy",
            message="Berkas ini terlalu berat untuk dibaca. Salin tabelnya saja ke berkas baru, "
            "lalu unggah.",
        )


def _hook(value: dict[str, Any]) -> Any:
    if len(value) == 1 and "day" in value:
        return date.fromisoformat(value["day"])
    return value


def _book(lines: Iterator[dict[str, Any]]) -> Book:
    first = next(lines)["book"]
    return Book(**first, sheets=_sheets(lines))


def _sheets(lines: Iterator[dict[str, Any]]) -> Iterator[Sheet]:
    waiting = next(lines, None)
    while waiting is not None:
        if "sheet" not in waiting:
            waiting = next(lines, None)
            continue
        facts = waiting["sheet"]
        rows = _Rows(lines)
        yield Sheet(
            name=facts["name"],
            is_hidden=facts["is_hidden"],
            merges=[(merge[0], merge[1], merge[2], merge[3]) for merge in facts["merges"]],
            hidden_rows=facts["hidden_rows"],
            hidden_columns=facts["hidden_columns"],
            oddities=[Oddity(**oddity) for oddity in facts["oddities"]],
            rows=rows,
        )
        for _ in rows:
            # A sheet that was not walked to its end is passed over.
            continue
        waiting = rows.following


class _Rows:
    """The rows of one sheet; `following` is the message after them."""

    def __init__(self, lines: Iterator[dict[str, Any]]) -> None:
        self._lines = lines
        self.following: dict[str, Any] | None = None
        self._walk = self._rows()

    def __iter__(self) -> Iterator[SheetRow]:
        return self._walk

    def _rows(self) -> Iterator[SheetRow]:
        for message in self._lines:
            if "rows" not in message:
                self.following = message
                return
            yield from message["rows"]
