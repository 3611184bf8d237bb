"""Receiving a batch of a phone: each enterprise in a transaction of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import DBAPIError, IntegrityError

from app.core.clock import utc_now
from app.core.errors import InvalidInput
from app.db.transaction import transaction
from app.field.queries.authority import work_areas
from app.field.rules import REJECTED, RETRY
from app.field.rules.batch import Batch
from app.field.rules.operation import Operation, named, parse_operation
from app.field.rules.taken import Clock
from app.field.services.contact import note_batch
from app.field.services.outcomes import Sender
from app.field.services.taking import take_group
from app.web.database_errors import Trouble, trouble_of

_log = logging.getLogger("pulih.field")
_MOST_TURNS = 4
_BUSY = "Sistem sedang sibuk. Ponsel mengirim lagi nanti."
_FAULT = "Terjadi gangguan pada sistem. Kiriman tetap aman di ponsel dan dikirim lagi nanti."
_Answers = dict[int, dict[str, Any]]
_Group = list[tuple[int, Operation]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What the phone is told: an answer per operation, in their order, and numbers it missed."""

    results: tuple[dict[str, Any], ...]
    gaps: tuple[int, ...]
    at: datetime


def receive(
    batch: Batch, *, account_id: UUID, device_id: UUID, is_closed: bool = False
) -> Received:
    """Take a batch. What could not be written just now is to be sent again.

    Raises:
        DBAPIError: nothing at all could be written.
    """
    now = utc_now()
    clock = Clock(now=now, skew=batch.skew(now))
    answers: _Answers = {}
    readable: list[tuple[int, Operation]] = []
    for place, said in enumerate(batch.operations):
        try:
            readable.append((place, parse_operation(said)))
        except InvalidInput as refusal:
            answers[place] = _unreadable(said, refusal)
    sender = Sender(
        account_id=account_id,
        device_id=device_id,
        areas=work_areas(account_id),
        clock=clock,
        is_closed=is_closed,
    )
    _take_all(readable, sender, answers)
    with transaction():
        gaps = note_batch(batch, device_id=device_id, clock=clock, seen=_numbers(batch.operations))
    results = tuple({"index": place, **answers[place]} for place in range(len(batch.operations)))
    return Received(results=results, gaps=tuple(gaps), at=now)


def _take_all(readable: Sequence[tuple[int, Operation]], sender: Sender, answers: _Answers) -> None:
    groups: dict[UUID, _Group] = {}
    for place, operation in readable:
        groups.setdefault(operation.enterprise_id, []).append((place, operation))
    is_stuck = False
    for group in groups.values():
        if not is_stuck:
            try:
                _take_apart(group, sender, answers)
                continue
            except (DBAPIError, OSError):
                # Whoever could write nothing at all is asked to wait; else the rest comes again.
                if not any(place in answers for place, _ in readable):
                    raise
                is_stuck = True
        for place, operation in group:
            answers.setdefault(place, _once_more(operation, "busy", _BUSY))


def _take_apart(group: _Group, sender: Sender, answers: _Answers) -> None:
    """One enterprise; where a fault of ours stops them all, each by itself."""
    try:
        _take(group, sender, answers)
    except Exception as error:
        if trouble_of(error) is not None:
            raise
        if len(group) > 1:
            for one in group:
                _take_apart([one], sender, answers)
            return
        place, operation = group[0]
        _log.exception("operation_fault op=%s", operation.op_id)
        answers[place] = _once_more(operation, "fault", _FAULT)


def _take(group: _Group, sender: Sender, answers: _Answers) -> None:
    """One enterprise; whoever had to give way to another tries again."""
    for turn in range(1, _MOST_TURNS + 1):
        try:
            with transaction():
                told = take_group([operation for _, operation in group], sender)
        except (DBAPIError, IntegrityError) as error:
            if not _may_try_again(error) or turn == _MOST_TURNS:
                raise
            continue
        for (place, _), answer in zip(group, told, strict=True):
            answers[place] = answer
        return


def _may_try_again(error: DBAPIError) -> bool:
    # The same operation at the same moment under two enterprises: the second finds it stored.
    return isinstance(error, IntegrityError) or trouble_of(error) is Trouble.TURN


def _unreadable(said: Any, refusal: InvalidInput) -> dict[str, Any]:
    op_id, _ = named(said)
    return {
        "op_id": None if op_id is None else str(op_id),
        "status": REJECTED,
        "version": None,
        "code": refusal.code,
        "pesan": refusal.message,
        "field": refusal.field,
        "labels": [],
    }


def _once_more(operation: Operation, code: str, pesan: str) -> dict[str, Any]:
    return {
        "op_id": str(operation.op_id),
        "status": RETRY,
        "version": None,
        "code": code,
        "pesan": pesan,
        "labels": [],
    }


def _numbers(operations: Iterable[Any]) -> set[int]:
    return {n for one in operations for _, n in [named(one)] if n is not None}
