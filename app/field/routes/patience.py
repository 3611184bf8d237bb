"""Bodies that come byte by byte: whoever sends so slowly is cut off, and others are served.

In front of us a proxy should gather bodies (deploy/nginx); this is for where there is none.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer

from flask import request

BODY_SECONDS = 20.0


@contextmanager
def in_time() -> Iterator[None]:
    """Read the body of this request within so long, or find it cut."""
    line = request.environ.get("gunicorn.socket")
    if line is None:
        yield
        return
    timer = Timer(BODY_SECONDS, _cut, [line])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RD)
