"""Asking for a tool, and the needs assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.aid.models import AidCase, GateFinding
from app.aid.rules.gates import GateAnswer, check_answers, unmet
from app.aid.rules.steps import REQUESTED, next_state
from app.aid.rules.use import AID_THERAPY
from app.aid.services.case_rows import (
    StepReport,
    check_going_on,
    keep_step,
    locked_case,
    note,
    take_step,
)
from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.interventions.models import Intervention
from app.interventions.rules import check_cost
from app.interventions.rules.states import OPEN_STATES, PROPOSED
from app.interventions.services import Details, add, lock_plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Which tool, what for, how much, with whose money; amounts before it are a month's."""

    tool_name: str
    need: str
    estimated_value: int
    funding_source: str
    units_before: int | None = None
    sales_before: int | None = None


def request_tool(*, enterprise_id: UUID, request: Request, scope: Scope, by: UUID) -> AidCase:
    """Ask for a tool; its therapy stands in the plan as a proposal.

    Raises:
        NotFound: no such enterprise within the scope.
        Conflict: the enterprise has an open request.
        WrongState: its owner withdrew.
        InvalidInput: no value, or no source of the money.
    """
    enterprise = lock_plan(scope, enterprise_id)
    check_going_on(enterprise)
    _check_money(request)
    therapy = _open_therapy(enterprise_id) or add(
        enterprise_id=enterprise_id,
        therapy_code=AID_THERAPY,
        details=Details(cost=request.estimated_value, funding_source=request.funding_source),
        scope=scope,
        by=by,
    )
    if therapy.state != PROPOSED:
        raise Conflict("aid_open", message="Terapi bantuan alat usaha ini sudah berjalan.")
    row = _row(enterprise_id, therapy.id, request, by)
    db.session.add(row)
    # The unique key of the therapy speaks here; steps refer to the case by its key.
    db.session.flush()
    keep_step(
        row,
        "request",
        StepReport(version=1, happened_on=row.last_step_on, note=request.need),
        by=by,
    )
    note(row, enterprise, "request", by=by, changes={"value": [None, row.estimated_value]})
    return row


def _row(enterprise_id: UUID, therapy_id: UUID, request: Request, by: UUID) -> AidCase:
    return AidCase(
        id=new_id(),
        enterprise_id=enterprise_id,
        intervention_id=therapy_id,
        tool_name=request.tool_name,
        need=request.need,
        estimated_value=request.estimated_value,
        funding_source=request.funding_source,
        units_before=request.units_before,
        sales_before=request.sales_before,
        state=REQUESTED,
        last_step_on=local_today(),
        requested_by=by,
        requested_at=utc_now(),
        version=1,
    )


def assess_need(
    *,
    case_id: UUID,
    version: int,
    answers: Mapping[str, GateAnswer],
    scope: Scope,
    by: UUID,
) -> AidCase:
    """Keep what was found at every gate; the aid goes on only when all are met.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: it was checked in the field already, or has ended, or the owner withdrew.
        Conflict: somebody changed it since.
        InvalidInput: a gate without answer, reason or proof.
    """
    row, enterprise = locked_case(scope, case_id, version)
    next_state("assess", row.state)
    check_going_on(enterprise)
    check_answers(answers)
    _keep_answers(row, answers, by)
    closed = unmet(answers)
    today = local_today()
    if not closed:
        report = StepReport(version=version, happened_on=today, note="Semua syarat terpenuhi.")
        take_step(row, enterprise, "assess", report, by=by)
        return row
    names = ", ".join(gate.name.lower() for gate in closed)
    row.state = REQUESTED
    row.version += 1
    report = StepReport(version=version, happened_on=today, note=f"Belum terpenuhi: {names}.")
    keep_step(row, "assess", report, by=by)
    note(row, enterprise, "assess", by=by, reason=report.note)
    return row


def _keep_answers(row: AidCase, answers: Mapping[str, GateAnswer], by: UUID) -> None:
    known = {
        one.gate: one
        for one in db.session.scalars(
            select(GateFinding).where(GateFinding.case_id == row.id).order_by(GateFinding.gate)
        )
    }
    for code, answer in answers.items():
        finding = known.get(code)
        if finding is None:
            finding = GateFinding(case_id=row.id, gate=code)
            db.session.add(finding)
        finding.is_met, finding.reason = answer.is_met, answer.reason
        finding.evidence = answer.evidence
        finding.found_by, finding.found_at = by, utc_now()


def _check_money(request: Request) -> None:
    if request.estimated_value <= 0:
        raise InvalidInput("value_missing", field="estimated_value", message="Isi perkiraan nilai.")
    check_cost(cost=request.estimated_value, funding_source=request.funding_source)


def _open_therapy(enterprise_id: UUID) -> Intervention | None:
    return db.session.scalars(
        select(Intervention).where(
            Intervention.enterprise_id == enterprise_id,
            Intervention.therapy_code == AID_THERAPY,
            Intervention.state.in_(OPEN_STATES),
        )
    ).one_or_none()
