"""What the office decides about an aid: field check, approval by a second person, refusal."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.aid.models import AidCase, GateFinding
from app.aid.rules.gates import are_all_met
from app.aid.rules.steps import check_approver, next_state
from app.aid.services.case_rows import StepReport, locked_case, take_step, therapy_of
from app.core.clock import utc_now
from app.core.errors import InvalidInput, WrongState
from app.core.scope import Scope
from app.db import db
from app.interventions import services as plans
from app.interventions.rules.states import OPEN_STATES, PROPOSED


def verify(*, case_id: UUID, report: StepReport, scope: Scope, by: UUID) -> AidCase:
    """Keep what was seen on the spot: the gates hold there too.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: not all gates are met, or it was checked already.
        Conflict: somebody changed it since.
        InvalidInput: no note, or an impossible day.
    """
    row, enterprise = locked_case(scope, case_id, report.version)
    _check_note(report, "Isi apa yang dilihat di lapangan.")
    _check_gates(row)
    take_step(row, enterprise, "verify", report, by=by)
    return row


def approve(*, case_id: UUID, report: StepReport, due_on: date, scope: Scope, by: UUID) -> AidCase:
    """Approve a checked request; its therapy in the plan is approved with it.

    Raises:
        NotFound: unknown or outside the scope.
        NotAllowed: the approver asked for it.
        WrongState: it was not checked in the field, or the enterprise is sick.
        Conflict: somebody changed it since, or the plan has no room.
        InvalidInput: a day that has passed.
    """
    row, enterprise = locked_case(scope, case_id, report.version)
    next_state("approve", row.state)
    check_approver(requested_by=row.requested_by, approved_by=by)
    _check_gates(row)
    therapy = therapy_of(row)
    if therapy.state == PROPOSED:
        plans.approve(
            intervention_id=therapy.id,
            version=therapy.version,
            details=plans.Details(
                responsible_id=enterprise.mentor_id or by,
                provider=therapy.provider,
                due_on=due_on,
                cost=row.estimated_value,
                funding_source=row.funding_source,
                success_measure=therapy.success_measure,
                program=therapy.program,
                partner=therapy.partner,
                budget_year=therapy.budget_year,
            ),
            gates_checked=True,
            by_own_process=True,
            scope=scope,
            by=by,
        )
    row.approved_by, row.approved_at = by, utc_now()
    take_step(row, enterprise, "approve", report, by=by)
    return row


def refuse(*, case_id: UUID, report: StepReport, scope: Scope, by: UUID) -> AidCase:
    """Refuse a request with a reason; the proposal in the plan is refused with it.

    Raises as `verify`.
    """
    row, enterprise = locked_case(scope, case_id, report.version)
    _check_note(report, "Isi alasannya.")
    take_step(row, enterprise, "refuse", report, by=by)
    therapy = therapy_of(row)
    if therapy.state == PROPOSED:
        plans.refuse(
            intervention_id=therapy.id,
            version=therapy.version,
            reason=report.note,
            scope=scope,
            by=by,
        )
    return row


def cancel(*, case_id: UUID, report: StepReport, scope: Scope, by: UUID) -> AidCase:
    """End an aid before anything was handed over, with a reason. Raises as `verify`."""
    row, enterprise = locked_case(scope, case_id, report.version)
    _check_note(report, "Isi alasannya.")
    take_step(row, enterprise, "cancel", report, by=by)
    therapy = therapy_of(row)
    if therapy.state in OPEN_STATES:
        plans.cancel(
            intervention_id=therapy.id,
            version=therapy.version,
            reason=report.note,
            scope=scope,
            by=by,
        )
    return row


def _check_gates(row: AidCase) -> None:
    met = db.session.scalars(
        select(GateFinding.gate)
        .where(GateFinding.case_id == row.id, GateFinding.is_met)
        .order_by(GateFinding.gate)
    )
    if not are_all_met(met):
        raise WrongState("gates_not_met", message="Belum semua syarat kebutuhan terpenuhi.")


def _check_note(report: StepReport, message: str) -> None:
    if not report.note:
        raise InvalidInput("note_missing", field="note", message=message)
