"""Recording what was changed, in the transaction that changes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.clock import utc_now
from app.db.transaction import at_commit, gathered
from app.db.upsert import bulk_copy, insert_once
from app.history.models import HistoryCounter, HistoryEntry
from app.history.rules import is_registered

_PENDING = "history"
COUNTER_ID = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that happened, before it has its number."""

    action: str
    subject_type: str
    subject_id: UUID
    by: UUID | None
    enterprise_id: UUID | None = None
    area_code: str | None = None
    changes: Mapping[str, Any] | None = None
    note: str | None = None


def record(
    *,
    subject_type: str,
    subject_id: UUID,
    action: str,
    by: UUID | None,
    enterprise_id: UUID | None = None,
    area_code: str | None = None,
    changes: Mapping[str, Any] | None = None,
    note: str | None = None,
) -> None:
    """Note one change; it gets its number as the last step before the commit."""
    record_many(
        [
            Change(
                action=action,
                subject_type=subject_type,
                subject_id=subject_id,
                by=by,
                enterprise_id=enterprise_id,
                area_code=area_code,
                changes=changes,
                note=note,
            )
        ]
    )


def record_many(changes: Iterable[Change]) -> None:
    """Note many changes, in their order.

    Raises:
        ValueError: an action that no feature gave a wording.
    """
    pending = gathered(_PENDING)
    now = utc_now()
    for change in changes:
        if not is_registered(change.action):
            raise ValueError(f"unknown action {change.action}")
        pending.append(
            {
                "at": now,
                "account_id": change.by,
                "action": change.action,
                "subject_type": change.subject_type,
                "subject_id": change.subject_id,
                "enterprise_id": change.enterprise_id,
                "area_code": change.area_code,
                "changes": None if change.changes is None else dict(change.changes),
                "note": change.note,
            }
        )
    at_commit(_PENDING, _number_and_write)


def _number_and_write(session: Session) -> None:
    rows = gathered(_PENDING)
    insert_once(HistoryCounter.__table__, [{"id": COUNTER_ID, "last_n": 0}], key=["id"])
    # The row lock is held until the commit: numbers are given in the order of commits, and a
    # reader who has seen number n will never later be shown a smaller one.
    session.execute(
        update(HistoryCounter)
        .where(HistoryCounter.id == COUNTER_ID)
        .values(last_n=HistoryCounter.last_n + len(rows))
    )
    last = session.execute(
        select(HistoryCounter.last_n).where(HistoryCounter.id == COUNTER_ID)
    ).scalar_one()
    first = last - len(rows) + 1
    bulk_copy(
        HistoryEntry.__table__, ({"n": first + place, **row} for place, row in enumerate(rows))
    )
