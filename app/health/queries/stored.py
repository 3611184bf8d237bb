"""Reading assessments, always within a scope."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.health.models import AnswerCorrection, AssessmentDraft, HealthAssessment


def assessment(scope: Scope, assessment_id: UUID) -> HealthAssessment:
    """One assessment.

    Raises:
        NotFound: unknown, or of an enterprise outside the scope: the answer is the same.
    """
    found = db.session.scalars(
        select(HealthAssessment)
        .join(Enterprise, Enterprise.id == HealthAssessment.enterprise_id)
        .where(HealthAssessment.id == assessment_id, within(scope))
    ).one_or_none()
    if found is None:
        raise NotFound("assessment_unknown", message="Penilaian ini tidak ditemukan.")
    return found


def assessments_in_order(enterprise_id: UUID) -> list[HealthAssessment]:
    """All assessments of an enterprise that the caller has found within its scope, oldest first.

    Of one day the one that was received last comes last.
    """
    return list(
        db.session.scalars(
            select(HealthAssessment)
            .where(HealthAssessment.enterprise_id == enterprise_id)
            .order_by(
                HealthAssessment.assessed_on, HealthAssessment.received_at, HealthAssessment.id
            )
        )
    )


def assessments_of(scope: Scope, enterprise_id: UUID) -> list[HealthAssessment]:
    """The assessments of one enterprise, oldest first; none if it lies outside the scope."""
    return list(
        db.session.scalars(
            select(HealthAssessment)
            .join(Enterprise, Enterprise.id == HealthAssessment.enterprise_id)
            .where(HealthAssessment.enterprise_id == enterprise_id, within(scope))
            .order_by(
                HealthAssessment.assessed_on, HealthAssessment.received_at, HealthAssessment.id
            )
        )
    )


def latest(scope: Scope, enterprise_id: UUID) -> HealthAssessment | None:
    """The newest assessment of one enterprise that gave a class, else the newest of all."""
    found = assessments_of(scope, enterprise_id)
    rated = [one for one in found if one.final_class is not None] or found
    return rated[-1] if rated else None


def draft(scope: Scope, enterprise_id: UUID, account_id: UUID) -> AssessmentDraft | None:
    """The unfinished assessment that an account has of an enterprise."""
    return db.session.scalars(
        select(AssessmentDraft)
        .join(Enterprise, Enterprise.id == AssessmentDraft.enterprise_id)
        .where(
            AssessmentDraft.enterprise_id == enterprise_id,
            AssessmentDraft.account_id == account_id,
            within(scope),
        )
    ).one_or_none()


def corrections_of(assessment_id: UUID) -> dict[str, AnswerCorrection]:
    """The known answers that an assessment did not take over, by indicator."""
    rows = db.session.scalars(
        select(AnswerCorrection)
        .where(AnswerCorrection.assessment_id == assessment_id)
        .order_by(AnswerCorrection.indicator)
    )
    return {row.indicator: row for row in rows}
