"""Counting what therapies achieved in an area."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.accounts.queries import scope_of
from app.core.errors import NotAllowed
from app.core.permissions import Permission
from app.db import db
from app.db.transaction import transaction
from app.interventions import services
from app.interventions.frames.cohort import load_cohort
from app.interventions.frames.report import case_rows, count_all, figures_of
from app.interventions.models import EffectReport
from app.jobs import Progress, job

_STEPS = 4


@job(services.EFFECTS_JOB)
def count_effects(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Count effects, costs and sick times of an area, and store them with their lists."""
    report_id = UUID(payload["report_id"])
    report = db.session.get_one(EffectReport, report_id)
    area_code = report.area_code
    if not scope_of(report.asked_by, Permission.INTERVENTION_DECIDE).covers_area(area_code):
        raise NotAllowed("area_not_reached", message="Anda tidak lagi bertugas di wilayah ini.")
    progress.step(1, _STEPS, "Membaca penilaian dan terapi")
    cohort = load_cohort(area_code)
    progress.step(2, _STEPS, "Membandingkan")
    counted = count_all(cohort)
    progress.step(3, _STEPS, "Menyimpan daftar di balik tiap angka")
    services.store_cases(report_id=report_id, rows=case_rows(report_id, counted))
    with transaction():
        services.finish_effects(report_id=report_id, figures=figures_of(counted))
    progress.step(_STEPS, _STEPS, "Selesai")
    return {"url": f"/terapi/manfaat?wilayah={area_code}"}
