"""Handing tools over for the first time: the paper, the register, the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.aid.models import AidCase, Handover, Tool
from app.aid.rules.steps import next_state
from app.aid.services.case_rows import StepReport, locked_case, take_step, therapy_of
from app.aid.services.papers import NewHolder, Paper, new_paper, pass_on
from app.core.clock import utc_now
from app.core.errors import InvalidInput
from app.core.ids import new_id
from app.core.money import format_rupiah
from app.core.scope import Scope
from app.core.text import search_text
from app.db import db
from app.enterprises.models import Enterprise
from app.interventions import services as plans
from app.interventions.rules.states import APPROVED

MAX_TOOLS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedTool:
    """One tool of a handover."""

    name: str
    serial_number: str
    value: int


def hand_over(
    *,
    case_id: UUID,
    version: int,
    tools: Sequence[HandedTool],
    funded_year: int,
    paper: Paper,
    scope: Scope,
    by: UUID,
) -> Handover:
    """Give new tools to the enterprise: paper, register and plan say the same.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: the aid is not approved, or was handed over already.
        Conflict: somebody changed it since.
        InvalidInput: no tool, something the paper must say is missing, or the tools are worth
            more than was approved and the note does not say why.
    """
    row, enterprise = locked_case(scope, case_id, version)
    next_state("hand_over", row.state)
    _check_tools(tools)
    _check_value(row, tools, paper)
    handover = give(row, enterprise, paper, version=version, kind="penyerahan", scope=scope, by=by)
    for handed in tools:
        tool = _new_tool(row, enterprise, handed, funded_year, handover)
        pass_on(tool, holder_by(row, enterprise, handover))
    return handover


def give(
    row: AidCase,
    enterprise: Enterprise,
    paper: Paper,
    *,
    version: int,
    kind: str,
    scope: Scope,
    by: UUID,
) -> Handover:
    """The paper and the step of a handover, whether the tools are new or come from elsewhere."""
    handover = new_paper(
        paper,
        kind=kind,
        area_code=enterprise.village_code,
        enterprise_id=enterprise.id,
        case_id=row.id,
        by=by,
    )
    report = StepReport(version=version, happened_on=paper.handed_on, note=paper.note)
    take_step(
        row,
        enterprise,
        "hand_over",
        report,
        by=by,
        document=handover.document,
        field="handed_on",
    )
    row.handed_over_on = paper.handed_on
    # From now on the questionnaire asks how much it is used.
    enterprise.has_equipment = True
    _start_therapy(row, scope, by)
    return handover


def holder_by(
    row: AidCase, enterprise: Enterprise, handover: Handover, *, reason: str = ""
) -> NewHolder:
    """The enterprise as the new holder of a tool, by its aid and its paper."""
    return NewHolder(
        holder_id=enterprise.id,
        area_code=enterprise.village_code,
        place=handover.place,
        from_on=handover.handed_on,
        case_id=row.id,
        handover_id=handover.id,
        reason=reason,
    )


def _start_therapy(row: AidCase, scope: Scope, by: UUID) -> None:
    therapy = therapy_of(row)
    if therapy.state == APPROVED:
        plans.start(
            intervention_id=therapy.id,
            version=therapy.version,
            by_own_process=True,
            scope=scope,
            by=by,
        )


def _new_tool(
    row: AidCase, enterprise: Enterprise, handed: HandedTool, year: int, handover: Handover
) -> Tool:
    tool = Tool(
        id=new_id(),
        name=handed.name,
        search_name=search_text(handed.name)[:160],
        serial_number=handed.serial_number,
        value=handed.value,
        funding_source=row.funding_source,
        funded_year=year,
        photo_id=handover.photo_id,
        case_id=row.id,
        holder_id=enterprise.id,
        held_from=handover.handed_on,
        area_code=enterprise.village_code,
        condition="baik",
        version=1,
        created_at=utc_now(),
    )
    db.session.add(tool)
    # Its holding refers to it by its key.
    db.session.flush()
    return tool


def _check_value(row: AidCase, tools: Sequence[HandedTool], paper: Paper) -> None:
    """What was approved by a second person is not outdone in silence."""
    if sum(one.value for one in tools) > row.estimated_value and not paper.note:
        raise InvalidInput(
            "over_approved_value",
            field="note",
            message=f"Nilai alat melebihi yang disetujui ({format_rupiah(row.estimated_value)}). "
            "Isi alasannya.",
        )


def _check_tools(tools: Sequence[HandedTool]) -> None:
    if not tools:
        raise InvalidInput(
            "tools_missing", field="tool_name_0", message="Isi paling sedikit satu alat."
        )
    if len(tools) > MAX_TOOLS:
        raise InvalidInput("too_many_tools", message=f"Paling banyak {MAX_TOOLS} alat.")
