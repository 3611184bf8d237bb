"""Receiving a batch of a phone: a few enterprises in each transaction, alone where that fails."""

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
from app.field.services.taking import take_groups
from app.web.database_errors import Trouble, trouble_of

_log = logging.getLogger("pulih.field")
_MOST_TURNS = 4
# Enterprises in one transaction: others who write wait for its end.
_TOGETHER = 10
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
    by_enterprise: dict[UUID, _Group] = {}
    for place, operation in readable:
        by_enterprise.setdefault(operation.enterprise_id, []).append((place, operation))
    groups, is_stuck = list(by_enterprise.values()), False
    for start in range(0, len(groups), _TOGETHER):
        some = groups[start : start + _TOGETHER]
        if not is_stuck:
            try:
                _take_some(some, sender, answers)
                continue
            except (DBAPIError, OSError):
                # Whoever could write nothing at all is asked to wait; else the rest comes again.
                if not any(place in answers for place, _ in readable):
                    raise
                is_stuck = True
        for place, operation in (one for group in some for one in group):
            answers.setdefault(place, _once_more(operation, "busy", _BUSY))


def _take_some(groups: list[_Group], sender: Sender, answers: _Answers) -> None:
    """Some enterprises in one transaction, which costs half; where that fails, each in its own."""
    if len(groups) > 1:
        try:
            _commit(groups, sender, answers)
        except Exception as error:
            if trouble_of(error) not in (None, Trouble.TURN):
                raise
        else:
            return
    for group in groups:
        _take_apart(group, sender, answers)


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
            _commit([group], sender, answers)
        except (DBAPIError, IntegrityError) as error:
            if not _may_try_again(error) or turn == _MOST_TURNS:
                raise
            continue
        return


def _commit(groups: list[_Group], sender: Sender, answers: _Answers) -> None:
    """Take groups in one transaction; their answers count once it is committed."""
    with transaction():
        told = take_groups([[one for _, one in group] for group in groups], sender)
    for group, own in zip(groups, told, strict=True):
        for (place, _), answer in zip(group, own, strict=True):
            answers[place] = answer


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
