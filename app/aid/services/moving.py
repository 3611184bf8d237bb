"""Moving a tool on: to an enterprise that was found to need it, or back into the store."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import exists, select

from app.aid.models import AidCase, Handover, Tool
from app.aid.queries.reach import case as case_within
from app.aid.queries.reach import tool as tool_within
from app.aid.rules.steps import HELD, next_state
from app.aid.rules.use import IDLE_THERAPY, INDICATOR
from app.aid.services.case_rows import StepReport, close_therapy, locked_case, take_step
from app.aid.services.handing_over import give, holder_by
from app.aid.services.papers import REGENCY_LENGTH, NewHolder, Paper, new_paper, pass_on
from app.aid.services.registering import note_tool
from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, WrongState
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.health.services import forget_known_answer
from app.interventions import services as plans
from app.interventions.models import Intervention
from app.interventions.rules.states import ACTIVE_STATES, PROPOSED
from app.interventions.services import lock_plan

_MOVED_NOTE = "Alat dipindahkan ke usaha lain atau disimpan."


def move_to_case(
    *,
    tool_id: UUID,
    version: int,
    case_id: UUID,
    case_version: int,
    reason: str,
    paper: Paper,
    scope: Scope,
    by: UUID,
) -> Handover:
    """Give a tool to an enterprise whose own request passed every gate and was approved.

    Raises:
        NotFound: tool or request is unknown or outside the scope.
        WrongState: the request is not approved, or was handed over already.
        Conflict: somebody changed tool or request since.
        InvalidInput: no reason, or something the paper must say is missing.
    """
    target_id = case_within(scope, case_id).enterprise_id
    tool, leaving = _locked_tool(scope, tool_id, version, target_id)
    row, enterprise = locked_case(scope, case_id, case_version)
    next_state("hand_over", row.state)
    _check(reason, paper.handed_on)
    if tool.holder_id == row.enterprise_id:
        raise WrongState("same_holder", message="Alat ini sudah dipegang usaha itu.")
    left = _leave(tool, leaving, reason, paper.handed_on, scope, by)
    handover = give(
        row, enterprise, paper, version=case_version, kind="pemindahan", scope=scope, by=by
    )
    pass_on(tool, holder_by(row, enterprise, handover, reason=reason))
    _note_move(tool, handover, reason, by)
    _close_behind(left, leaving, scope, by)
    return handover


def return_to_store(
    *, tool_id: UUID, version: int, reason: str, paper: Paper, scope: Scope, by: UUID
) -> Handover:
    """Take a tool back into the store of its regency.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: it stands in the store already.
        Conflict: somebody changed it since.
        InvalidInput: no reason, or something the paper must say is missing.
    """
    tool, leaving = _locked_tool(scope, tool_id, version, None)
    _check(reason, paper.handed_on)
    if leaving is None:
        raise WrongState("in_store", message="Alat ini sudah disimpan.")
    left = _leave(tool, leaving, reason, paper.handed_on, scope, by)
    area_code = tool.area_code[:REGENCY_LENGTH]
    handover = new_paper(
        paper,
        kind="pengembalian",
        area_code=area_code,
        enterprise_id=leaving.id,
        case_id=None if left is None else left.id,
        by=by,
    )
    _note_move(tool, handover, reason, by)
    store = NewHolder(
        holder_id=None,
        area_code=area_code,
        place=paper.place,
        from_on=paper.handed_on,
        handover_id=handover.id,
        reason=reason,
    )
    pass_on(tool, store)
    _close_behind(left, leaving, scope, by)
    return handover


def _note_move(tool: Tool, handover: Handover, reason: str, by: UUID) -> None:
    changes: dict[str, list[object]] = {"document": [None, handover.document]}
    note_tool(tool, "tool.moved", by=by, changes=changes, reason=reason)


def _locked_tool(
    scope: Scope, tool_id: UUID, version: int, also: UUID | None
) -> tuple[Tool, Enterprise | None]:
    """A tool as the person saw it, with the plans of both enterprises locked in one order."""
    tool = tool_within(scope, tool_id)
    ids = sorted({one for one in (tool.holder_id, also) if one is not None}, key=str)
    locked = {one: lock_plan(scope, one) for one in ids}
    db.session.refresh(tool, with_for_update=True)
    if tool.version != version:
        raise Conflict(
            "tool_changed",
            message="Alat ini baru saja diubah orang lain. Lihat isinya yang sekarang, lalu "
            "ulangi.",
        )
    return tool, locked.get(tool.holder_id) if tool.holder_id is not None else None


def _leave(
    tool: Tool,
    leaving: Enterprise | None,
    reason: str,
    day: date,
    scope: Scope,
    by: UUID,
) -> AidCase | None:
    """End the aid of the enterprise that gives the tool up, when it was its last tool."""
    if leaving is None:
        return None
    row = db.session.scalars(
        select(AidCase)
        .where(AidCase.enterprise_id == leaving.id, AidCase.state.in_(HELD))
        .order_by(AidCase.requested_at, AidCase.id)
    ).first()
    if row is None or _holds_another(tool, leaving.id):
        return None
    report = StepReport(version=row.version, happened_on=day, note=reason)
    take_step(row, leaving, "move", report, by=by, field="handed_on")
    close_therapy(row, result="tidak", words=_MOVED_NOTE, scope=scope, by=by)
    return row


def _close_behind(left: AidCase | None, leaving: Enterprise | None, scope: Scope, by: UUID) -> None:
    """What was open because the tool stood idle is settled by its move."""
    if leaving is None:
        return
    db.session.flush()
    if db.session.scalar(
        select(exists().where(Tool.holder_id == leaving.id, Tool.idle_told_on.is_not(None)))
    ):
        return
    if left is not None or not _any_tool(leaving.id):
        forget_known_answer(enterprise_id=leaving.id, indicator=INDICATOR)
    therapy = db.session.scalars(
        select(Intervention)
        .where(
            Intervention.enterprise_id == leaving.id,
            Intervention.therapy_code == IDLE_THERAPY,
            Intervention.state.in_((PROPOSED, *ACTIVE_STATES)),
        )
        .order_by(Intervention.proposed_at, Intervention.id)
    ).first()
    if therapy is not None:
        _settle(therapy, scope, by)


def _settle(therapy: Intervention, scope: Scope, by: UUID) -> None:
    if therapy.state == PROPOSED:
        plans.cancel(
            intervention_id=therapy.id,
            version=therapy.version,
            reason=_MOVED_NOTE,
            scope=scope,
            by=by,
        )
    elif therapy.cost == 0:
        # Where money was promised, the officer who ends it must say what was spent.
        plans.close(
            intervention_id=therapy.id,
            version=therapy.version,
            result="berhasil",
            result_note=_MOVED_NOTE,
            closed_on=local_today(),
            scope=scope,
            by=by,
        )


def _holds_another(tool: Tool, enterprise_id: UUID) -> bool:
    return bool(
        db.session.scalar(
            select(exists().where(Tool.holder_id == enterprise_id, Tool.id != tool.id))
        )
    )


def _any_tool(enterprise_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Tool.holder_id == enterprise_id))))


def _check(reason: str, day: date) -> None:
    if not reason:
        raise InvalidInput("reason_missing", field="reason", message="Isi alasannya.")
    if day > local_today():
        raise InvalidInput(
            "day_in_future", field="handed_on", message="Tanggal tidak boleh setelah hari ini."
        )
