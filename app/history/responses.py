"""Noting what pages show of people: which enterprises and owners each answer held.

What was shown is read off the page itself. Every list and every page links what it shows, so no
feature has to remember to note it, and none can forget. Only what a page shows without linking it
(a borrower to a lender, who has no page of the enterprise; a sheet on paper) is named by its view.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from flask import Flask, Response, g, request

from app.history.services import note_seen

_ENTERPRISE = re.compile(rb"/usaha/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")
_OWNER = re.compile(rb"/pemilik/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")
_SUBJECTS = (("owner_id", "owner"), ("enterprise_id", "enterprise"))
_PAGES = ("text/html", "application/json")
_SHOWING = (200, 422)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """Whom a view named as shown."""

    enterprises: list[UUID] = field(default_factory=list)
    owners: list[UUID] = field(default_factory=list)
    subject: tuple[str, UUID] | None = None


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


def note_shown(
    *, enterprises: Iterable[UUID] = (), owners: Iterable[UUID] = (), one: bool = False
) -> None:
    """Have the note of this answer, page or file, name what can't be read off it too.

    `one`: the answer is about the one that is named, and no list.
    """
    named = _Named(enterprises=list(enterprises), owners=list(owners))
    if one:
        kind, ids = (
            ("enterprise", named.enterprises) if named.enterprises else ("owner", named.owners)
        )
        named = replace(named, subject=(kind, ids[0]))
    g.named_as_shown = named


def _note(response: Response) -> Response:
    account_id: UUID | None = g.get("account_id")
    named: _Named | None = g.pop("named_as_shown", None)
    is_page = _is_page(response)
    if account_id is None or response.status_code not in _SHOWING or not (is_page or named):
        return response
    body, named = response.get_data() if is_page else b"", named or _Named()
    enterprises = list(dict.fromkeys((*named.enterprises, *_ids(_ENTERPRISE, body))))
    owners = list(dict.fromkeys((*named.owners, *_ids(_OWNER, body))))
    subject = named.subject or _subject()
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
