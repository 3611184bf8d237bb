"""Answers that other parts of the system know, and the reasons for not taking them over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from app.core.clock import local_today
from app.db import db
from app.db.upsert import insert_or_update
from app.health.models import AnswerCorrection, HealthAssessment, KnownAnswer
from app.health.queries import corrections_of, known_answers
from app.health.rules.contradicted import Correction
from app.health.rules.instrument import Code, Points
from app.health.rules.questionnaire import CORRECTION, is_corrected


def note_known_answer(
    *, enterprise_id: UUID, indicator: str, points: int, known_on: date, source: str
) -> None:
    """Let the questionnaire begin with what another part of the system knows.

    The caller has found the enterprise within its scope. What is known of an earlier day than
    what stands there is passed over.
    """
    known = db.session.get(KnownAnswer, (enterprise_id, indicator))
    if known is not None and known.known_on > known_on:
        return
    insert_or_update(
        KnownAnswer.__table__,
        [
            {
                "enterprise_id": enterprise_id,
                "indicator": indicator,
                "points": points,
                "known_on": known_on,
                "source": source[:200],
            }
        ],
        key=["enterprise_id", "indicator"],
        update=["points", "known_on", "source"],
    )


def forget_known_answer(*, enterprise_id: UUID, indicator: str) -> None:
    """Ask again without help: what was known no longer holds."""
    db.session.execute(
        delete(KnownAnswer).where(
            KnownAnswer.enterprise_id == enterprise_id, KnownAnswer.indicator == indicator
        )
    )


def keep_corrections(assessment: HealthAssessment, answers: Mapping[str, Any]) -> None:
    """Keep the reasons in a draft for which known answers were not taken over."""
    known = known_answers(assessment.enterprise_id, on=local_today())
    corrections = {
        code: Correction(known_points=one.points, source=one.source, reason=reason)
        for code, one in known.items()
        if (reason := answers.get(code + CORRECTION)) and is_corrected(answers, code, one.points)
    }
    keep_told_corrections(
        assessment, {code: int(answers[code]) for code in corrections}, corrections
    )


def keep_told_corrections(
    assessment: HealthAssessment,
    answers: Mapping[Code, Points],
    corrections: Mapping[Code, Correction],
) -> None:
    """Keep reasons as they were told; those of an assessment that is there already stay."""
    kept = corrections_of(assessment.id)
    for code, one in corrections.items():
        given = answers.get(code)
        if code in kept or given is None or given == one.known_points:
            continue
        db.session.add(
            AnswerCorrection(
                assessment_id=assessment.id,
                indicator=code,
                known_points=one.known_points,
                given_points=given,
                source=one.source[:200],
                reason=one.reason,
            )
        )
