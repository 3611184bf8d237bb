"""The rows of what phones sent: written with the effect, numbered in the order of commits."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.core.clock import utc_now
from app.core.ids import new_id
from app.db import db
from app.db.transaction import at_commit, gathered
from app.db.upsert import insert_once
from app.field.models import InboxItem, OperationCounter, SyncOperation
from app.field.rules import HELD, OPEN, REJECTED, REVIEW
from app.field.rules.operation import Operation, without_pin
from app.field.rules.reading import as_utc
from app.field.services.outcomes import WORDS, Outcome, Sender, ToDecide
from app.field.services.sealed_payloads import sealed

_NUMBERED = "field_operations"
COUNTER_ID = 1
# Of these somebody may still want to read what was sent.
_WITH_PAYLOAD = frozenset({HELD, REVIEW, REJECTED})


def begin_numbering() -> None:
    """Have the rows of this transaction numbered as its last step.

    Called before anything is recorded in the history, so that whoever needs both counters locks
    them in one order.
    """
    at_commit(_NUMBERED, _number)


def stored_operations(op_ids: list[UUID]) -> dict[UUID, SyncOperation]:
    """The rows of these operations that are there."""
    found = db.session.scalars(select(SyncOperation).where(SyncOperation.op_id.in_(op_ids)))
    return {row.op_id: row for row in found}


def store(operation: Operation, sender: Sender, outcome: Outcome) -> SyncOperation:
    """Write the row of an operation that was not there, with what waits for a person. Flushes."""
    row = SyncOperation(
        op_id=operation.op_id,
        device_id=sender.device_id,
        account_id=sender.account_id,
        n=operation.n,
        type=operation.type,
        schema_version=operation.schema_version,
        record_id=operation.record_id,
        enterprise_id=operation.enterprise_id,
        payload_sha256=operation.sha256,
        occurred_at=as_utc(operation.occurred_at),
        occurred_offset=operation.occurred_offset,
        skew_seconds=sender.clock.skew,
        received_at=sender.clock.now,
        status=outcome.status,
        answer=_answer(outcome),
        labels=list(outcome.labels),
    )
    _say(row, operation, outcome)
    db.session.add(row)
    # Its number is given when the transaction ends; what follows refers to the row.
    db.session.flush()
    gathered(_NUMBERED).append(row.op_id)
    db.session.add_all(outcome.uploads)
    return row


def settle(row: SyncOperation, operation: Operation, outcome: Outcome) -> None:
    """Let a row that was held, refused or looked at say what became of it now."""
    row.status, row.answer, row.labels = outcome.status, _answer(outcome), list(outcome.labels)
    row.settled_at = utc_now()
    _say(row, operation, outcome)
    db.session.flush()
    db.session.add_all(outcome.uploads)


def lay_before(
    row: SyncOperation, one: ToDecide, *, enterprise_id: UUID | None, area_code: str
) -> InboxItem:
    """Have a person decide about something of an operation."""
    key = new_id()
    item = InboxItem(
        id=key,
        kind=one.kind,
        code=one.code,
        op_id=row.op_id,
        sent_by=row.account_id,
        enterprise_id=enterprise_id,
        area_code=area_code,
        field=one.field,
        values_sealed=None if one.values is None else sealed(one.values, key=key),
        state=OPEN,
        created_at=utc_now(),
    )
    db.session.add(item)
    return item


def _say(row: SyncOperation, operation: Operation, outcome: Outcome) -> None:
    keeps = outcome.status in _WITH_PAYLOAD
    # What is refused was judged: the number typed for it is of no more use.
    said = without_pin(operation.said) if outcome.status == REJECTED else operation.said
    row.payload_sealed = sealed(said, key=operation.op_id) if keeps else None
    row.extra = {**operation.extra, **outcome.extra} or None


def _answer(outcome: Outcome) -> dict[str, Any]:
    told = {
        "version": outcome.version,
        "code": outcome.code,
        "pesan": outcome.pesan or WORDS[outcome.status],
    }
    return told if outcome.receipt is None else {**told, "receipt": outcome.receipt}


def _number(session: Session) -> None:
    op_ids = gathered(_NUMBERED)
    if not op_ids:
        return
    last_n = _locked_counter(session)
    table = SyncOperation.__table__
    statement = (
        update(SyncOperation)
        .where(table.c.op_id == bindparam("key"))
        .values(server_n=bindparam("number"))
        .execution_options(synchronize_session=False)
    )
    numbered = [{"key": op_id, "number": n} for n, op_id in enumerate(op_ids, start=last_n + 1)]
    session.connection().execute(statement, numbered)
    session.execute(
        update(OperationCounter)
        .where(OperationCounter.id == COUNTER_ID)
        .values(last_n=last_n + len(op_ids))
    )


def _locked_counter(session: Session) -> int:
    locked = (
        select(OperationCounter.last_n).where(OperationCounter.id == COUNTER_ID).with_for_update()
    )
    last_n = session.scalar(locked)
    if last_n is None:
        insert_once(OperationCounter.__table__, [{"id": COUNTER_ID, "last_n": 0}], key=["id"])
        last_n = session.scalar(locked)
    return int(last_n or 0)
