"""Which enterprises the phone of a mentor must hold, and which it must let go."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import may_use, within
from app.enterprises.rules.consents import BASE
from app.field.models import EnterpriseSuccessor
from app.history.models import HistoryEntry
from app.history.queries import newest_numbers
from app.mentoring.models import Assignment

MOVED = "pindah"
MERGED = "digabung"
CLOSED = "tutup akses"
# What gives an enterprise to somebody who didn't have it before.
GRANTING = frozenset(
    {
        "mentor.assigned",
        "enterprise.created",
        "enterprise.imported",
        "enterprise.merged",
        "enterprise.merger_undone",
        "owner.unrestricted",
    }
)
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """An enterprise that a phone may still hold and must let go; `n` is what took it away."""

    enterprise_id: UUID
    n: int
    reason: str
    merged_into: UUID | None = None

    @property
    def is_gone(self) -> bool:
        """Whether the enterprise itself is there no more."""
        return self.reason == MERGED


def held_versions(scope: Scope) -> dict[UUID, int]:
    """What the phone must hold: each enterprise with the number of its newest history entry.

    Enterprises in the mentor's care whose owners let their data be used. Two statements.
    """
    ids = set(
        db.session.scalars(
            select(Enterprise.id)
            .join(Owner, Owner.id == Enterprise.owner_id)
            .where(in_care(scope), may_use(BASE))
        )
    )
    cared = select(Enterprise.id).where(in_care(scope))
    newest = newest_numbers(HistoryEntry.enterprise_id.in_(cared))
    return {one: newest.get(one, 0) for one in ids}


def lost_since(scope: Scope, since: int, *, held: dict[UUID, int]) -> list[Lost]:
    """What a phone may hold from before number `since` and must not hold now, oldest first."""
    newest = newest_numbers(
        and_(HistoryEntry.n > since, _known_to(scope.mentor_account_id)),
    )
    lost = {key: n for key, n in newest.items() if key not in held}
    if not lost:
        return []
    cared = select(Enterprise.id, Enterprise.mentor_id).where(Enterprise.id.in_(lost))
    there = {row.id: row.mentor_id for row in db.session.execute(cared)}
    heirs = _heirs({key for key in lost if key not in there})
    return sorted(
        (
            Lost(
                enterprise_id=key,
                n=n,
                reason=_reason(key, there, scope),
                # Into what it went is told to those who hold that too.
                merged_into=heirs.get(key) if heirs.get(key) in held else None,
            )
            for key, n in lost.items()
        ),
        key=lambda one: (one.n, one.enterprise_id),
    )


def in_care(scope: Scope) -> ColumnElement[bool]:
    """The condition on `Enterprise` that the mentor has it in care; a phone gets nothing else,
    whatever other roles its owner has."""
    own = Scope(account_id=scope.account_id, mentor_account_id=scope.mentor_account_id)
    return within(own)


def _known_to(mentor_id: UUID | None) -> ColumnElement[bool]:
    """The condition on `HistoryEntry` that its enterprise was once known to a mentor's phone.

    It was assigned to them, or they did something there: registering gives care as well. What
    went into another enterprise took its assignments along.
    """
    assigned = select(Assignment.enterprise_id).where(Assignment.mentor_id == mentor_id)
    touched = select(HistoryEntry.enterprise_id).where(HistoryEntry.account_id == mentor_id)
    merged = select(EnterpriseSuccessor.gone_id).where(EnterpriseSuccessor.kept_id.in_(assigned))
    column = HistoryEntry.enterprise_id
    return or_(column.in_(assigned), column.in_(touched), column.in_(merged))


def _reason(key: UUID, there: dict[UUID, UUID | None], scope: Scope) -> str:
    if key not in there:
        return MERGED
    return CLOSED if there[key] == scope.mentor_account_id else MOVED


def _heirs(gone: set[UUID]) -> dict[UUID, UUID]:
    """What stands for enterprises that went, at the end of the chain. One statement a link."""
    ends: dict[UUID, UUID] = {}
    asked = set(gone)
    for _ in range(_LONGEST_CHAIN):
        if not asked:
            break
        rows = db.session.execute(
            select(EnterpriseSuccessor.gone_id, EnterpriseSuccessor.kept_id).where(
                EnterpriseSuccessor.gone_id.in_(asked)
            )
        )
        step = {row.gone_id: row.kept_id for row in rows}
        if not step:
            break
        ends |= {key: step[end] for key, end in ends.items() if end in step}
        ends |= {key: end for key, end in step.items() if key in gone}
        asked = set(step.values()) - set(ends)
    return ends
