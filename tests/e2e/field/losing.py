"""A server that does its work and then loses every other answer: `gunicorn tests...losing:app`."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import wsgi

_asked: Counter[str] = Counter()


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer as the real one, but hang up instead, the first time and every other after it."""
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
    answer = wsgi.app(environ, start_response)
    if path.startswith("/api/v1/sync/") or method in {"HEAD", "PATCH"}:
        kind = f"{method} {path.rpartition('/')[0]}"
        _asked[kind] += 1
        if _asked[kind] % 2:
            body = b"".join(answer)
            getattr(answer, "close", lambda: body)()
            environ["gunicorn.socket"].shutdown(socket.SHUT_RDWR)
            return [body]
    return answer
