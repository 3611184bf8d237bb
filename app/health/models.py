"""Assessments, their drafts, and the spans of days in which a class was current."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.errors import Conflict
from app.db import db
from app.db.columns import JsonDict, JsonList, UtcInstant, UuidKey, one_of
from app.db.constraints import means
from app.health.rules.evidence import EvidenceStrength
from app.health.rules.instrument import HealthClass
from app.health.rules.scoring import Status

_CLASSES = tuple(HealthClass)


class HealthAssessment(db.Model):
    """One assessment and its result, as they were: neither is ever changed or computed again.

    The id may be made by the caller (a phone). Points, states and evidence are arrays in the order
    of the instrument; scores and dimension values are tenths, coverage is thousandths.
    """

    __tablename__ = "health_assessment"
    __table_args__ = (
        one_of("score_class", _CLASSES, name="score_class_known"),
        one_of("final_class", _CLASSES, name="final_class_known"),
        one_of("low_class", _CLASSES, name="low_class_known"),
        one_of("high_class", _CLASSES, name="high_class_known"),
        one_of("status", tuple(Status), name="status_known"),
        one_of("evidence_strength", tuple(EvidenceStrength), name="evidence_strength_known"),
        CheckConstraint("score BETWEEN 0 AND 1000", name="score_real"),
        CheckConstraint("coverage BETWEEN 0 AND 1000", name="coverage_real"),
        CheckConstraint("low BETWEEN 0 AND high AND high <= 1000", name="range_real"),
        Index("ix_health_assessment_enterprise_id_assessed_on", "enterprise_id", "assessed_on"),
        Index("ix_health_assessment_assessed_on", "assessed_on"),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    assessed_on: Mapped[date]
    assessed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    instrument: Mapped[str] = mapped_column(String(20))
    instrument_version: Mapped[int] = mapped_column(SmallInteger)
    sector: Mapped[str] = mapped_column(String(1))
    points: Mapped[JsonList]
    # Of each question: one of `rules.answers.ANSWER_STATES`.
    answer_states: Mapped[JsonList]
    evidence: Mapped[JsonList]
    # The raw facts that the rules read; days as ISO text.
    context: Mapped[JsonDict]
    main_problem: Mapped[str] = mapped_column(String(500), default="")
    score: Mapped[int | None] = mapped_column(SmallInteger)
    coverage: Mapped[int] = mapped_column(SmallInteger)
    low: Mapped[int] = mapped_column(SmallInteger)
    high: Mapped[int] = mapped_column(SmallInteger)
    score_class: Mapped[str | None] = mapped_column(String(20))
    final_class: Mapped[str | None] = mapped_column(String(20))
    low_class: Mapped[str | None] = mapped_column(String(20))
    high_class: Mapped[str | None] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    knockouts: Mapped[JsonList]
    # Value in tenths by dimension; null where too little was answered or nothing applies.
    dimension_values: Mapped[JsonDict]
    evidence_strength: Mapped[str] = mapped_column(String(10))
    valid_until: Mapped[date | None]
    created_at: Mapped[UtcInstant]
    received_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<HealthAssessment {self.id} {self.assessed_on}>"


class AssessmentDraft(db.Model):
    """Answers of an assessment that isn't finished: one an enterprise and account.

    `answers` holds the fields of the form by name, as they were typed.
    """

    __tablename__ = "assessment_draft"

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    answers: Mapped[JsonDict]
    updated_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<AssessmentDraft {self.enterprise_id}>"


class ClassSpan(db.Model):
    """Days in which a class was current, both included: from the assessment until the day before
    the next one, or until it expired."""

    __tablename__ = "class_span"
    __table_args__ = (
        one_of("health_class", _CLASSES, name="health_class_known"),
        one_of("status", tuple(Status), name="status_known"),
        CheckConstraint("until_on >= from_on", name="ends_after_start"),
        Index("ix_class_span_from_on_until_on", "from_on", "until_on"),
        # The class of a day is read from the index alone.
        Index(
            "ix_class_span_enterprise_id_from_on_until_on",
            "enterprise_id",
            "from_on",
            "until_on",
            "health_class",
        ),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    until_on: Mapped[date]
    health_class: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("health_assessment.id"))

    def __repr__(self) -> str:
        return f"<ClassSpan {self.enterprise_id} {self.from_on}>"


means(
    "pk_health_assessment",
    lambda: Conflict(
        "assessment_taken", message="Penilaian dengan nomor ini sudah ada, dengan isi yang lain."
    ),
    columns="health_assessment.id",
)
