"""The numbers of the history: what has changed since one was seen."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from app.db import db
from app.history.models import HistoryCounter, HistoryEntry


def last_number() -> int:
    """The highest number that was given; whoever saw it is never shown a smaller one later."""
    return db.session.scalar(select(func.max(HistoryCounter.last_n))) or 0


def newest_numbers(wanted: ColumnElement[bool]) -> dict[UUID, int]:
    """Of each enterprise for which the condition on `HistoryEntry.enterprise_id` holds, the
    number of its newest entry. One statement."""
    rows = db.session.execute(
        select(HistoryEntry.enterprise_id, func.max(HistoryEntry.n))
        .where(HistoryEntry.enterprise_id.is_not(None), wanted)
        .group_by(HistoryEntry.enterprise_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


def with_action_since(
    actions: Iterable[str], *, since: int, wanted: ColumnElement[bool]
) -> set[UUID]:
    """The enterprises to which one of these things happened after a number."""
    rows = db.session.scalars(
        select(HistoryEntry.enterprise_id)
        .where(HistoryEntry.n > since, HistoryEntry.action.in_(tuple(actions)), wanted)
        .distinct()
    )
    return {row for row in rows if row is not None}
