"""What has changed for the phone of a mentor since it last asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.core.scope import Scope
from app.db import db
from app.field.models import InboxItem, SyncOperation
from app.field.queries.cards import cards
from app.field.queries.held import GRANTING, Lost, held_versions, lost_since
from app.field.rules import CLOSED as DECIDED
from app.field.rules import ID_REUSED, OK, REJECTED
from app.field.rules.cursors import PullCursor, scope_hash
from app.history.models import HistoryEntry
from app.history.queries import last_number, with_action_since

Change = dict[str, Any]
_OF_OTHER = {
    "terima": (OK, "Diterima petugas dan dicatat sebagai kiriman tersendiri."),
    "tolak": (REJECTED, "Petugas tidak menerima kiriman ini."),
}
_LAST = UUID(int=2**128 - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """One page of changes. On the last one `count` and `digest` say what the phone must hold."""

    changes: tuple[Change, ...]
    cursor: PullCursor
    has_more: bool
    # Enterprises of which something is told, for the note of who saw whom.
    shown: tuple[UUID, ...]
    count: int | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One thing to tell, by the number that brought it."""

    n: int
    key: UUID
    lost: Lost | None = None
    decided: Change | None = None


def changes_since(scope: Scope, cursor: PullCursor, *, limit: int) -> Changes:
    """The next page of changes after a cursor, oldest first; all of one moment.

    A number is given at the commit and in the order of commits, so nothing appears later below a
    number that was seen. An enterprise stands at its newest number, so it comes once, as it is.
    The number of statements doesn't grow with the enterprises.
    """
    held = held_versions(scope)
    steps = _steps(scope, cursor, held)
    page, has_more = steps[:limit], len(steps) > limit
    told = [step.key for step in page if step.key in held and step.decided is None]
    known = cards(told, collector=scope)
    fresh = _granted(cursor, told)
    end = page[-1] if has_more else None
    return Changes(
        changes=tuple(_change(step, known, fresh) for step in page),
        cursor=_next(cursor, end),
        has_more=has_more,
        shown=tuple(told),
        count=None if has_more else len(held),
        digest=None if has_more else scope_hash(held),
    )


def first_cursor(epoch: str) -> PullCursor:
    """Where a phone begins that holds nothing."""
    return PullCursor(epoch=epoch, since=last_number())


def _next(cursor: PullCursor, end: _Step | None) -> PullCursor:
    if end is not None:
        return replace(cursor, n=end.n, after=end.key)
    return PullCursor(epoch=cursor.epoch, n=last_number())


def _steps(scope: Scope, cursor: PullCursor, held: dict[UUID, int]) -> list[_Step]:
    lost_after = max(cursor.n, cursor.since or 0)
    steps = [
        *(_Step(n=n, key=key) for key, n in held.items()),
        *(
            _Step(n=one.n, key=one.enterprise_id, lost=one)
            for one in lost_since(scope, lost_after, held=held)
        ),
        *_decisions(scope, cursor.n if cursor.since is None else cursor.since),
    ]
    # Several that nothing was ever told of stand at 0 together; all others at a number of theirs.
    place = (cursor.n, cursor.after or _LAST)
    behind = (step for step in steps if (step.n, step.key) > place)
    return sorted(behind, key=lambda step: (step.n, step.key))


def _granted(cursor: PullCursor, told: Iterable[UUID]) -> frozenset[UUID]:
    """Those that the phone can't know yet, or may have let go in between."""
    wanted = list(told)
    if cursor.is_first or cursor.n < 0:
        return frozenset(wanted)
    if not wanted:
        return frozenset()
    return frozenset(
        with_action_since(GRANTING, since=cursor.n, wanted=HistoryEntry.enterprise_id.in_(wanted))
    )


def _change(step: _Step, known: dict[UUID, Change], fresh: frozenset[UUID]) -> Change:
    if step.decided is not None:
        return step.decided
    base: Change = {"enterprise_id": str(step.key), "version": step.n}
    if step.lost is None:
        kind = "grant" if step.key in fresh else "upsert"
        return {"kind": kind, **base, "record": known[step.key]}
    if step.lost.is_gone:
        into = step.lost.merged_into
        return {
            "kind": "tombstone",
            **base,
            "reason": step.lost.reason,
            "merged_into": None if into is None else str(into),
        }
    return {"kind": "revoke", **base, "reason": step.lost.reason}


def _decisions(scope: Scope, since: int) -> list[_Step]:
    """What was decided after a number about what the mentor sent. One statement."""
    decided_n = func.max(HistoryEntry.n)
    rows = db.session.execute(
        select(InboxItem, SyncOperation, decided_n)
        .join(SyncOperation, SyncOperation.op_id == InboxItem.op_id)
        .join(HistoryEntry, HistoryEntry.subject_id == InboxItem.id)
        .where(
            InboxItem.sent_by == scope.account_id,
            InboxItem.state == DECIDED,
            HistoryEntry.n > since,
        )
        .group_by(InboxItem.id, SyncOperation.op_id)
        .order_by(decided_n)
    )
    return [
        _Step(n=n, key=item.op_id, decided=_decided(item, operation)) for item, operation, n in rows
    ]


def _decided(item: InboxItem, operation: SyncOperation) -> Change:
    if item.code == ID_REUSED:
        # What the phone holds under this id is the other content; its own row says what became
        # of it.
        status, pesan = _OF_OTHER[item.decision or ""]
        pesan = f"{pesan} {item.decision_note or ''}".strip()
    else:
        status, pesan = operation.status, operation.answer.get("pesan") or ""
    return {
        "kind": "inbox",
        "op_id": str(operation.op_id),
        "status": status,
        "decision": item.decision,
        "pesan": pesan,
    }
