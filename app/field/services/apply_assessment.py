"""An assessment that was made without signal."""

from __future__ import annotations

from typing import Any

from app.db import db
from app.enterprises.models import Enterprise
from app.field.rules import OK
from app.field.rules.assessment_data import AssessmentSaid, Computed, assessment_said
from app.field.rules.labels import OTHER_INSTRUMENT, OTHER_SECTOR, SCORED_APART
from app.field.services.apply_edit import change_enterprise
from app.field.services.outcomes import Case, Outcome
from app.health.models import HealthAssessment
from app.health.queries.instruments import current_instrument, published_instruments
from app.health.rules.instrument import Instrument
from app.health.services import keep_told_corrections, record_assessment


def apply_assessment(case: Case) -> Outcome:
    """Score and record it by the version of the questions that was asked.

    The server scores by itself; where the phone showed something else that is noted, no more.
    """
    row, by = case.row, case.sender.account_id
    said = assessment_said(case.operation, case.sender.clock)
    instrument = _instrument(said)
    assessment = record_assessment(
        enterprise=row,
        findings=said,
        assessed_on=said.assessed_on,
        by=by,
        assessment_id=case.operation.record_id,
        instrument=instrument,
        sector=_sector(row, said, case),
    )
    # What follows names the assessment by its key.
    db.session.flush()
    asked = {indicator.code for indicator in instrument.indicators}
    told = {code: one for code, one in said.corrections.items() if code in asked}
    keep_told_corrections(assessment, said.answers, told)
    rest = _rest(said, instrument, assessment)
    return Outcome(status=OK, version=row.version, labels=said.taken.labels, extra=rest)


def _instrument(said: AssessmentSaid) -> Instrument:
    """The version that the phone asked by; one that is not known here is scored by today's."""
    known = {one.version: one for one in published_instruments()}
    chosen = known.get(said.instrument_version or 0) or current_instrument()
    if said.instrument_version not in (None, current_instrument().version):
        said.taken.label(OTHER_INSTRUMENT)
    return chosen


def _sector(row: Enterprise, said: AssessmentSaid, case: Case) -> str | None:
    """The sector that decided what was asked; an enterprise without one learns it."""
    if said.sector is None or said.sector == row.sector:
        return row.sector
    if row.sector is None:
        change_enterprise(row, {"sector": said.sector}, by=case.sender.account_id)
        # Recording reads the row anew.
        db.session.flush()
    else:
        said.taken.label(OTHER_SECTOR)
    return said.sector


def _rest(
    said: AssessmentSaid, instrument: Instrument, assessment: HealthAssessment
) -> dict[str, Any]:
    rest = dict(said.rest)
    asked = {indicator.code for indicator in instrument.indicators}
    unknown = {code: points for code, points in said.answers.items() if code not in asked}
    if unknown:
        rest["answers"] = unknown
    left = {code: one.reason for code, one in said.corrections.items() if code not in asked}
    if left:
        rest["corrections"] = left
    here = _computed(assessment)
    if said.computed is not None and said.computed != here:
        said.taken.label(SCORED_APART)
        rest["hitungan_ponsel"] = _told(said.computed)
        rest["hitungan_server"] = _told(here)
    if said.taken.dropped:
        rest["diabaikan"] = dict(said.taken.dropped)
    return rest


def _computed(assessment: HealthAssessment) -> Computed:
    return Computed(
        health_class=assessment.final_class,
        tenths=assessment.score,
        low=assessment.low,
        high=assessment.high,
        knockouts=frozenset(
            str(one.get("code") if isinstance(one, dict) else one) for one in assessment.knockouts
        ),
    )


def _told(one: Computed) -> dict[str, Any]:
    return {
        "class": one.health_class,
        "tenths": one.tenths,
        "low": one.low,
        "high": one.high,
        "knockouts": sorted(one.knockouts),
    }
