"""Sessions, who came to them, and what mentors learnt there."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.belongings import MOVES, register_belongings
from app.db.columns import AreaCodeText, Rupiah, UtcInstant, UuidKey, one_of
from app.interventions.rules import FUNDING_SOURCES
from app.trainings.rules import COMPETENCES, KINDS, PILLARS, PRACTICES, WAYS


class TrainingSession(db.Model):
    """A training, a group meeting, or coaching for mentors, in a village, on a day or some days.

    `practice` is what those who came should do at home; empty where nothing is asked. `code`
    opens the page at the door, for people who are logged in.
    """

    __tablename__ = "training_session"
    __table_args__ = (
        one_of("kind", tuple(KINDS), name="kind_known"),
        one_of("pillar", tuple(PILLARS), name="pillar_known"),
        one_of("funding_source", tuple(FUNDING_SOURCES), name="funding_source_known"),
        CheckConstraint("until_on >= held_on", name="ends_after_start"),
        CheckConstraint("cost >= 0", name="cost_not_negative"),
        UniqueConstraint("code", name="uq_training_session_code"),
        Index("ix_training_session_village_code_held_on", "village_code", "held_on"),
        Index("ix_training_session_held_on_id", "held_on", "id"),
    )

    id: Mapped[UuidKey]
    kind: Mapped[str] = mapped_column(String(12))
    topic: Mapped[str] = mapped_column(String(160))
    practice: Mapped[str] = mapped_column(String(200), default="")
    pillar: Mapped[str] = mapped_column(String(1))
    provider: Mapped[str] = mapped_column(String(160))
    village_code: Mapped[AreaCodeText] = mapped_column(ForeignKey("area.code"))
    place: Mapped[str] = mapped_column(String(160), default="")
    held_on: Mapped[date]
    until_on: Mapped[date]
    cost: Mapped[Rupiah] = mapped_column(default=0)
    funding_source: Mapped[str] = mapped_column(String(16))
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    code: Mapped[str] = mapped_column(String(32))
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<TrainingSession {self.topic}>"


class TrainingAttendance(db.Model):
    """An enterprise that was at a session, and whether it does later what was taught."""

    __tablename__ = "training_attendance"
    __table_args__ = (
        one_of("way", tuple(WAYS), name="way_known"),
        one_of("practice_state", tuple(PRACTICES), name="practice_state_known"),
        CheckConstraint(
            "(practice_state = 'belum_dilihat') = (seen_on IS NULL)", name="seen_on_a_day"
        ),
        Index("ix_training_attendance_enterprise_id", "enterprise_id", "practice_state"),
    )

    session_id: Mapped[UUID] = mapped_column(ForeignKey("training_session.id"), primary_key=True)
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    way: Mapped[str] = mapped_column(String(8))
    marked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    marked_at: Mapped[UtcInstant]
    practice_state: Mapped[str] = mapped_column(String(20), default="belum_dilihat")
    seen_on: Mapped[date | None]
    seen_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    def __repr__(self) -> str:
        return f"<TrainingAttendance {self.practice_state}>"


class MentorTraining(db.Model):
    """A mentor who was at a session; `competence` is set where the coaching was examined."""

    __tablename__ = "mentor_training"
    __table_args__ = (
        one_of("way", tuple(WAYS), name="way_known"),
        one_of("competence", tuple(COMPETENCES), name="competence_known"),
        Index("ix_mentor_training_account_id", "account_id"),
    )

    session_id: Mapped[UUID] = mapped_column(ForeignKey("training_session.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    way: Mapped[str] = mapped_column(String(8))
    marked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    marked_at: Mapped[UtcInstant]
    competence: Mapped[str | None] = mapped_column(String(8))

    def __repr__(self) -> str:
        return f"<MentorTraining {self.account_id}>"


register_belongings({"training_attendance": MOVES})
