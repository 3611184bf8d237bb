"""What happens to an approved therapy: it starts, it ends with a result."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from app.core.clock import local_date, local_today
from app.core.errors import InvalidInput, WrongState
from app.core.scope import Scope
from app.interventions.models import Intervention
from app.interventions.rules import RESULTS, check_spent, check_step
from app.interventions.rules.referrals import SENT
from app.interventions.rules.states import DONE, RUNNING, UNMEASURED
from app.interventions.services.plan_rows import (
    carry_down,
    check_not_in_process,
    locked_enterprise,
    locked_intervention,
    note,
)
from app.interventions.services.referring import end_referrals


def start(
    *,
    intervention_id: UUID,
    version: int,
    by_own_process: bool = False,
    scope: Scope,
    by: UUID,
) -> Intervention:
    """Note that delivery began today; a therapy with a process of its own is begun by that.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: it is not approved, has begun, or its process is under way.
        Conflict: somebody changed it since.
    """
    row = locked_intervention(scope, intervention_id, version)
    check_step("start", row.state)
    if not by_own_process:
        check_not_in_process(row)
    row.state, row.started_on = RUNNING, local_today()
    _note(row, "intervention.started", scope=scope, by=by)
    return row


def close(
    *,
    intervention_id: UUID,
    version: int,
    result: str | None,
    result_note: str | None,
    closed_on: date,
    spent: int | None = None,
    spent_reason: str | None = None,
    scope: Scope,
    by: UUID,
) -> Intervention:
    """End a therapy with its result on a day and what it has cost.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: it is neither approved nor running, or its own process is under way.
        Conflict: somebody changed it since.
        InvalidInput: no result, a day in the future or before it was approved, a sum that is
            missing, or over the budget without a reason.
    """
    row = locked_intervention(scope, intervention_id, version)
    check_step("close", row.state)
    check_not_in_process(row)
    _check_end(row, closed_on)
    row.spent = check_spent(budget=row.cost, spent=spent, reason=spent_reason)
    row.spent_reason = spent_reason if row.spent > row.cost else None
    row.result, row.result_note = _known_result(result), result_note
    row.state, row.closed_on, row.closed_by = DONE, closed_on, by
    if row.started_on is None or row.started_on > closed_on:
        row.started_on = closed_on
    _note(row, "intervention.closed", scope=scope, by=by, changes=_money_said(row))
    enterprise = locked_enterprise(scope, row.enterprise_id)
    # An office that took it on may still tell what came of it.
    end_referrals(row, enterprise=enterprise, states=(SENT,), by=by)
    carry_down(enterprise)
    return row


def note_progress(
    *, intervention_id: UUID, version: int, words: str, scope: Scope, by: UUID
) -> Intervention:
    """Note how a therapy goes, without a step.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: it is neither approved nor running.
        Conflict: somebody changed it since.
    """
    row = locked_intervention(scope, intervention_id, version)
    check_step("close", row.state)
    enterprise = locked_enterprise(scope, row.enterprise_id)
    note(row, "intervention.noted", area_code=enterprise.village_code, by=by, reason=words)
    return row


def settle_result(
    *,
    intervention_id: UUID,
    version: int,
    result: str | None,
    result_note: str | None,
    scope: Scope,
    by: UUID,
) -> Intervention:
    """Tell the result of a therapy that ended before it could be measured.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: it has not ended, or its result was told.
        Conflict: somebody changed it since.
        InvalidInput: no result.
    """
    row = locked_intervention(scope, intervention_id, version)
    check_step("settle", row.state)
    if row.result != UNMEASURED:
        raise WrongState("result_settled", message="Hasil terapi ini sudah dinilai.")
    row.result = _known_result(result)
    row.result_note = result_note or row.result_note
    _note(row, "intervention.measured", scope=scope, by=by)
    return row


def _money_said(row: Intervention) -> dict[str, Any]:
    changes: dict[str, Any] = (
        {} if row.cost == 0 else {"cost": [None, row.cost], "spent": [None, row.spent]}
    )
    if row.spent_reason:
        changes["spent_reason"] = [None, row.spent_reason]
    return changes


def _note(
    row: Intervention,
    action: str,
    *,
    scope: Scope,
    by: UUID,
    changes: dict[str, Any] | None = None,
) -> None:
    enterprise = locked_enterprise(scope, row.enterprise_id)
    result = {} if row.result is None else {"result": [None, row.result]}
    note(
        row,
        action,
        area_code=enterprise.village_code,
        by=by,
        changes={**result, **(changes or {})},
        reason=row.result_note,
    )


def _known_result(result: str | None) -> str:
    if result not in RESULTS:
        raise InvalidInput("result_missing", field="result", message="Pilih hasilnya.")
    return result


def _check_end(row: Intervention, closed_on: date) -> None:
    if closed_on > local_today():
        raise InvalidInput(
            "closed_in_the_future",
            field="closed_on",
            message="Tanggal selesai tidak boleh setelah hari ini.",
        )
    if row.decided_at is not None and closed_on < local_date(row.decided_at):
        raise InvalidInput(
            "closed_before_approval",
            field="closed_on",
            message="Tanggal selesai tidak boleh sebelum terapi disetujui.",
        )
