"""What becomes of one operation: by whom it may be sent, what it waits for, what it does."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import joinedload

from app.core.clock import local_date
from app.core.errors import PulihError
from app.db import db
from app.db.transaction import attempt, gathered
from app.enterprises.models import Enterprise
from app.field.models import SyncOperation
from app.field.queries.authority import Standing, standing, successor_of
from app.field.rules import CONFLICT, FIELD_SUBJECT, HELD, MERGED, OK, REJECTED
from app.field.rules.cash_data import CASH_DAYS, CASH_KINDS
from app.field.rules.certificate_data import CERTIFICATE_STEP
from app.field.rules.channel_data import MOVEMENT_DAYS
from app.field.rules.credit_data import CREDIT_DAYS, CREDIT_KINDS
from app.field.rules.label_data import LABEL_CHECK
from app.field.rules.labels import FORMER_MENTOR, SUCCESSOR
from app.field.rules.operation import CONFIRM, Operation
from app.field.rules.reading import Fields
from app.field.services.apply_assessment import apply_assessment
from app.field.services.apply_cash import apply_cash
from app.field.services.apply_certificate import apply_step
from app.field.services.apply_channel import apply_movement
from app.field.services.apply_confirm import apply_confirm
from app.field.services.apply_credit import apply_credit, not_reached
from app.field.services.apply_edit import apply_edit
from app.field.services.apply_label import apply_label
from app.field.services.apply_register import apply_register
from app.field.services.apply_therapy import apply_therapy
from app.field.services.apply_visit import apply_visit
from app.field.services.outcomes import (
    Case,
    NeedsReview,
    Outcome,
    Sender,
    ToDecide,
    for_review,
)
from app.history.rules import register_actions
from app.history.services import record

_log = logging.getLogger("pulih.field")
REGISTER = "enterprise.register"
# The enterprises that were read and locked in the open transaction.
_READ = "field_enterprises"
APPLYING: dict[str, Callable[[Case], Outcome]] = {
    REGISTER: apply_register,
    "enterprise.edit": apply_edit,
    "visit.create": apply_visit,
    "assessment.create": apply_assessment,
    "therapy.report": apply_therapy,
    **dict.fromkeys(MOVEMENT_DAYS, apply_movement),
    LABEL_CHECK: apply_label,
    CERTIFICATE_STEP: apply_step,
    **dict.fromkeys(CASH_KINDS, apply_cash),
    **dict.fromkeys(CREDIT_KINDS, apply_credit),
    CONFIRM: apply_confirm,
}
# The effect of these is there, so what follows them may come.
DONE = frozenset({OK, MERGED, CONFLICT})
# Sent by somebody whose account was closed: kept, and looked at first.
_CLOSED = "account_closed"
# What the owner said of their data, or what two people did at once, is for a person to weigh.
_FOR_A_PERSON = frozenset({"consent_missing", "nik_taken", "nib_taken"})
# The day that an operation itself tells, by its type.
_OWN_DAYS = {
    "visit.create": "visited_on",
    "assessment.create": "assessed_on",
    "therapy.report": "closed_on",
    **MOVEMENT_DAYS,
    LABEL_CHECK: "checked_on",
    CERTIFICATE_STEP: "on",
    **CASH_DAYS,
    **CREDIT_DAYS,
}
register_actions({"sync.refused_elsewhere": "Kiriman ponsel dari luar wilayah ditolak"})


def judged(operation: Operation, sender: Sender, *, is_decided: bool = False) -> Outcome:
    """Apply an operation, or say why not; whatever it did so far is undone then.

    The caller holds the turn of the enterprise. `is_decided`: a person let it through.
    """
    if not is_decided and _waits(operation.depends_on):
        return Outcome(status=HELD, code="parent_unknown")
    if operation.type == REGISTER and sender.is_closed and not is_decided:
        return for_review(_CLOSED)
    if operation.type == REGISTER:
        return _applied(Case(operation=operation, sender=sender, is_decided=is_decided))
    row = enterprise_of(operation.enterprise_id)
    if row is None:
        # Perhaps its registration is still on the way.
        return Outcome(status=HELD, code="enterprise_unknown")
    stands = standing(
        row,
        account_id=sender.account_id,
        areas=sender.areas,
        days=_days(operation, sender),
    )
    case = Case(
        operation=operation, sender=sender, enterprise=row, standing=stands, is_decided=is_decided
    )
    is_stranger = stands in (Standing.NEIGHBOUR, Standing.ELSEWHERE)
    # Nobody lets money through for who never had the enterprise in care.
    if is_stranger and (operation.type in CREDIT_KINDS or not is_decided):
        return _not_theirs(case)
    if sender.is_closed and not is_decided:
        return for_review(_CLOSED)
    return _labelled(case, _applied(case))


def _waits(parents: Iterable[UUID]) -> bool:
    wanted = set(parents)
    if not wanted:
        return False
    statement = select(SyncOperation.op_id).where(
        SyncOperation.op_id.in_(wanted), SyncOperation.status.in_(DONE)
    )
    return len(set(db.session.scalars(statement))) < len(wanted)


def enterprise_of(enterprise_id: UUID) -> Enterprise | None:
    """The enterprise that phones know by this id, locked: others that change it come after us.

    It is read once for all that is taken for it in one transaction.
    """
    read = gathered(_READ)
    for key, found in read:
        if key == enterprise_id:
            return cast("Enterprise", found)
    row = _locked(enterprise_id) or _locked(successor_of(enterprise_id))
    if row is not None:
        read.append((enterprise_id, row))
    return row


def read_enterprises(enterprise_ids: Collection[UUID]) -> set[UUID]:
    """Read and lock those of these enterprises that are here under these ids, in one order."""
    found = db.session.scalars(_locking(enterprise_ids)).all()
    gathered(_READ).extend((row.id, row) for row in found)
    return {row.id for row in found}


def _locked(enterprise_id: UUID) -> Enterprise | None:
    return db.session.scalars(_locking([enterprise_id])).one_or_none()


def _locking(enterprise_ids: Collection[UUID]) -> Select[Enterprise]:
    return (
        select(Enterprise)
        .where(Enterprise.id.in_(enterprise_ids))
        .order_by(Enterprise.id)
        .options(joinedload(Enterprise.owner))
        .with_for_update(of=Enterprise)
    )


def _days(operation: Operation, sender: Sender) -> set[date]:
    """The days around which the sender may have had the enterprise in care."""
    said = operation.occurred_at
    days = {local_date(said), local_date(sender.clock.real(said))}
    name = _OWN_DAYS.get(operation.type)
    try:
        own = Fields(operation.data).day(name) if name else None
    except PulihError:
        own = None
    return days | {own} if own else days


def _not_theirs(case: Case) -> Outcome:
    """What to do with what somebody sends who never had the enterprise in care."""
    is_of_credit = case.operation.type in CREDIT_KINDS
    if case.standing is Standing.NEIGHBOUR and not is_of_credit:
        return for_review(
            "never_assigned",
            "Tersimpan. Usaha ini bukan dampingan Anda, jadi petugas memeriksanya dulu.",
        )
    if case.standing is Standing.ELSEWHERE:
        record(
            subject_type=FIELD_SUBJECT,
            subject_id=case.sender.device_id,
            action="sync.refused_elsewhere",
            by=case.sender.account_id,
            area_code=case.row.village_code,
        )
    if is_of_credit:
        return not_reached()
    return Outcome(
        status=REJECTED,
        code="enterprise_elsewhere",
        pesan="Usaha ini di luar wilayah Anda. Serahkan lewat kantor Disnaker.",
    )


def _labelled(case: Case, outcome: Outcome) -> Outcome:
    """The outcome with what is to be said of who sent it, and of where it went."""
    labels = list(outcome.labels)
    to_decide = list(outcome.to_decide)
    if case.row.id != case.operation.enterprise_id:
        labels.append(SUCCESSOR)
    if case.standing is Standing.FORMER and outcome.status in DONE:
        labels.append(FORMER_MENTOR)
        to_decide.append(ToDecide(kind="tinjau", code="former_mentor"))
    return replace(outcome, labels=labels, to_decide=to_decide)


def _applied(case: Case) -> Outcome:
    """The outcome of applying; nothing of it stays when it is refused."""
    try:
        with attempt():
            return APPLYING[case.operation.type](case)
    except NeedsReview as review:
        return _waiting(review.code, review.message)
    except PulihError as refusal:
        if refusal.code in _FOR_A_PERSON and not case.is_decided:
            return _waiting(refusal.code, refusal.message)
        return Outcome(
            status=REJECTED, code=refusal.code, pesan=refusal.message, extra=_at(refusal)
        )
    except (DataError, IntegrityError):
        # The database has a bound that we don't know of; the others of the batch go on.
        _log.exception("operation_not_storable op=%s", case.operation.op_id)
        return Outcome(status=REJECTED, code="not_storable")


def _waiting(code: str, message: str) -> Outcome:
    return for_review(code, f"Tersimpan, menunggu diperiksa petugas. {message}".strip())


def _at(refusal: PulihError) -> dict[str, Any]:
    return {"isian": refusal.field} if refusal.field else {}
