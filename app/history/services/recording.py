"""Recording what was changed, in the transaction that changes it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.clock import utc_now
from app.core.origin import origin
from app.db.transaction import at_commit, gathered
from app.db.upsert import bulk_copy, bulk_copy_rows, insert_once
from app.history.models import HistoryCounter, HistoryEntry, HistoryWords
from app.history.rules import GENESIS, ChainedRow, is_registered, parted, row_hash, words_hash
from app.history.rules.words import SALT_BYTES

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
    now, address = utc_now(), origin.get()
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
                "origin": address,
            }
        )
    at_commit(_PENDING, _number_and_write)


def _number_and_write(session: Session) -> None:
    append(session, gathered(_PENDING))


def append(session: Session, rows: Sequence[Mapping[str, Any]]) -> int:
    """Number, chain and insert rows as the last step of a transaction; gives how many.

    The counter's row is locked until the commit: numbers and hashes follow the order of commits,
    and a reader who has seen number n will never later be shown a smaller one.
    """
    insert_once(HistoryCounter.__table__, [{"id": COUNTER_ID, "last_n": 0}], key=["id"])
    last_n, last_hash = session.execute(
        select(HistoryCounter.last_n, HistoryCounter.last_hash)
        .where(HistoryCounter.id == COUNTER_ID)
        .with_for_update()
    ).one()
    chain = _Chain(last_n, last_hash or GENESIS)
    count = bulk_copy(HistoryEntry.__table__, chain.linked(rows))
    bulk_copy_rows(HistoryWords.__table__, ("n", "salt", "words"), chain.words)
    session.execute(
        update(HistoryCounter)
        .where(HistoryCounter.id == COUNTER_ID)
        .values(last_n=chain.last_n, last_hash=chain.last_hash)
    )
    return count


class _Chain:
    """The end of the chain, which moves on with each row; the words that go apart gather."""

    def __init__(self, last_n: int, last_hash: str) -> None:
        self.last_n = last_n
        self.last_hash = last_hash
        self.words: list[tuple[int, bytes, str]] = []

    def linked(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """The rows with number, hash, and the hash of the row before, without their words."""
        for row in rows:
            self.last_n += 1
            previous = self.last_hash
            changes, words = parted(row["changes"], row["note"])
            apart = None if words is None else self._keep_apart(words)
            kept = {**row, "n": self.last_n, "changes": changes, "note": None, "words_hash": apart}
            self.last_hash = row_hash(previous, ChainedRow(**kept))
            yield {**kept, "prev_hash": previous, "hash": self.last_hash}

    def _keep_apart(self, words: str) -> str:
        salt = os.urandom(SALT_BYTES)
        self.words.append((self.last_n, salt, words))
        return words_hash(salt, words)
