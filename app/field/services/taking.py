"""Taking the operations of one enterprise, within the transaction of the caller."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import utc_now
from app.core.errors import WrongState
from app.core.sealing import SealBroken
from app.db import db
from app.db.turns import take_turn
from app.field.models import InboxItem, SyncOperation
from app.field.queries.authority import work_areas
from app.field.rules import DUPLICATE, HELD, OPEN, REJECTED, REVIEW
from app.field.rules.operation import Operation, parse_operation
from app.field.rules.taken import Clock
from app.field.services.judging import DONE, enterprise_of, judged
from app.field.services.operation_log import (
    begin_numbering,
    lay_before,
    settle,
    store,
    stored_operations,
)
from app.field.services.outcomes import Outcome, Sender, ToDecide
from app.field.services.sealed_payloads import unsealed

_log = logging.getLogger("pulih.field")
HELD_FOR = timedelta(days=5)
_MOST_REUSED = 5
# Of whom was erased meanwhile nothing is left to take.
_WAITING = (SyncOperation.status == HELD, SyncOperation.payload_sealed.is_not(None))
# What a person did not accept.
DECLINED = "declined"


def take_group(operations: Sequence[Operation], sender: Sender) -> list[dict[str, Any]]:
    """Take operations of one enterprise in the order in which the phone gave them numbers.

    Gives an answer for each, in the order of `operations`. Whatever waited for one of them is
    taken too.
    """
    enterprise_id = operations[0].enterprise_id
    wait_for_turn(enterprise_id)
    begin_numbering()
    rows = stored_operations([one.op_id for one in operations])
    answers: dict[UUID, dict[str, Any]] = {}
    has_news = False
    for operation in sorted(operations, key=lambda one: one.n):
        known = rows.get(operation.op_id)
        if known is not None and not _may_come_again(known):
            answers[operation.op_id] = _told_again(known, operation)
            continue
        row = _taken(operation, sender, known)
        rows[operation.op_id] = row
        has_news = has_news or row.status in DONE
    if has_news:
        release(enterprise_id)
    return [answers.get(one.op_id) or answer_of(rows[one.op_id]) for one in operations]


def release(enterprise_id: UUID) -> int:
    """Take what waited for another operation of this enterprise, as long as something can be
    taken; gives how many. The caller holds the turn."""
    count = 0
    while True:
        held = db.session.scalars(
            select(SyncOperation)
            .where(SyncOperation.enterprise_id == enterprise_id, *_WAITING)
            .order_by(SyncOperation.device_id, SyncOperation.n)
        ).all()
        moved = sum(_taken_now(row) for row in held)
        count += moved
        if not moved:
            return count


def release_or_give_up(enterprise_id: UUID) -> None:
    """Take what waits for this enterprise, as far as it can be taken by now; what has waited for
    five days is laid before a person."""
    wait_for_turn(enterprise_id)
    begin_numbering()
    release(enterprise_id)
    late = db.session.scalars(
        select(SyncOperation).where(
            SyncOperation.enterprise_id == enterprise_id,
            *_WAITING,
            SyncOperation.received_at <= utc_now() - HELD_FOR,
        )
    )
    for row in late.all():
        _give_to_person(row)


def _give_to_person(row: SyncOperation) -> None:
    outcome = Outcome(
        status=REVIEW,
        code="parent_missing",
        to_decide=[ToDecide(kind="tinjau", code="parent_missing")],
    )
    operation = said_in(row)
    settle(row, operation, outcome)
    _lay_all_before(row, outcome)


def answer_of(row: SyncOperation) -> dict[str, Any]:
    """What the phone is told of an operation."""
    return {
        "op_id": str(row.op_id),
        "status": row.status,
        **row.answer,
        "labels": list(row.labels),
    }


def said_in(row: SyncOperation) -> Operation:
    """The operation as it was sent, from its sealed payload.

    Raises:
        WrongState: it isn't kept any more.
    """
    if row.payload_sealed is None:
        raise WrongState("payload_gone", message="Isi kiriman ini sudah dihapus.")
    return parse_operation(unsealed(row.payload_sealed, key=row.op_id))


def sender_of(row: SyncOperation) -> Sender:
    """Who sent an operation, with the clock that the phone had then."""
    return Sender(
        account_id=row.account_id,
        device_id=row.device_id,
        areas=work_areas(row.account_id),
        clock=Clock(now=utc_now(), skew=row.skew_seconds),
    )


def decide_to_take(row: SyncOperation) -> SyncOperation:
    """Apply an operation that a person let through, and what waited for it."""
    wait_for_turn(row.enterprise_id)
    begin_numbering()
    operation = said_in(row)
    outcome = judged(operation, sender_of(row), is_decided=True)
    settle(row, operation, outcome)
    if outcome.status in DONE:
        release(row.enterprise_id)
    return row


def wait_for_turn(enterprise_id: UUID) -> None:
    """Wait until nobody else takes anything for this enterprise."""
    take_turn(f"field:{enterprise_id}")
    row = enterprise_of(enterprise_id)
    if row is not None and row.id != enterprise_id:
        take_turn(f"field:{row.id}")


def _may_come_again(known: SyncOperation) -> bool:
    """Whether it is judged anew: it was refused, but by no person."""
    return known.status == REJECTED and known.answer.get("code") != DECLINED


def _taken(operation: Operation, sender: Sender, known: SyncOperation | None) -> SyncOperation:
    outcome = judged(operation, sender)
    if known is None:
        row = store(operation, sender, outcome)
    else:
        row = known
        # What was refused may come again with other content: nothing was done for it yet.
        row.payload_sha256, row.schema_version = operation.sha256, operation.schema_version
        settle(row, operation, outcome)
    _lay_all_before(row, outcome)
    return row


def _taken_now(row: SyncOperation) -> bool:
    try:
        operation = said_in(row)
    except SealBroken:
        # The secret was replaced and the old one not kept: it waits for whoever brings it back.
        _log.error("payload_sealed_for_another_secret op=%s", row.op_id)
        return False
    outcome = judged(operation, sender_of(row))
    if outcome.status == HELD:
        return False
    settle(row, operation, outcome)
    _lay_all_before(row, outcome)
    return True


def _lay_all_before(row: SyncOperation, outcome: Outcome) -> None:
    if not outcome.to_decide:
        return
    place = _place(row)
    for one in outcome.to_decide:
        lay_before(row, one, enterprise_id=place[0], area_code=place[1])


def _place(row: SyncOperation) -> tuple[UUID | None, str]:
    """The enterprise that an operation is about, if it is here, and whose matter it is."""
    enterprise = enterprise_of(row.enterprise_id)
    if enterprise is not None:
        return enterprise.id, enterprise.village_code
    areas = work_areas(row.account_id)
    return None, areas[0] if areas else ""


def _told_again(known: SyncOperation, operation: Operation) -> dict[str, Any]:
    """The stored answer; other content under the same id is kept for a person and not applied."""
    if known.payload_sha256 == operation.sha256:
        return {**answer_of(known), "status": DUPLICATE, "stored": known.status}
    reused = db.session.scalars(
        select(InboxItem).where(
            InboxItem.op_id == known.op_id,
            InboxItem.code == "id_reused",
            InboxItem.state == OPEN,
        )
    ).all()
    is_kept = any(
        unsealed(one.values_sealed, key=one.id)["sha256"] == operation.sha256
        for one in reused
        if one.values_sealed is not None
    )
    if not is_kept and len(reused) < _MOST_REUSED:
        values = {"sha256": operation.sha256, "incoming": operation.said}
        one = ToDecide(kind="tinjau", code="id_reused", values=values)
        place = _place(known)
        lay_before(known, one, enterprise_id=place[0], area_code=place[1])
    return {
        "op_id": str(operation.op_id),
        "status": REJECTED,
        "version": None,
        "code": "id_reused",
        "pesan": "Nomor kiriman ini sudah dipakai untuk isian lain. Petugas akan memeriksanya.",
        "labels": [],
    }
