"""More requests than can be served in time: who has hung up is not served, phones come again later.

Without this, after an outage, each phone gives up before its turn and stands at the end again,
while the server works for those who have left.
"""

from __future__ import annotations

import json
import random
import socket
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
# Where phones ask, which come again by themselves; people would have to.
PHONES = "/api/v1/"
# Seconds, drawn by chance, so that they don't all come back at once.
SOONEST, LATEST = 5, 30
# States of a TCP connection whose other end is closed (Linux).
_HUNG_UP = frozenset({7, 8})
_BUSY = json.dumps(
    {
        "code": "ramai",
        "pesan": "Server sedang ramai. Kiriman tetap aman di ponsel dan dikirim lagi nanti.",
        "field": None,
    }
).encode()


class Crowd:
    """An application behind which no more than `most` requests wait; `waiting` counts them."""

    def __init__(self, application: Application, *, waiting: Callable[[], int], most: int) -> None:
        self._application = application
        self._waiting = waiting
        self._most = most

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        if has_hung_up(environ.get("gunicorn.socket")):
            start_response("408 Request Timeout", [("Content-Length", "0")])
            return []
        is_phone = str(environ.get("PATH_INFO", "")).startswith(PHONES)
        if is_phone and self._waiting() > self._most:
            return _come_again(start_response)
        return self._application(environ, start_response)


def has_hung_up(line: Any) -> bool:
    """Whether the other end of a connection is closed; what it sent may still lie here."""
    try:
        state = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
    except (AttributeError, OSError):
        return False
    return state in _HUNG_UP


def _come_again(start_response: Any) -> Iterable[bytes]:
    after = random.randint(SOONEST, LATEST)  # noqa: S311 - nothing is to be guessed here.
    start_response(
        "503 Service Unavailable",
        [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(_BUSY))),
            ("Cache-Control", "no-store"),
            ("Retry-After", str(after)),
        ],
    )
    return [_BUSY]
