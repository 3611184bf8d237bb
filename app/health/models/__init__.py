"""Assessments, their drafts, and the spans of days in which a class was current."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.errors import Conflict, WrongState
from app.db import db
from app.db.belongings import MOVES, RENEWED, register_belongings
from app.db.columns import (
    JsonDict,
    JsonList,
    Sha256Text,
    UTCDateTime,
    UtcInstant,
    UuidKey,
    one_of,
)
from app.db.constraints import means
from app.health.models.published_stays import keep_published
from app.health.rules.evidence import EvidenceStrength
from app.health.rules.instrument import HealthClass
from app.health.rules.scoring import Status

_CLASSES = tuple(HealthClass)
DRAFT, PUBLISHED, DISCARDED = "rancangan", "terbit", "dibuang"
INSTRUMENT_STATES = (DRAFT, PUBLISHED, DISCARDED)
OBJECTION_WAYS = ("lisan", "tertulis", "telepon", "halaman")
ACCEPTED, PARTLY_ACCEPTED, REJECTED = "diterima", "diterima_sebagian", "ditolak"
OBJECTION_OUTCOMES = (ACCEPTED, PARTLY_ACCEPTED, REJECTED)
PROPOSED, AGREED, DECLINED = "diusulkan", "disetujui", "tidak"
SETTLED_STATES = (PROPOSED, AGREED, DECLINED)
# One standing proposal or agreement an assessment; a declined one makes room for another.
_STANDING: dict[str, Any] = {
    f"{dialect}_where": text("state <> 'tidak'") for dialect in ("sqlite", "postgresql")
}


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


class InstrumentVersion(db.Model):
    """A later version of the instrument: a draft, or published and then never changed again.

    `content` is YAML text of the form of `app/health/instruments/iku-dm-v1.yaml`, which itself is
    version 1 and stands in no row. `number` is given when it is published.
    """

    __tablename__ = "instrument_version"
    __table_args__ = (
        one_of("state", INSTRUMENT_STATES, name="state_known"),
        CheckConstraint("(state = 'terbit') = (number IS NOT NULL)", name="number_when_published"),
        CheckConstraint("number IS NULL OR number > 1", name="number_after_first"),
        Index("uq_instrument_version_number", "number", unique=True),
    )

    id: Mapped[UuidKey]
    state: Mapped[str] = mapped_column(String(12))
    number: Mapped[int | None] = mapped_column(SmallInteger)
    note: Mapped[str] = mapped_column(String(500), default="")
    based_on: Mapped[int] = mapped_column(SmallInteger)
    content: Mapped[str] = mapped_column(Text)
    # Of the content: what was tried is what gets published.
    content_hash: Mapped[Sha256Text]
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[UtcInstant]
    changed_at: Mapped[UtcInstant]
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<InstrumentVersion {self.number or self.state}>"


class InstrumentTrial(db.Model):
    """What a draft would change, computed over all current assessments on a day.

    Nothing counts before `finished_at`. `left_out` are enterprises whose assessment had expired.
    """

    __tablename__ = "instrument_trial"
    __table_args__ = (Index("ix_instrument_trial_version_id", "version_id"),)

    id: Mapped[UuidKey]
    version_id: Mapped[UUID] = mapped_column(ForeignKey("instrument_version.id"))
    content_hash: Mapped[Sha256Text]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[UtcInstant]
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    left_out: Mapped[int] = mapped_column(default=0)

    def __repr__(self) -> str:
        return f"<InstrumentTrial {self.id}>"


class TrialResult(db.Model):
    """One enterprise of a trial: its class now and as the draft would have it (none: not rated)."""

    __tablename__ = "instrument_trial_result"
    __table_args__ = (
        one_of("class_now", _CLASSES, name="class_now_known"),
        one_of("class_then", _CLASSES, name="class_then_known"),
    )

    trial_id: Mapped[UUID] = mapped_column(
        ForeignKey("instrument_trial.id", ondelete="CASCADE"), primary_key=True
    )
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    class_now: Mapped[str] = mapped_column(String(20))
    class_then: Mapped[str | None] = mapped_column(String(20))
    score_now: Mapped[int | None] = mapped_column(SmallInteger)
    score_then: Mapped[int | None] = mapped_column(SmallInteger)

    def __repr__(self) -> str:
        return f"<TrialResult {self.enterprise_id}>"


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


class KnownAnswer(db.Model):
    """What another part of the system knows about a question: it stands in the form beforehand.

    `source` says in words where it comes from, `known_on` to which day it belongs.
    """

    __tablename__ = "known_answer"
    __table_args__ = (CheckConstraint("points BETWEEN 0 AND 4", name="points_real"),)

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    indicator: Mapped[str] = mapped_column(String(4), primary_key=True)
    points: Mapped[int] = mapped_column(SmallInteger)
    known_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(200))

    def __repr__(self) -> str:
        return f"<KnownAnswer {self.indicator} {self.points}>"


class AnswerCorrection(db.Model):
    """A known answer that the assessor did not take over, and why. Never changed."""

    __tablename__ = "answer_correction"

    assessment_id: Mapped[UUID] = mapped_column(
        ForeignKey("health_assessment.id"), primary_key=True
    )
    indicator: Mapped[str] = mapped_column(String(4), primary_key=True)
    known_points: Mapped[int] = mapped_column(SmallInteger)
    given_points: Mapped[int] = mapped_column(SmallInteger)
    source: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(300))

    def __repr__(self) -> str:
        return f"<AnswerCorrection {self.indicator}>"


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


class Objection(db.Model):
    """What an owner says against an assessment, and what the office answered, with its day."""

    __tablename__ = "assessment_objection"
    __table_args__ = (
        one_of("way", OBJECTION_WAYS, name="way_known"),
        one_of("outcome", OBJECTION_OUTCOMES, name="outcome_known"),
        CheckConstraint("(outcome IS NULL) = (answered_on IS NULL)", name="answer_whole"),
        CheckConstraint("answered_on >= received_on", name="answered_after"),
        Index("ix_assessment_objection_enterprise_id_received_on", "enterprise_id", "received_on"),
        Index("ix_assessment_objection_answered_on_due_on", "answered_on", "due_on"),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("health_assessment.id"))
    received_on: Mapped[date]
    way: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(String(1000))
    due_on: Mapped[date]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[UtcInstant]
    outcome: Mapped[str | None] = mapped_column(String(20))
    answer: Mapped[str | None] = mapped_column(String(1000))
    answered_on: Mapped[date | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    # When the owner said on their own page that they had read the answer.
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<Objection {self.enterprise_id} {self.received_on}>"


class SettledClass(db.Model):
    """A class that two people settle on beside the computed one, for one assessment.

    It stands beside the computed class and never in its place: no count and no list uses it.
    """

    __tablename__ = "settled_class"
    __table_args__ = (
        one_of("health_class", _CLASSES, name="health_class_known"),
        one_of("state", SETTLED_STATES, name="state_known"),
        CheckConstraint("decided_by <> proposed_by", name="second_person"),
        CheckConstraint("(state = 'diusulkan') = (decided_at IS NULL)", name="decision_whole"),
        Index("uq_settled_class_assessment_id", "assessment_id", unique=True, **_STANDING),
        Index("ix_settled_class_enterprise_id", "enterprise_id"),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("health_assessment.id"))
    health_class: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(1000))
    state: Mapped[str] = mapped_column(String(12))
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[UtcInstant]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decision_note: Mapped[str | None] = mapped_column(String(500))

    def __repr__(self) -> str:
        return f"<SettledClass {self.enterprise_id} {self.health_class}>"


means(
    "pk_health_assessment",
    lambda: Conflict(
        "assessment_taken", message="Penilaian dengan nomor ini sudah ada, dengan isi yang lain."
    ),
    columns="health_assessment.id",
)
means(
    "uq_settled_class_assessment_id",
    lambda: Conflict(
        "class_settled", message="Untuk penilaian ini sudah ada usulan kelas. Muat ulang halaman."
    ),
    columns="settled_class.assessment_id",
)
means(
    "ck_settled_class_second_person",
    lambda: WrongState(
        "second_person", message="Usulan kelas harus diputuskan orang lain, bukan pengusulnya."
    ),
)

keep_published(InstrumentVersion.__table__)

register_belongings(
    {
        "health_assessment": MOVES,
        "assessment_draft": MOVES,
        "assessment_objection": MOVES,
        "known_answer": MOVES,
        "settled_class": MOVES,
        # Computed anew from the assessments.
        "class_span": RENEWED,
        "instrument_trial_result": RENEWED,
    }
)
