"""A test client that checks every answer it gets, and calls as a stranger's browser would."""

from __future__ import annotations

import contextvars
import re
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.db import db

# Written by reading pages on purpose: when a log-in or a phone was last used, and what was read.
_ALLOWED_ON_GET = ("login_session", "read_entry", "field_device")
_WRITES = ("INSERT", "UPDATE", "DELETE")
_written: list[str] = []


def watch_writes(engine: sa.Engine) -> None:
    """Remember every writing statement of an engine, for `CleanClient` to judge."""

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(_WRITES):
            _written.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)


def as_told(response: TestResponse) -> str:
    """What an answer tells a person: all of it but the form token, which holds the time."""
    return re.sub(r'(name="csrf_token"[^>]*value=")[^"]*', r"\1", response.get_data(as_text=True))


# Pieces of a page that the app puts together itself.
_PIECES = {"/lapangan/layar"}


class CleanClient(FlaskClient):
    """Calls in a context of its own, so that nothing of the test's session leaks into a request.

    Fails when a GET writes, and when an answer to a person is not Indonesian HTML.
    """

    account_id: UUID

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Make the request."""
        db.session.rollback()
        _written.clear()
        response: TestResponse = contextvars.Context().run(super().open, *args, **kwargs)
        if response.request.method in ("GET", "HEAD"):
            bad = [line for line in _written if not any(name in line for name in _ALLOWED_ON_GET)]
            assert not bad, f"GET {response.request.path} writes: {bad[:3]}"
        if response.mimetype == "text/html" and response.status_code not in (302, 303):
            text = response.get_data(as_text=True)
            is_whole = response.request.path not in _PIECES
            assert not is_whole or '<html lang="id"' in text, (
                f"{response.request.path} is no page of ours"
            )
        db.session.rollback()
        return response
