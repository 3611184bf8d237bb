"""Checking a tool: how much it is used, in what state it is, which check of the aid this was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import select

from app.aid.models import AidCase, Tool, ToolCheck
from app.aid.queries.reach import tool as tool_within
from app.aid.rules.steps import HELD, check_day, check_reached
from app.aid.rules.use import CONDITIONS, INDICATOR, MAX_DAYS, OPERATOR_LABELS, points_of_use
from app.aid.services.case_rows import StepReport, take_step
from app.aid.services.idle import review_use
from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import check_allowed
from app.enterprises.rules.consents import BASE
from app.files.services import store_photo
from app.health.services import note_known_answer
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.interventions.services import lock_plan

register_actions({"tool.checked": "Pemakaian alat dicek"})
register_fields(
    "tool_check",
    {
        "name": FieldWording(label="Alat"),
        "days_used": FieldWording(label="Hari dipakai dalam 30 hari"),
        "checked_on": FieldWording(label="Tanggal cek"),
    },
)
_FIRST_CHECK = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What was found: days of use in the last 30, state, who runs it; amounts are a month's."""

    checked_on: date
    days_used: int
    condition: str
    operator: str = ""
    units: int | None = None
    sales: int | None = None
    repair: str = ""
    note: str = ""
    photo: BinaryIO | None = None


def check_tool(*, tool_id: UUID, report: CheckReport, scope: Scope, by: UUID) -> ToolCheck:
    """Keep a check; it answers the health questionnaire's question, and finds what stands idle.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: nobody holds the tool, or its holder withdrew and is not visited any more.
        Conflict: it was checked on that day already.
        InvalidInput: at the field to mend.
    """
    tool = tool_within(scope, tool_id)
    if tool.holder_id is None:
        raise WrongState("tool_in_store", message="Alat ini sedang disimpan, tidak dipakai.")
    enterprise = lock_plan(scope, tool.holder_id)
    db.session.refresh(tool, with_for_update=True)
    if tool.holder_id != enterprise.id:
        raise WrongState("tool_moved", message="Alat ini baru saja dipindahkan.")
    check_allowed(enterprise.owner_id, BASE)
    row = _case_of(tool)
    reached = _reached(row, report.checked_on)
    _check(report, tool, reached)
    check = _stored(tool, enterprise, report, reached, by)
    _carry(tool, report)
    _note(tool, enterprise, report, check, by)
    if row is not None and reached is not None and _all_checked(row, reached):
        said = StepReport(
            version=row.version, happened_on=report.checked_on, note=_words(row, report, reached)
        )
        take_step(row, enterprise, f"check_{reached}", said, by=by, field="checked_on")
    tell_health(enterprise)
    review_use(tool, enterprise, today=local_today())
    return check


def tell_health(enterprise: Enterprise) -> None:
    """Let the questionnaire know how much the tools are used: the least used one counts."""
    # The check just made counts too.
    db.session.flush()
    checked = [
        one
        for one in db.session.scalars(
            select(Tool)
            .where(Tool.holder_id == enterprise.id, Tool.checked_on.is_not(None))
            .order_by(Tool.search_name, Tool.id)
        )
        if one.days_used is not None and one.checked_on is not None
    ]
    if not checked:
        return
    least = min(checked, key=lambda one: points_of_use(one.days_used or 0, one.condition))
    note_known_answer(
        enterprise_id=enterprise.id,
        indicator=INDICATOR,
        points=points_of_use(least.days_used or 0, least.condition),
        known_on=least.checked_on or local_today(),
        source=f"{least.name}: {least.days_used} hari dipakai dalam 30 hari sebelum pengecekan",
    )


def _case_of(tool: Tool) -> AidCase | None:
    """The aid by which today's holder has the tool."""
    return db.session.scalars(
        select(AidCase)
        .where(AidCase.enterprise_id == tool.holder_id, AidCase.state.in_(HELD))
        .order_by(AidCase.requested_at, AidCase.id)
    ).first()


def _reached(row: AidCase | None, checked_on: date) -> int | None:
    if row is None or row.handed_over_on is None:
        return None
    return check_reached(row.handed_over_on, row.state, checked_on)


def _all_checked(row: AidCase, reached: int) -> bool:
    """Whether every tool that the enterprise holds has this check."""
    db.session.flush()
    held = set(db.session.scalars(select(Tool.id).where(Tool.holder_id == row.enterprise_id)))
    checked = set(
        db.session.scalars(
            select(ToolCheck.tool_id).where(
                ToolCheck.enterprise_id == row.enterprise_id,
                ToolCheck.check_day == reached,
                ToolCheck.checked_on >= row.handed_over_on,
            )
        )
    )
    return held <= checked


def _check(report: CheckReport, tool: Tool, reached: int | None) -> None:
    check_day(report.checked_on, not_before=tool.held_from, today=local_today(), field="checked_on")
    refusals = []
    if not 0 <= report.days_used <= MAX_DAYS:
        refusals.append(_refused("days_used", f"Isi 0 sampai {MAX_DAYS} hari."))
    if report.condition not in CONDITIONS:
        refusals.append(_refused("condition", "Pilih keadaan alat."))
    if report.operator not in OPERATOR_LABELS and (reached == _FIRST_CHECK or report.operator):
        refusals.append(_refused("operator", "Pilih siapa yang menjalankan alat."))
    if reached == _FIRST_CHECK and report.photo is None:
        refusals.append(_refused("photo", "Pengecekan hari ke-30 perlu foto alat."))
    if refusals:
        refusals[0].values["also"] = refusals[1:]
        raise refusals[0]


def _refused(field: str, message: str) -> InvalidInput:
    return InvalidInput(f"{field}_wrong", field=field, message=message)


def _stored(
    tool: Tool, enterprise: Enterprise, report: CheckReport, reached: int | None, by: UUID
) -> ToolCheck:
    photo = None if report.photo is None else store_photo(report.photo, by=by)
    check = ToolCheck(
        id=new_id(),
        tool_id=tool.id,
        enterprise_id=enterprise.id,
        checked_on=report.checked_on,
        check_day=reached,
        days_used=report.days_used,
        condition=report.condition,
        operator=report.operator,
        units=report.units,
        sales=report.sales,
        repair=report.repair,
        note=report.note,
        photo_id=None if photo is None else photo.id,
        checked_by=by,
        received_at=utc_now(),
    )
    db.session.add(check)
    # A second check of the day is refused here, before anything is said about it.
    db.session.flush()
    return check


def _carry(tool: Tool, report: CheckReport) -> None:
    if tool.checked_on is None or report.checked_on >= tool.checked_on:
        tool.checked_on, tool.days_used = report.checked_on, report.days_used
        tool.condition = report.condition
    tool.version += 1


def _words(row: AidCase, report: CheckReport, reached: int) -> str:
    missed = [day for day in (30, 90) if day < reached and row.state in _BEFORE[day]]
    words = f"Dipakai {report.days_used} hari dalam 30 hari."
    if missed:
        days = " dan ".join(f"ke-{day}" for day in missed)
        words += f" Pengecekan hari {days} terlewat."
    return words


_BEFORE = {30: ("dipakai",), 90: ("dipakai", "evaluasi_30")}


def _note(
    tool: Tool, enterprise: Enterprise, report: CheckReport, check: ToolCheck, by: UUID
) -> None:
    record(
        subject_type="tool_check",
        subject_id=check.id,
        enterprise_id=enterprise.id,
        area_code=enterprise.village_code,
        action="tool.checked",
        by=by,
        changes={
            "name": [None, tool.name],
            "days_used": [None, report.days_used],
            "checked_on": [None, report.checked_on.isoformat()],
        },
        note=report.note or None,
    )
