"""Noting who saw data of whom."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from app.core.clock import utc_now
from app.core.ids import new_id
from app.core.origin import origin
from app.db import db
from app.db.soon import write_soon
from app.history.models import ReadEntry
from app.history.rules import pack
from app.history.rules.reading import MANY_WINDOW, SLOWED

_log = logging.getLogger("pulih.reads")


def note_read(
    *,
    kind: str,
    by: UUID,
    subject_type: str | None = None,
    subject_id: UUID | None = None,
    enterprises: Iterable[UUID] = (),
    owners: Iterable[UUID] = (),
    shown_count: int | None = None,
    facts: Mapping[str, Any] | None = None,
    note: str | None = None,
) -> None:
    """Note within the open transaction that something sensitive is shown or taken along.

    If the note can't be written, the transaction fails, and nothing is shown. `kind` is one of
    `rules.READ_KINDS`; `shown_count` is that of the ids unless it is told.
    """
    row = _row(
        kind=kind,
        by=by,
        subject=(subject_type, subject_id),
        enterprises=enterprises,
        owners=owners,
        facts=facts,
        note=note,
    )
    if shown_count is not None:
        row["shown_count"] = shown_count
    db.session.execute(insert(ReadEntry), [row])


def note_seen(
    *,
    by: UUID,
    endpoint: str,
    subject: tuple[str, UUID] | None,
    enterprises: Iterable[UUID],
    owners: Iterable[UUID],
) -> None:
    """Note that a page was shown, in a transaction of its own beside the reader's.

    When the database can't be written just now, the note goes to the log: ids only, no names.
    """
    row = _row(
        kind="list" if subject is None else "page",
        by=by,
        subject=subject or (None, None),
        enterprises=enterprises,
        owners=owners,
    )
    row["endpoint"] = endpoint
    if not write_soon(insert(ReadEntry), row):
        _log.warning("read_not_noted %s", json.dumps(row, default=_as_text, sort_keys=True))


def note_slowed(*, by: UUID, opened: int) -> None:
    """Note once in a window that somebody opened so many people that they were made to wait."""
    since = utc_now() - MANY_WINDOW
    statement = select(ReadEntry.id).where(
        ReadEntry.account_id == by, ReadEntry.at >= since, ReadEntry.endpoint == SLOWED
    )
    if db.session.scalar(statement.limit(1)) is not None:
        return
    row = _row(kind="list", by=by, subject=(None, None), enterprises=(), owners=())
    row |= {"endpoint": SLOWED, "shown_count": opened}
    write_soon(insert(ReadEntry), row)


def _row(
    *,
    kind: str,
    by: UUID,
    subject: tuple[str | None, UUID | None],
    enterprises: Iterable[UUID],
    owners: Iterable[UUID],
    facts: Mapping[str, Any] | None = None,
    note: str | None = None,
) -> dict[str, Any]:
    shown_enterprises, shown_owners = tuple(enterprises), tuple(owners)
    return {
        "id": new_id(),
        "at": utc_now(),
        "account_id": by,
        "kind": kind,
        "subject_type": subject[0],
        "subject_id": subject[1],
        "shown_count": max(len(set(shown_enterprises)), len(set(shown_owners)), 1),
        "enterprises": pack(shown_enterprises),
        "owners": pack(shown_owners),
        "facts": None if facts is None else dict(facts),
        "note": note,
        "origin": origin.get(),
    }


def _as_text(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
