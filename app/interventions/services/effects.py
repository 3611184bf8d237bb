"""Asking for a count of effects, and storing it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from app.core.clock import utc_now
from app.core.errors import NotFound
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.transaction import transaction
from app.db.upsert import bulk_copy
from app.interventions.models import EffectCase, EffectReport
from app.jobs import ask, register_titles

EFFECTS_JOB = "interventions.effects"
_SLICE = 20_000
register_titles({EFFECTS_JOB: "Menghitung manfaat terapi"})


def ask_effects(*, area_code: str, scope: Scope, by: UUID) -> UUID:
    """Ask for a new count over an area; gives the job that does it, or does it already.

    Raises:
        NotFound: the area does not lie within the scope.
    """
    if not scope.covers_area(area_code):
        raise NotFound("area_unknown", message="Wilayah tidak ditemukan.")
    report = EffectReport(id=new_id(), area_code=area_code, asked_by=by, asked_at=utc_now())
    db.session.add(report)
    db.session.flush()
    asked = ask(
        EFFECTS_JOB,
        key=f"effects:{area_code}",
        payload={"report_id": str(report.id)},
        by=by,
        area_code=area_code or None,
    )
    if not asked.is_new:
        db.session.delete(report)
    return asked.job_id


def store_cases(*, report_id: UUID, rows: Iterable[dict[str, Any]]) -> int:
    """Write the enterprises behind a report, in slices of a transaction each.

    What an interrupted run left behind is removed first, so it may run twice.
    """
    with transaction():
        db.session.execute(delete(EffectCase).where(EffectCase.report_id == report_id))
    iterator, count = iter(rows), 0
    while part := list(islice(iterator, _SLICE)):
        with transaction():
            count += bulk_copy(EffectCase.__table__, part)
    return count


def finish_effects(*, report_id: UUID, figures: dict[str, Any]) -> EffectReport:
    """Make a report the one that is shown; older ones of its area go."""
    report = db.session.get_one(EffectReport, report_id)
    report.figures, report.made_at = figures, utc_now()
    older = select(EffectReport.id).where(
        EffectReport.area_code == report.area_code, EffectReport.id != report_id
    )
    db.session.execute(delete(EffectCase).where(EffectCase.report_id.in_(older)))
    db.session.execute(
        delete(EffectReport).where(
            EffectReport.area_code == report.area_code, EffectReport.id != report_id
        )
    )
    return report
