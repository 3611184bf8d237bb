"""Writing assessments and their drafts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.upsert import bulk_insert, insert_or_update
from app.enterprises.models import Enterprise
from app.enterprises.queries import check_allowed
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.rules.consents import BASE
from app.enterprises.rules.labels import HEALTH_LABELS, HEALTH_STATUS_LABELS
from app.health.models import AssessmentDraft, ClassSpan, HealthAssessment
from app.health.queries import (
    assessments_in_order,
    contradicted_draft,
    current_instrument,
    draft,
    draft_answers,
    known_answers,
)
from app.health.rules import Case, Context, Findings, points_in_order
from app.health.rules.answers import evidence_in_order
from app.health.rules.instrument import Instrument
from app.health.rules.protocol import VisitFacts, next_visit_due
from app.health.rules.questionnaire import reading
from app.health.rules.record import assessment_row
from app.health.rules.standing import Standing, class_spans, standing
from app.health.services.known import keep_corrections
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record

RECORDED = "assessment.recorded"
register_actions({RECORDED: "Penilaian kesehatan dicatat"})
register_fields(
    "assessment",
    {
        "health_class": FieldWording(label="Kelas kesehatan", say=HEALTH_LABELS.__getitem__),
        "score": FieldWording(label="Skor", say=lambda tenths: f"{tenths // 10},{tenths % 10}"),
        "assessed_on": FieldWording(label="Tanggal penilaian"),
        "status": FieldWording(label="Status penilaian", say=HEALTH_STATUS_LABELS.__getitem__),
    },
)

# What an assessment learns about the enterprise itself, and the next one begins with.
_LASTING_FACTS = ("has_equipment", "declared_non_halal", "sold_outside_home")
# What must be the same for a second delivery of one assessment to be the same assessment.
_CONTENT = ("enterprise_id", "assessed_on", "sector", "points", "evidence", "context")


def record_assessment(
    *,
    enterprise: Enterprise,
    findings: Findings,
    assessed_on: date,
    by: UUID | None,
    assessment_id: UUID | None = None,
    instrument: Instrument | None = None,
    sector: str | None = None,
) -> HealthAssessment:
    """Score and store an assessment, and bring the enterprise row up to date.

    One that is older than the current one is stored but changes nothing current. The same
    assessment delivered again is the one that is there. What was asked without signal names the
    `instrument` and the `sector` by which it was asked; else they are those of today.

    Raises:
        InvalidInput: the day lies in the future.
        WrongState: the enterprise has no sector, which decides what is asked, or its owner withdrew
            or restricted their data.
        Conflict: the id is taken by an assessment of other content.
    """
    # Two assessments of one enterprise are brought into its row one after the other.
    db.session.refresh(enterprise, with_for_update={"of": Enterprise})
    asked = instrument or current_instrument(), sector or enterprise.sector
    row = _row(enterprise, findings, assessed_on, by, assessment_id or new_id(), *asked)
    known = db.session.get(HealthAssessment, row["id"])
    if known is not None:
        return _same(known, row)
    check_allowed(enterprise.owner_id, BASE)
    assessment = HealthAssessment(**row)
    db.session.add(assessment)
    # The rows that follow name the assessment by its key.
    db.session.flush()
    before = enterprise.health_class, enterprise.health_score
    refresh_standing(enterprise)
    if enterprise.assessed_on == assessed_on:
        _remember_facts(enterprise, findings.context)
    _note(enterprise, assessment, before, by)
    return assessment


def finish_draft(*, scope: Scope, enterprise_id: UUID, by: UUID) -> UUID:
    """Record what an account's draft says, throw the draft away, give the assessment's id.

    Raises:
        NotFound: the enterprise is unknown, or outside the scope.
        WrongState: there is no draft, or the enterprise has no sector.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    kept = draft(scope, enterprise_id, by)
    answers = draft_answers(enterprise, kept)
    # Of two people who press the button at once, one finds the draft gone.
    if kept is None or not discard_draft(enterprise_id=enterprise_id, account_id=by):
        raise WrongState("draft_missing", message="Penilaian ini sudah dicatat atau dihapus.")
    _check_explained(enterprise, answers)
    assessed_on = answers.get("assessed_on")
    said = reading(
        current_instrument(),
        enterprise.sector or "",
        answers,
        assessed_on=date.fromisoformat(assessed_on) if assessed_on else local_today(),
    )
    if all(points is None for points in said.answers.values()):
        raise InvalidInput(
            "answers_missing", message="Belum ada jawaban. Jawab dahulu pertanyaannya."
        )
    assessment = record_assessment(
        enterprise=enterprise,
        findings=said,
        assessed_on=said.assessed_on,
        by=by,
    )
    keep_corrections(assessment, answers)
    return assessment.id


def _check_explained(enterprise: Enterprise, answers: dict[str, Any]) -> None:
    """Refuse a draft that says something else than what is known by now, without a reason."""
    known = known_answers(enterprise.id, on=local_today())
    found = contradicted_draft(current_instrument(), enterprise.sector or "", answers, known)
    names = [one.name for one in found if not one.reason]
    if names:
        raise InvalidInput(
            "contradiction_unexplained",
            message=f"Jawaban berbeda dari data: {', '.join(names)}. "
            "Perbaiki jawabannya atau isi alasannya.",
        )


def refresh_standing(enterprise: Enterprise) -> None:
    """Make spans and the enterprise row what its assessments say. Flushes."""
    in_order = assessments_in_order(enterprise.id)
    db.session.execute(delete(ClassSpan).where(ClassSpan.enterprise_id == enterprise.id))
    spans = [
        {
            "enterprise_id": enterprise.id,
            "from_on": span.from_on,
            "until_on": span.until_on,
            "health_class": span.health_class,
            "status": span.status,
            "assessment_id": span.assessment_id,
        }
        for span in class_spans(in_order)
    ]
    if spans:
        bulk_insert(ClassSpan.__table__, spans)
    _carry_down(enterprise, standing(in_order))


def save_draft(*, enterprise_id: UUID, account_id: UUID, answers: Mapping[str, Any]) -> None:
    """Keep the fields of an unfinished assessment; the newest delivery counts."""
    insert_or_update(
        AssessmentDraft.__table__,
        [
            {
                "enterprise_id": enterprise_id,
                "account_id": account_id,
                "answers": dict(answers),
                "updated_at": utc_now(),
            }
        ],
        key=["enterprise_id", "account_id"],
        update=["answers", "updated_at"],
    )


def discard_draft(*, enterprise_id: UUID, account_id: UUID) -> bool:
    """Throw a draft away; says whether there was one."""
    gone = db.session.execute(
        delete(AssessmentDraft)
        .where(
            AssessmentDraft.enterprise_id == enterprise_id,
            AssessmentDraft.account_id == account_id,
        )
        .returning(AssessmentDraft.enterprise_id)
    )
    return gone.first() is not None


def _row(
    enterprise: Enterprise,
    findings: Findings,
    assessed_on: date,
    by: UUID | None,
    assessment_id: UUID,
    instrument: Instrument,
    sector: str | None,
) -> dict[str, Any]:
    if assessed_on > local_today():
        raise InvalidInput(
            "assessed_on_future",
            field="assessed_on",
            message="Tanggal penilaian tidak boleh setelah hari ini.",
        )
    if sector is None:
        raise WrongState(
            "enterprise_without_sector", message="Isi sektor usaha lebih dulu di data usaha."
        )
    case = Case(
        sector=sector,
        assessed_on=assessed_on,
        points=points_in_order(instrument, findings.answers),
        context=findings.context,
    )
    now = utc_now()
    return assessment_row(
        instrument,
        case,
        assessment_id=assessment_id,
        enterprise_id=enterprise.id,
        assessed_by=by,
        evidence=evidence_in_order(instrument, findings.evidence),
        not_known=findings.not_known,
        main_problem=findings.main_problem,
        created_at=now,
        received_at=now,
    )


def _same(known: HealthAssessment, row: Mapping[str, Any]) -> HealthAssessment:
    if any(getattr(known, name) != row[name] for name in _CONTENT):
        raise Conflict(
            "assessment_taken",
            message="Penilaian dengan nomor ini sudah ada, dengan isi yang lain.",
        )
    return known


def _carry_down(enterprise: Enterprise, now: Standing) -> None:
    is_news = (now.assessed_on, now.health_class) != (
        enterprise.assessed_on,
        enterprise.health_class,
    )
    enterprise.health_class = now.health_class
    enterprise.health_score = now.health_score
    enterprise.health_status = now.health_status
    enterprise.assessed_on = now.assessed_on
    enterprise.health_valid_until = now.health_valid_until
    enterprise.sick_since_on = now.sick_since_on
    if is_news:
        enterprise.next_visit_due_on = _visit_due(enterprise)


def _visit_due(enterprise: Enterprise) -> date | None:
    """The day by the rhythm of the class, or an earlier one that was already agreed on."""
    due = next_visit_due(
        VisitFacts(
            life_cycle=enterprise.life_cycle,
            health_class=enterprise.health_class,
            assessed_on=enterprise.assessed_on,
            sick_since_on=enterprise.sick_since_on,
            last_visit_on=enterprise.last_visit_on,
        )
    )
    agreed = enterprise.next_visit_due_on
    if due is None or agreed is None or enterprise.assessed_on is None:
        return due
    return agreed if enterprise.assessed_on < agreed < due else due


def _remember_facts(enterprise: Enterprise, context: Context) -> None:
    for name in _LASTING_FACTS:
        if getattr(enterprise, name) != getattr(context, name):
            setattr(enterprise, name, getattr(context, name))
    if enterprise.started_on is None and context.started_on is not None:
        enterprise.started_on = context.started_on


def _note(
    enterprise: Enterprise,
    assessment: HealthAssessment,
    before: tuple[str | None, int | None],
    by: UUID | None,
) -> None:
    class_before, score_before = before
    # What happened earlier than the current assessment did not move the score.
    is_current = enterprise.assessed_on == assessment.assessed_on
    record(
        subject_type="assessment",
        subject_id=assessment.id,
        enterprise_id=enterprise.id,
        action=RECORDED,
        by=by,
        area_code=enterprise.village_code,
        changes={
            "health_class": [class_before, enterprise.health_class],
            "score": [score_before if is_current else None, assessment.score],
            "assessed_on": [None, assessment.assessed_on.isoformat()],
            "status": [None, assessment.status],
        },
    )
