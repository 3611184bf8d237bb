"""A step of a permit that was noted without signal."""

from __future__ import annotations

from app.core.errors import Conflict, InvalidInput, WrongState
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import attempt
from app.field.rules import OK
from app.field.rules.certificate_data import StepSaid, step_said
from app.field.rules.labels import DOUBTS_LEFT
from app.field.services.outcomes import Case, NeedsReview, Outcome
from app.market.models import Certificate
from app.market.services.certificates import move

_DOUBTS = "doubts_unconfirmed"


def apply_step(case: Case) -> Outcome:
    """Take the step, once for each record id. An odd number is kept and marked, never refused.

    Raises:
        NeedsReview: somebody moved the certificate meanwhile, so that there is no way there now.
    """
    said = step_said(case.operation, case.sender.clock)
    row = db.session.get(Certificate, said.certificate_id)
    if row is None or row.enterprise_id != case.row.id:
        raise InvalidInput(
            "certificate_unknown", field="certificate_id", message="Izin ini tidak dikenal."
        )
    try:
        _take(case, said)
    except (WrongState, Conflict) as refusal:
        if case.is_decided or refusal.code == "consent_missing":
            raise
        raise NeedsReview(refusal.code, refusal.message) from refusal
    extra = dict(said.rest)
    if said.taken.dropped:
        extra["diabaikan"] = dict(said.taken.dropped)
    return Outcome(status=OK, version=case.row.version, labels=said.taken.labels, extra=extra)


def _take(case: Case, said: StepSaid) -> None:
    try:
        with attempt():
            _move(case, said, ())
    except InvalidInput as refusal:
        if refusal.code != _DOUBTS:
            raise
        # Who was there could not be asked; the certificate keeps the warning.
        said.taken.label(DOUBTS_LEFT)
        doubts = refusal.values.get("doubts", ())
        _move(case, said, tuple(doubt.code for doubt in doubts))


def _move(case: Case, said: StepSaid, confirmed: tuple[str, ...]) -> None:
    by = case.sender.account_id
    move(
        step_id=case.operation.record_id,
        certificate_id=said.certificate_id,
        to_state=said.to_state,
        on=said.on,
        note=said.note,
        number=said.number,
        issued_on=said.issued_on,
        expires_on=said.expires_on,
        confirmed=confirmed,
        by=by,
        scope=everywhere(by),
    )
