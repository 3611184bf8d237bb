"""What every step of an aid does: lock it, check the order, keep who took it, note the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO
from uuid import UUID

from sqlalchemy import exists, func, select

from app.aid.models import AidCase, AidStep, Tool
from app.aid.queries.reach import case as case_within
from app.aid.rules.steps import (
    ENDED,
    FOR_THE_OWNER,
    STATE_LABELS,
    check_day,
    check_version,
    next_state,
)
from app.aid.rules.use import AID_THERAPY
from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.money import format_rupiah
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import check_allowed
from app.enterprises.rules.consents import BASE
from app.files.services import store_photo
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.interventions import services as plans
from app.interventions.models import Intervention
from app.interventions.queries.processes import register_process
from app.interventions.rules.states import ACTIVE_STATES
from app.interventions.services import lock_plan

_ACTIONS = {
    "request": "Bantuan alat diusulkan",
    "assess": "Kebutuhan alat dianalisis",
    "verify": "Usulan alat diperiksa di lapangan",
    "approve": "Bantuan alat disetujui",
    "refuse": "Usulan alat ditolak",
    "cancel": "Usulan alat dibatalkan",
    "hand_over": "Alat diserahkan",
    "install": "Alat dipasang",
    "use": "Alat mulai dipakai",
    "check_30": "Alat dicek hari ke-30",
    "check_90": "Alat dicek hari ke-90",
    "check_180": "Alat dicek hari ke-180",
    "finish": "Bantuan alat selesai",
    "move": "Alat dipindahkan",
    "paper": "Berkas bantuan alat ditambahkan",
}
register_actions({f"aid.{step}": words for step, words in _ACTIONS.items()})
register_fields(
    "aid",
    {
        "tool": FieldWording(label="Alat"),
        "state": FieldWording(label="Keadaan", say=STATE_LABELS.__getitem__),
        "value": FieldWording(label="Nilai", say=format_rupiah),
        "document": FieldWording(label="Nomor berita acara"),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReport:
    """What is said about a step: the version seen, the day, a note, a photo."""

    version: int
    happened_on: date
    note: str = ""
    photo: BinaryIO | None = None


def locked_case(scope: Scope, case_id: UUID, version: int) -> tuple[AidCase, Enterprise]:
    """A case as the person saw it, and its enterprise, both locked until the commit.

    Raises:
        NotFound: unknown or outside the scope.
        Conflict: somebody changed it since.
    """
    row = case_within(scope, case_id)
    enterprise = lock_plan(scope, row.enterprise_id)
    db.session.refresh(row)
    check_version(version, row.version)
    return row, enterprise


def check_going_on(enterprise: Enterprise) -> None:
    """Refuse to go on with an aid for an owner who withdrew, or whose enterprise closed or left.

    Raises:
        WrongState: see above.
    """
    check_allowed(enterprise.owner_id, BASE)
    plans.check_served(enterprise)


def take_step(
    row: AidCase,
    enterprise: Enterprise,
    step: str,
    report: StepReport,
    *,
    by: UUID | None,
    document: str = "",
    field: str = "happened_on",
) -> None:
    """Bring a locked case to its next state, with who, when, note and document.

    Raises:
        WrongState: the step doesn't follow, or is for an owner who withdrew or closed.
        InvalidInput: the day lies in the future or before the last step.
    """
    if step in FOR_THE_OWNER:
        check_going_on(enterprise)
    before = row.state
    row.state = next_state(step, before)
    check_day(report.happened_on, not_before=row.last_step_on, today=local_today(), field=field)
    row.last_step_on = report.happened_on
    row.version += 1
    keep_step(row, step, report, by=by, document=document)
    note(
        row,
        enterprise,
        step,
        by=by,
        changes={
            "state": [before, row.state],
            **({"document": [None, document]} if document else {}),
        },
        reason=report.note,
    )


def keep_step(
    row: AidCase, step: str, report: StepReport, *, by: UUID | None, document: str = ""
) -> None:
    """Keep a step with its papers."""
    photo = None if report.photo is None else store_photo(report.photo, by=by)
    db.session.add(
        AidStep(
            id=new_id(),
            case_id=row.id,
            state=row.state,
            step=step,
            acted_by=by,
            acted_at=utc_now(),
            happened_on=report.happened_on,
            note=report.note,
            document=document,
            photo_id=None if photo is None else photo.id,
        )
    )


def note(
    row: AidCase,
    enterprise: Enterprise,
    step: str,
    *,
    by: UUID | None,
    changes: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Write what happened into the history of the enterprise."""
    record(
        subject_type="aid",
        subject_id=row.id,
        enterprise_id=row.enterprise_id,
        area_code=enterprise.village_code,
        action=f"aid.{step}",
        by=by,
        changes={"tool": [None, row.tool_name], **(changes or {})},
        note=reason or None,
    )


def has_open_case(intervention_id: UUID) -> bool:
    """Whether an aid that has not ended delivers this therapy. Flushes."""
    db.session.flush()
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    AidCase.intervention_id == intervention_id, AidCase.state.not_in(ENDED)
                )
            )
        )
    )


register_process(AID_THERAPY, has_open_case)


def therapy_of(row: AidCase) -> Intervention:
    """The therapy in the plan that this aid delivers."""
    return db.session.get_one(Intervention, row.intervention_id)


def close_therapy(row: AidCase, *, result: str, words: str, scope: Scope, by: UUID) -> None:
    """End the therapy of an aid, if it is not ended yet; what it has cost are the tools bought."""
    therapy = therapy_of(row)
    if therapy.state not in ACTIVE_STATES:
        return
    spent = db.session.scalar(select(func.sum(Tool.value)).where(Tool.case_id == row.id)) or 0
    plans.close(
        intervention_id=therapy.id,
        version=therapy.version,
        result=result,
        result_note=words,
        closed_on=local_today(),
        spent=int(spent),
        spent_reason="Nilai alat menurut berita acara serah terima",
        scope=scope,
        by=by,
    )
