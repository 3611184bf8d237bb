"""The inbox of an office: conflicts and reports that wait for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.core.clock import utc_now
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.db.areas import lies_in_any
from app.enterprises.models import Enterprise
from app.field.models import InboxItem, SyncOperation
from app.field.rules import DECISIONS, OPEN, OPERATION_TYPES
from app.field.rules.shown import clock_words, reason_words, sent_label
from app.places.queries import path_labels

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxLine:
    """One item; the reason in words and with what to do, and when it was sent and said."""

    id: UUID
    kind: str
    code: str
    op_id: UUID
    op_type: str
    record_id: UUID
    status: str
    enterprise_id: UUID | None
    enterprise_name: str
    village: str
    field: str | None
    sent_by: str
    sent_at: datetime
    said_at: datetime
    clock: str
    is_open: bool
    decision: str
    decided_by: str
    decided_at: datetime | None
    note: str | None
    version: int

    @property
    def why(self) -> str:
        """Why it waits."""
        return reason_words(self.code)[0]

    @property
    def advice(self) -> str:
        """What to do."""
        return reason_words(self.code)[1]

    @property
    def what(self) -> str:
        """What was sent."""
        return OPERATION_TYPES.get(self.op_type, "kiriman")

    @property
    def field_label(self) -> str:
        """The field about which two disagree."""
        return sent_label(self.field) if self.field else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItems:
    """How many wait, and for how many days the oldest has."""

    count: int
    oldest_at: datetime | None

    @property
    def oldest_days(self) -> int:
        """Whole days since the oldest came."""
        return (utc_now() - self.oldest_at).days if self.oldest_at else 0


def items_in(scope: Scope) -> ColumnElement[bool]:
    """The condition on `InboxItem` that its area lies in those of the scope."""
    return lies_in_any(InboxItem.area_code, scope.areas)


def open_items(scope: Scope, kind: str) -> OpenItems:
    """What of one kind waits in the areas of the scope. One statement."""
    row = db.session.execute(
        select(func.count(), func.min(InboxItem.created_at)).where(
            InboxItem.kind == kind, InboxItem.state == OPEN, items_in(scope)
        )
    ).one()
    return OpenItems(count=row[0], oldest_at=row[1])


def conflict_count(scope: Scope) -> int:
    """How many conflicts wait."""
    return open_items(scope, "bentrok").count


def review_count(scope: Scope) -> int:
    """How many reports wait for somebody to look."""
    return open_items(scope, "tinjau").count


def oldest_conflict(scope: Scope) -> datetime | None:
    """Since when the oldest conflict waits."""
    return open_items(scope, "bentrok").oldest_at


def oldest_review(scope: Scope) -> datetime | None:
    """Since when the oldest report waits."""
    return open_items(scope, "tinjau").oldest_at


def inbox_lines(scope: Scope, kind: str, state: str, *, begin: int) -> list[InboxLine]:
    """A page of the items of a kind, one more than shown where there are more: those that wait
    oldest first, the decided ones newest first."""
    by_age = InboxItem.created_at.asc() if state == OPEN else InboxItem.decided_at.desc()
    statement = (
        _lines()
        .where(InboxItem.kind == kind, InboxItem.state == state, items_in(scope))
        .order_by(by_age, InboxItem.id)
        .offset(begin)
        .limit(PAGE + 1)
    )
    rows = db.session.execute(statement).all()
    labels = path_labels(row.area_code for row in rows)
    return [_line(row, labels[row.area_code]) for row in rows]


def inbox_line(scope: Scope, kind: str, item_id: UUID) -> InboxLine:
    """One item.

    Raises:
        NotFound: unknown, of another kind, or of elsewhere: the answer is the same.
    """
    statement = _lines().where(InboxItem.id == item_id, InboxItem.kind == kind, items_in(scope))
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound("inbox_item_unknown", message="Kiriman ini tidak ditemukan.")
    return _line(row, path_labels([row.area_code])[row.area_code])


def _lines() -> Any:
    decider = aliased(Account)
    return (
        select(
            InboxItem.id,
            InboxItem.kind,
            InboxItem.code,
            InboxItem.op_id,
            InboxItem.field,
            InboxItem.area_code,
            InboxItem.state,
            InboxItem.decision,
            InboxItem.decision_note,
            InboxItem.decided_at,
            InboxItem.version,
            SyncOperation.type,
            SyncOperation.record_id,
            SyncOperation.status,
            SyncOperation.received_at,
            SyncOperation.occurred_at,
            SyncOperation.skew_seconds,
            Enterprise.id.label("enterprise_id"),
            Enterprise.name.label("enterprise_name"),
            Account.name.label("sent_by"),
            decider.name.label("decided_by"),
        )
        .join(SyncOperation, SyncOperation.op_id == InboxItem.op_id)
        .join(Account, Account.id == InboxItem.sent_by)
        .join(Enterprise, Enterprise.id == InboxItem.enterprise_id, isouter=True)
        .join(decider, decider.id == InboxItem.decided_by, isouter=True)
    )


def _line(row: Row[Any], village: str) -> InboxLine:
    return InboxLine(
        id=row.id,
        kind=row.kind,
        code=row.code,
        op_id=row.op_id,
        op_type=row.type,
        record_id=row.record_id,
        status=row.status,
        enterprise_id=row.enterprise_id,
        enterprise_name=row.enterprise_name or "Usaha belum terdaftar",
        village=village,
        field=row.field,
        sent_by=row.sent_by,
        sent_at=row.received_at,
        said_at=row.occurred_at,
        clock=clock_words(row.skew_seconds),
        is_open=row.state == OPEN,
        decision=DECISIONS.get(row.decision or "", ""),
        decided_by=row.decided_by or "",
        decided_at=row.decided_at,
        note=row.decision_note,
        version=row.version,
    )
