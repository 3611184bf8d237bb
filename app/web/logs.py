"""Logs: one line of JSON a record, without personal data.

Whatever a programmer or a library writes passes the same mask: numbers that could be a NIK, an
NPWP or a phone, and e-mail addresses, are covered before the line is written.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import structlog
from flask import Flask, Response, g, request

_COVERED = "•••"
# 15 or 16 digits, also when grouped by dots, blanks or dashes: NIK, KK, NPWP.
_IDENTITY = re.compile(r"(?<![\w.])\d(?:[ .\-]?\d){14,15}(?!\d)")
_PHONE = re.compile(r"(?<![\w.])(?:\+?62|0)[ \-]?8\d(?:[ \-]?\d){6,11}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_SECRET_NAMES = frozenset(
    {"password", "kata_sandi", "token", "nik", "phone", "email", "csrf_token", "cookie"}
)
_LARGE = 10**9


def masked(text: str) -> str:
    """The text with whatever could name a person covered.

    >>> masked("NIK 3302041708850001, telp 0812-3456-7890")
    'NIK •••, telp •••'
    """
    for pattern in (_EMAIL, _IDENTITY, _PHONE):
        text = pattern.sub(_COVERED, text)
    return text


def _cover(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _cover_named(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_cover(inner) for inner in value]
    is_small = isinstance(value, int | float) and abs(value) < _LARGE
    return value if value is None or is_small else masked(str(value))


def _cover_named(name: str, value: Any) -> Any:
    return _COVERED if name.lower() in _SECRET_NAMES else _cover(value)


def cover_personal_data(
    _logger: Any, _method: str, record: MutableMapping[str, Any]
) -> Mapping[str, Any]:
    """The structlog step that covers every value of a record; `timestamp` is left alone."""
    return {
        name: value if name == "timestamp" else _cover_named(name, value)
        for name, value in record.items()
    }


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def log_formatter() -> logging.Formatter:
    """The formatter that makes one covered line of JSON of any record."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            cover_personal_data,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def configure_logs(stream: TextIO | None = None, *, level: int = logging.INFO) -> None:
    """Send the logs of this process to `stream` (standard error). Called once, by the server."""
    output = logging.StreamHandler(stream or sys.stderr)
    output.setFormatter(log_formatter())
    root = logging.getLogger()
    root.handlers[:] = [output]
    root.setLevel(level)
    # Its own request lines would hold addresses with search words.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def init_request_log(app: Flask) -> None:
    """Write one line for every request but those for built files."""
    log = logging.getLogger("pulih.request")

    @app.before_request
    def start_clock() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def log_request(response: Response) -> Response:
        if request.endpoint != "static":
            started = g.get("started", time.perf_counter())
            log.info(
                "%s %s %s %d ms",
                request.method,
                # The route, not the address: ids and search words stay out.
                request.url_rule.rule if request.url_rule else "-",
                response.status_code,
                round((time.perf_counter() - started) * 1000),
            )
        return response
