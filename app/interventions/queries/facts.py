"""Assessments and plans as the plain values that the rules judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.rules.life_cycle import RESTING
from app.health.models import HealthAssessment
from app.health.queries import assessments_in_order, instrument_of
from app.health.rules.answers import NOT_APPLICABLE
from app.interventions.models import Intervention
from app.interventions.rules import (
    ACTIVE_STATES,
    OPEN_STATES,
    Advice,
    Diagnosis,
    PlanFacts,
    current_catalogue,
    propose,
)
from app.interventions.rules.diagnosis import SICK
from app.interventions.rules.states import DONE, REFUSED

# An enterprise that nobody looks after is asked nothing and prescribed nothing.
NO_ADVICE = Advice(now=(), later=(), closed=(), reminders=(), room=0)
# The therapy by which the owner declares the product halal.
_HALAL_DECLARATION = "T15"


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What an enterprise needs by its latest assessment, which may be missing."""

    assessment: HealthAssessment | None
    diagnosis: Diagnosis
    facts: PlanFacts
    advice: Advice


def needs_of(enterprise: Enterprise) -> Needs:
    """The advice for an enterprise that the caller has found within its scope."""
    return needs_from(enterprise, assessments_in_order(enterprise.id), rows_of(enterprise.id))


def needs_of_many(enterprises: Iterable[Enterprise]) -> dict[UUID, Needs]:
    """The advice for several enterprises, by two statements in all."""
    found = {one.id: one for one in enterprises}
    assessments: defaultdict[UUID, list[HealthAssessment]] = defaultdict(list)
    for assessment in db.session.scalars(
        select(HealthAssessment)
        .where(HealthAssessment.enterprise_id.in_(found))
        .order_by(HealthAssessment.assessed_on, HealthAssessment.received_at, HealthAssessment.id)
    ):
        assessments[assessment.enterprise_id].append(assessment)
    rows: defaultdict[UUID, list[Intervention]] = defaultdict(list)
    for row in db.session.scalars(
        select(Intervention)
        .where(Intervention.enterprise_id.in_(found))
        .order_by(Intervention.proposed_at, Intervention.id)
    ):
        rows[row.enterprise_id].append(row)
    return {key: needs_from(one, assessments[key], rows[key]) for key, one in found.items()}


def needs_from(
    enterprise: Enterprise,
    assessments: Sequence[HealthAssessment],
    rows: Sequence[Intervention],
) -> Needs:
    """The advice that follows from all assessments and therapies of an enterprise, in order."""
    latest = _latest(assessments)
    diagnosis = _no_diagnosis(enterprise) if latest is None else diagnosis_of(latest)
    facts = _facts(rows, assessments, latest)
    return Needs(
        assessment=latest,
        diagnosis=diagnosis,
        facts=facts,
        advice=NO_ADVICE
        if enterprise.life_cycle in RESTING
        else propose(current_catalogue(), diagnosis, facts),
    )


def diagnosis_of(assessment: HealthAssessment) -> Diagnosis:
    """A stored assessment as the rules of therapy read it."""
    instrument = instrument_of(assessment)
    states = dict(
        zip(
            (indicator.code for indicator in instrument.indicators),
            assessment.answer_states,
            strict=True,
        )
    )
    unassessed = [
        dimension.code
        for dimension in instrument.dimensions
        if assessment.dimension_values.get(dimension.code) is None
        and any(states[one.code] != NOT_APPLICABLE for one in dimension.indicators)
    ]
    return Diagnosis(
        sector=assessment.sector,
        health_class=assessment.final_class,
        points=points_of(assessment),
        knockouts=tuple(assessment.knockouts),
        unassessed=frozenset(unassessed),
        debt_service_ratio=assessment.context.get("debt_service_ratio"),
    )


def points_of(assessment: HealthAssessment) -> dict[str, int | None]:
    """The points by indicator; what doesn't apply is missing too."""
    instrument = instrument_of(assessment)
    return {
        indicator.code: None if state == NOT_APPLICABLE else points
        for indicator, points, state in zip(
            instrument.indicators, assessment.points, assessment.answer_states, strict=True
        )
    }


def rows_of(enterprise_id: UUID) -> list[Intervention]:
    """All therapies of an enterprise, oldest first."""
    return list(
        db.session.scalars(
            select(Intervention)
            .where(Intervention.enterprise_id == enterprise_id)
            .order_by(Intervention.proposed_at, Intervention.id)
        )
    )


def _latest(assessments: Sequence[HealthAssessment]) -> HealthAssessment | None:
    rated = [one for one in assessments if one.final_class is not None] or assessments
    return rated[-1] if rated else None


def _no_diagnosis(enterprise: Enterprise) -> Diagnosis:
    return Diagnosis(sector=enterprise.sector or "", health_class=None, points={})


def _facts(
    rows: Iterable[Intervention],
    assessments: Sequence[HealthAssessment],
    latest: HealthAssessment | None,
) -> PlanFacts:
    rows = list(rows)
    settled = {row.therapy_code for row in rows if row.state in OPEN_STATES}
    if latest is not None:
        # What was refused is not proposed again until a new assessment asks for it, and what was
        # finished for this assessment has to show its effect first.
        settled |= {
            row.therapy_code
            for row in rows
            if row.assessment_id == latest.id and row.state in (REFUSED, DONE)
        }
    return PlanFacts(
        sick_in_a_row=_sick_in_a_row(assessments),
        open_codes=frozenset(settled),
        active_count=sum(row.state in ACTIVE_STATES for row in rows),
        halal_self_declare=False if _is_declaration_impossible(rows) else None,
    )


def _sick_in_a_row(assessments: Sequence[HealthAssessment]) -> int:
    count = 0
    for assessment in reversed(assessments):
        if assessment.final_class is None:
            continue
        if assessment.final_class != SICK:
            break
        count += 1
    return count


def _is_declaration_impossible(rows: Iterable[Intervention]) -> bool:
    """Whether the owner's declaration was tried or refused: then the regular way is left."""
    return any(
        row.therapy_code == _HALAL_DECLARATION and (row.state == REFUSED or row.result == "tidak")
        for row in rows
    )
