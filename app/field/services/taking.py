"""Taking operations, enterprise by enterprise, within the transaction of the caller."""

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
from app.field.rules import DUPLICATE, HELD, ID_REUSED, OPEN, REJECTED, REVIEW
from app.field.rules.operation import Operation, other_id, parse_operation, without_pin
from app.field.rules.taken import Clock
from app.field.services.judging import DONE, enterprise_of, judged, read_enterprises
from app.field.services.operation_log import (
    begin_numbering,
    lay_before,
    settle,
    store,
    stored_operations,
)
from app.field.services.outcomes import Outcome, Sender, ToDecide, for_review
from app.field.services.sealed_payloads import unsealed

_log = logging.getLogger("pulih.field")
HELD_FOR = timedelta(days=5)
_MOST_REUSED = 5
# Of whom was erased meanwhile nothing is left to take.
_WAITING = (SyncOperation.status == HELD, SyncOperation.payload_sealed.is_not(None))
# What a person did not accept.
DECLINED = "declined"


def take_groups(
    groups: Sequence[Sequence[Operation]], sender: Sender
) -> list[list[dict[str, Any]]]:
    """Take operations of some enterprises, those of each in the order of the phone's numbers.

    `groups`: by enterprise. Gives an answer for each, in the order in which they stand there.
    Whatever waited for one of them is taken too.
    """
    ids = [group[0].enterprise_id for group in groups]
    _wait_for_turns(ids)
    begin_numbering()
    rows = stored_operations([one.op_id for group in groups for one in group])
    waiting = _with_waiting(ids)
    told = []
    for key, group in zip(ids, groups, strict=True):
        answers, has_news, has_held = _take_group(group, sender, rows)
        if has_news and (has_held or key in waiting):
            release(key)
        told.append([answers.get(one.op_id) or answer_of(rows[one.op_id]) for one in group])
    return told


def _take_group(
    operations: Sequence[Operation], sender: Sender, rows: dict[UUID, SyncOperation]
) -> tuple[dict[UUID, dict[str, Any]], bool, bool]:
    """The answers that aren't those of the rows, whether something was done, and whether
    something waits."""
    answers: dict[UUID, dict[str, Any]] = {}
    has_news = has_held = False
    for operation in sorted(operations, key=lambda one: one.n):
        known = rows.get(operation.op_id)
        if known is not None and not _may_come_again(known):
            answers[operation.op_id] = _told_again(known, operation, sender)
            continue
        row = _taken(operation, sender, known)
        rows[operation.op_id] = row
        has_news = has_news or row.status in DONE
        has_held = has_held or row.status == HELD
    return answers, has_news, has_held


def _with_waiting(enterprise_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these enterprises for which something waits."""
    statement = select(SyncOperation.enterprise_id).where(
        SyncOperation.enterprise_id.in_(enterprise_ids), *_WAITING
    )
    return set(db.session.scalars(statement))


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
    outcome = for_review("parent_missing")
    settle(row, said_in(row), outcome)
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


def not_applied(code: str | None, pesan: str) -> WrongState:
    """What was let through and still can't count, for whoever let it through."""
    return WrongState(code or REVIEW, message=f"Belum dapat dicatat. {pesan}".strip())


def wait_for_turn(enterprise_id: UUID) -> None:
    """Wait until nobody else takes anything for this enterprise."""
    take_turn(f"field:{enterprise_id}")
    row = enterprise_of(enterprise_id)
    if row is not None and row.id != enterprise_id:
        take_turn(f"field:{row.id}")


def _wait_for_turns(enterprise_ids: Sequence[UUID]) -> None:
    """The same for several, in one order for everybody."""
    take_turn(*(f"field:{key}" for key in enterprise_ids))
    for key in set(enterprise_ids) - read_enterprises(enterprise_ids):
        # Not here, or known here by another id.
        wait_for_turn(key)


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
    place = _place(row.enterprise_id, row.account_id)
    for one in outcome.to_decide:
        lay_before(row, one, enterprise_id=place[0], area_code=place[1])


def _place(enterprise_id: UUID, account_id: UUID) -> tuple[UUID | None, str]:
    """The enterprise that an operation is about, if it is here, and whose matter it is."""
    enterprise = enterprise_of(enterprise_id)
    if enterprise is not None:
        return enterprise.id, enterprise.village_code
    areas = work_areas(account_id)
    return None, areas[0] if areas else ""


def _told_again(known: SyncOperation, operation: Operation, sender: Sender) -> dict[str, Any]:
    """The stored answer; other content under the same id is kept for a person and not applied."""
    if known.payload_sha256 == operation.sha256:
        return _stored_answer(known, operation)
    settled = db.session.get(SyncOperation, other_id(operation.op_id, operation.sha256))
    if settled is not None:
        return _stored_answer(settled, operation)
    _keep_other(known, operation, sender)
    return {
        "op_id": str(operation.op_id),
        "status": REJECTED,
        "version": None,
        "code": ID_REUSED,
        "pesan": "Nomor kiriman ini sudah dipakai untuk isian lain. Petugas akan memeriksanya.",
        "labels": [],
    }


def _stored_answer(row: SyncOperation, operation: Operation) -> dict[str, Any]:
    told = {"op_id": str(operation.op_id), "status": DUPLICATE, "stored": row.status}
    return {**answer_of(row), **told}


def _keep_other(known: SyncOperation, operation: Operation, sender: Sender) -> None:
    """Lay other content under a known id before a person, once."""
    reused = db.session.scalars(
        select(InboxItem).where(
            InboxItem.op_id == known.op_id,
            InboxItem.code == ID_REUSED,
            InboxItem.state == OPEN,
        )
    ).all()
    is_kept = any(
        unsealed(one.values_sealed, key=one.id)["sha256"] == operation.sha256
        for one in reused
        if one.values_sealed is not None
    )
    if not is_kept and len(reused) < _MOST_REUSED:
        values = {
            "sha256": operation.sha256,
            "incoming": without_pin(operation.said),
            "account_id": str(sender.account_id),
            "device_id": str(sender.device_id),
            "skew": sender.clock.skew,
        }
        one = ToDecide(kind="tinjau", code=ID_REUSED, values=values)
        # Whose matter it is says the enterprise that it is about, which may be another one.
        place = _place(operation.enterprise_id, sender.account_id)
        lay_before(known, one, enterprise_id=place[0], area_code=place[1])
