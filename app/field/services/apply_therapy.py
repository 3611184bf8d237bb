"""What was reported of a therapy without signal."""

from __future__ import annotations

from typing import Any

from app.core.errors import Conflict, InvalidInput, PulihError, WrongState
from app.core.scope import everywhere
from app.db import db
from app.field.rules import OK
from app.field.rules.labels import CHANGED_MEANWHILE
from app.field.rules.therapy_data import CLOSE, START, TherapySaid, therapy_said
from app.field.services.outcomes import Case, NeedsReview, Outcome
from app.interventions.models import Intervention
from app.interventions.services import close, note_progress, start


def apply_therapy(case: Case) -> Outcome:
    """Take the step. Whatever somebody else did meanwhile is no reason to lose the report.

    Raises:
        NeedsReview: the therapy is in a state now that doesn't allow it.
    """
    said = therapy_said(case.operation, case.sender.clock)
    row = db.session.get(Intervention, said.intervention_id)
    if row is None or row.enterprise_id != case.row.id:
        raise InvalidInput(
            "intervention_unknown", field="intervention_id", message="Terapi ini tidak dikenal."
        )
    if said.version not in (None, row.version):
        said.taken.label(CHANGED_MEANWHILE)
    try:
        _step(case, said, row)
    except (WrongState, Conflict) as refusal:
        if case.is_decided:
            raise
        raise NeedsReview(refusal.code, refusal.message) from refusal
    except PulihError as refusal:
        if refusal.code == "closed_before_approval" and not case.is_decided:
            raise NeedsReview(refusal.code, refusal.message) from refusal
        raise
    extra = {**said.rest, **_without_place(said)}
    if said.taken.dropped:
        extra["diabaikan"] = dict(said.taken.dropped)
    return Outcome(status=OK, version=row.version, labels=said.taken.labels, extra=extra)


def _without_place(said: TherapySaid) -> dict[str, Any]:
    """What was told of a step that has no place for it: kept beside the operation."""
    if said.step == CLOSE:
        return {}
    told = {
        "closed_on": said.closed_on.isoformat() if said.closed_on else None,
        "result": said.result,
        "result_note": said.result_note if said.step == START else None,
        "spent": said.spent,
        "spent_reason": said.spent_reason,
    }
    return {name: value for name, value in told.items() if value is not None}


def _step(case: Case, said: TherapySaid, row: Intervention) -> None:
    by = case.sender.account_id
    scope = everywhere(by)
    if said.step == START:
        start(intervention_id=row.id, version=row.version, scope=scope, by=by)
    elif said.step == CLOSE and said.closed_on is not None:
        close(
            intervention_id=row.id,
            version=row.version,
            result=said.result,
            result_note=said.result_note,
            closed_on=said.closed_on,
            spent=said.spent,
            spent_reason=said.spent_reason,
            scope=scope,
            by=by,
        )
    else:
        note_progress(
            intervention_id=row.id,
            version=row.version,
            words=said.result_note or "",
            scope=scope,
            by=by,
        )
