"""What the labour office decides: approve, refuse, change, cancel."""

from __future__ import annotations

from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput
from app.core.scope import Scope
from app.enterprises.models import Enterprise
from app.interventions.models import Intervention
from app.interventions.queries.facts import needs_of
from app.interventions.rules import (
    check_gates,
    check_own_process,
    check_room,
    check_step,
    current_catalogue,
    gates_of,
)
from app.interventions.rules.referrals import OPEN_REFERRALS
from app.interventions.rules.states import APPROVED, CANCELLED, REFUSED
from app.interventions.services.plan_rows import (
    active_count,
    carry_down,
    check_not_in_process,
    check_served,
    locked_enterprise,
    locked_intervention,
    note,
)
from app.interventions.services.proposing import (
    NOTHING_SAID,
    Details,
    new_proposal,
    take_details,
)
from app.interventions.services.referring import end_referrals


def approve(
    *,
    intervention_id: UUID,
    version: int,
    details: Details,
    gates_checked: bool = False,
    by_own_process: bool = False,
    scope: Scope,
    by: UUID,
) -> Intervention:
    """Approve a proposal as it is, or changed by `details`.

    `by_own_process` is said by the process of a therapy that has one, once it is through.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: it is no proposal any more, a gate of the diagnosis is closed, nobody looks
            after the enterprise, or the therapy has a process of its own that was not gone through.
        Conflict: the limit of the class is reached, or somebody changed it since.
        InvalidInput: who answers for it or the day is missing, or a gate is not confirmed.
    """
    row = locked_intervention(scope, intervention_id, version)
    enterprise = locked_enterprise(scope, row.enterprise_id)
    check_step("approve", row.state)
    check_served(enterprise)
    check_own_process(row.therapy_code, is_done=by_own_process)
    _check_complete(details)
    row.gates_confirmed = _admitted(enterprise, row.therapy_code, is_checked=gates_checked)
    changes = take_details(row, details)
    _decide(row, APPROVED, by)
    note(
        row,
        "intervention.approved",
        area_code=enterprise.village_code,
        by=by,
        changes=dict(changes),
    )
    carry_down(enterprise)
    return row


def refuse(
    *, intervention_id: UUID, version: int, reason: str, scope: Scope, by: UUID
) -> Intervention:
    """Refuse a proposal with a reason.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: it is no proposal any more, or a process of its own decides about it.
        Conflict: somebody changed it since.
        InvalidInput: no reason.
    """
    row = locked_intervention(scope, intervention_id, version)
    check_step("refuse", row.state)
    check_not_in_process(row)
    _refuse(row, locked_enterprise(scope, row.enterprise_id), reason, by)
    return row


def refuse_need(
    *, enterprise_id: UUID, therapy_code: str, reason: str, scope: Scope, by: UUID
) -> Intervention:
    """Refuse what an assessment asks for before anybody proposed it.

    Raises as `refuse` and `proposing.add`.
    """
    enterprise = locked_enterprise(scope, enterprise_id)
    row = new_proposal(enterprise, needs_of(enterprise), therapy_code, NOTHING_SAID, by=None)
    _refuse(row, enterprise, reason, by)
    return row


def change(
    *, intervention_id: UUID, version: int, details: Details, scope: Scope, by: UUID
) -> Intervention:
    """Change who, when, how much of a therapy that has not ended.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: it has ended, or its money is decided by a process of its own.
        Conflict: somebody changed it since.
        InvalidInput: who answers for it or the day is missing.
    """
    row = locked_intervention(scope, intervention_id, version)
    check_step("change", row.state)
    _check_complete(details)
    changes = take_details(row, details)
    if "cost" in changes or "funding_source" in changes:
        check_not_in_process(row)
    if changes:
        enterprise = locked_enterprise(scope, row.enterprise_id)
        note(
            row,
            "intervention.changed",
            area_code=enterprise.village_code,
            by=by,
            changes=dict(changes),
        )
    return row


def cancel(
    *, intervention_id: UUID, version: int, reason: str, scope: Scope, by: UUID
) -> Intervention:
    """End a therapy that will not be delivered, with a reason; no other office is asked for it
    any more. Raises as `refuse`."""
    row = locked_intervention(scope, intervention_id, version)
    check_step("cancel", row.state)
    check_not_in_process(row)
    enterprise = locked_enterprise(scope, row.enterprise_id)
    row.decision_reason = _reason(reason)
    row.state, row.closed_on, row.closed_by = CANCELLED, local_today(), by
    end_referrals(row, enterprise=enterprise, states=OPEN_REFERRALS, by=by)
    note(
        row,
        "intervention.cancelled",
        area_code=enterprise.village_code,
        by=by,
        reason=row.decision_reason,
    )
    carry_down(enterprise)
    return row


def _admitted(enterprise: Enterprise, therapy_code: str, *, is_checked: bool) -> list[str]:
    """The gates that the officer confirms, once gates and limit let the therapy in."""
    needs = needs_of(enterprise)
    catalogue = current_catalogue()
    gates = gates_of(catalogue, therapy_code, needs.diagnosis, needs.facts)
    confirmed = check_gates(gates, is_checked=is_checked)
    check_room(
        active_count=active_count(enterprise.id),
        limit=catalogue.limit_for(needs.diagnosis.health_class),
        health_class=needs.diagnosis.health_class,
    )
    return list(confirmed)


def _refuse(row: Intervention, enterprise: Enterprise, reason: str, by: UUID) -> None:
    row.decision_reason = _reason(reason)
    _decide(row, REFUSED, by)
    note(
        row,
        "intervention.refused",
        area_code=enterprise.village_code,
        by=by,
        reason=row.decision_reason,
    )


def _decide(row: Intervention, state: str, by: UUID) -> None:
    row.state, row.decided_by, row.decided_at = state, by, utc_now()


def _reason(text: str) -> str:
    reason = text.strip()
    if not reason:
        raise InvalidInput("reason_missing", field="reason", message="Isi alasannya.")
    return reason


def _check_complete(details: Details) -> None:
    if details.responsible_id is None and not details.responsible_name:
        raise InvalidInput(
            "responsible_missing",
            field="responsible_name",
            message="Isi siapa yang bertanggung jawab.",
        )
    if details.due_on is None:
        raise InvalidInput("due_missing", field="due_on", message="Isi tenggatnya.")
