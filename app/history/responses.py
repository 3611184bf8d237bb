"""Noting what pages show of people: which enterprises and owners each answer held.

What was shown is read off the page itself. Every list and every page links what it shows, so no
feature has to remember to note it, and none can forget.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from flask import Flask, Response, g, request

from app.history.services import note_seen

_ENTERPRISE = re.compile(rb"/usaha/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")
_OWNER = re.compile(rb"/pemilik/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")
_SUBJECTS = (("owner_id", "owner"), ("enterprise_id", "enterprise"))
_PAGES = ("text/html", "application/json")


def init_read_log(app: Flask) -> None:
    """Note after every answer to somebody who is logged in which people it showed."""
    app.after_request(_note)


def note_taken(enterprises: Iterable[UUID]) -> None:
    """Note that the answer is a file that names these enterprises: they can't be read off it."""
    note_seen(
        by=g.account_id,
        endpoint=request.endpoint or "",
        subject=None,
        enterprises=list(dict.fromkeys(enterprises)),
        owners=(),
    )


def _note(response: Response) -> Response:
    account_id: UUID | None = g.get("account_id")
    if account_id is None or response.status_code not in (200, 422) or not _is_page(response):
        return response
    body = response.get_data()
    enterprises, owners = _ids(_ENTERPRISE, body), _ids(_OWNER, body)
    subject = _subject()
    if subject is not None or enterprises or owners:
        note_seen(
            by=account_id,
            endpoint=request.endpoint or "",
            subject=subject,
            enterprises=enterprises,
            owners=owners,
        )
    return response


def _is_page(response: Response) -> bool:
    return response.mimetype in _PAGES and not (response.direct_passthrough or response.is_streamed)


def _ids(pattern: re.Pattern[bytes], body: bytes) -> list[UUID]:
    return [UUID(found.decode()) for found in dict.fromkeys(pattern.findall(body))]


def _subject() -> tuple[str, UUID] | None:
    given = request.view_args or {}
    for name, kind in _SUBJECTS:
        if isinstance(given.get(name), UUID):
            return kind, given[name]
    return None
