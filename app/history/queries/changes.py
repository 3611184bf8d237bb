"""Reading the history. Callers have already found the enterprise within their scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from app.db import db
from app.history.models import HistoryEntry
from app.history.rules import action_label, untold_actions


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of a timeline; who did it is an account id that a higher feature can name."""

    n: int
    at: datetime
    account_id: UUID | None
    action: str
    label: str
    subject_type: str
    subject_id: UUID
    changes: dict[str, Any]
    note: str | None


def events_of_enterprise(
    enterprise_id: UUID, *, before: int | None = None, limit: int = 50
) -> list[Event]:
    """The newest `limit` events that the story of an enterprise tells, newest first, with numbers
    below `before`."""
    statement = (
        select(HistoryEntry)
        .where(
            HistoryEntry.enterprise_id == enterprise_id,
            HistoryEntry.action.not_in(untold_actions()),
        )
        .order_by(HistoryEntry.n.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(HistoryEntry.n < before)
    return _events(statement)


def latest_changes(subject_id: UUID, *, limit: int) -> list[Event]:
    """The newest `limit` saves of one subject, newest first."""
    return _events(
        select(HistoryEntry)
        .where(HistoryEntry.subject_id == subject_id, HistoryEntry.action.like("%.updated"))
        .order_by(HistoryEntry.n.desc())
        .limit(limit)
    )


def _events(statement: Select[HistoryEntry]) -> list[Event]:
    return [
        Event(
            n=entry.n,
            at=entry.at,
            account_id=entry.account_id,
            action=entry.action,
            label=action_label(entry.action),
            subject_type=entry.subject_type,
            subject_id=entry.subject_id,
            changes=dict(entry.changes or {}),
            note=entry.note,
        )
        for entry in db.session.scalars(statement)
    ]
