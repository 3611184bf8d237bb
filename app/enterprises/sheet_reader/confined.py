"""Reading a file in a child process, so that no file can take the worker's memory or time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from app.core.errors import InvalidInput
from app.enterprises.sheet_reader.shapes import Book, Limits, Oddity, Sheet, SheetRow

_LOOK_EVERY_SECONDS = 0.1
# What the child said, and the line in which it did.
_Message = tuple[dict[str, Any], bytes]
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


def _lines(child: subprocess.Popen[bytes], patience: _Patience) -> Iterator[_Message]:
    decode = json.JSONDecoder(object_hook=_hook).decode
    ended = False
    for line in child.stdout or ():
        patience.waiting_since = None
        if not line.endswith(b"\n"):
            # It was ended in the middle of a word.
            break
        message = decode(line.decode())
        if "refused" in message:
            raise InvalidInput(message["refused"]["code"], message=message["refused"]["message"])
        if "end" in message:
            ended = True
            break
        yield message, line
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


def _book(lines: Iterator[_Message]) -> Book:
    first = next(lines)[0]["book"]
    return Book(**first, sheets=_sheets(lines))


def _sheets(lines: Iterator[_Message]) -> Iterator[Sheet]:
    waiting = next(lines, None)
    while waiting is not None:
        if "sheet" not in waiting[0]:
            waiting = next(lines, None)
            continue
        facts = waiting[0]["sheet"]
        rows = _Rows(lines)
        yield Sheet(
            name=facts["name"],
            is_hidden=facts["is_hidden"],
            merges=[(merge[0], merge[1], merge[2], merge[3]) for merge in facts["merges"]],
            hidden_rows=facts["hidden_rows"],
            hidden_columns=facts["hidden_columns"],
            oddities=[Oddity(**oddity) for oddity in facts["oddities"]],
            rows=rows,
            recall=rows.recall,
        )
        for _ in rows:
            # A sheet that was not walked to its end is passed over.
            continue
        waiting = rows.following


class _Rows:
    """The rows of one sheet; `following` is the message after them.

    What was walked is kept as the child wrote it, by the number of its first row.
    """

    def __init__(self, lines: Iterator[_Message]) -> None:
        self._lines = lines
        self.following: _Message | None = None
        self._walk = self._rows()
        self._firsts: list[int] = []
        self._kept: list[bytes] = []
        self._recalled: tuple[int, dict[int, list[Any]]] = (-1, {})

    def __iter__(self) -> Iterator[SheetRow]:
        return self._walk

    def _rows(self) -> Iterator[SheetRow]:
        for message, line in self._lines:
            if "rows" not in message:
                self.following = (message, line)
                return
            self._firsts.append(message["rows"][0][0])
            self._kept.append(line)
            yield from message["rows"]

    def recall(self, row: int) -> list[Any]:
        """The cells of a row that was walked; quick when rows are asked for in their order."""
        place = bisect_right(self._firsts, row) - 1
        if self._recalled[0] != place:
            self._recalled = (place, dict(json.loads(self._kept[place])["rows"]))
        return self._recalled[1][row]
