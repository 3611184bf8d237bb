"""What an officer made of the report of a visit."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import JsonList, UTCDateTime, UtcInstant, one_of
from app.mentoring.rules import CHECK_STATES


class VisitCheck(db.Model):
    """Whether a visit's report was looked at, and the signs that put it forward in the queue.

    `signals` are [code, values] as they were when the report came; `weight` is their sum.
    """

    __tablename__ = "visit_check"
    __table_args__ = (
        one_of("state", tuple(CHECK_STATES), name="state_known"),
        CheckConstraint("weight >= 0", name="weight_not_negative"),
        CheckConstraint(
            "state NOT IN ('dikembalikan', 'dijawab') OR (note IS NOT NULL AND note <> '')",
            name="returned_with_note",
        ),
        CheckConstraint(
            "state <> 'dijawab' OR (answer IS NOT NULL AND answer <> '')", name="answered_in_words"
        ),
        Index("ix_visit_check_state_weight_visit_id", "state", "weight", "visit_id"),
        Index("ix_visit_check_mentor_id_state", "mentor_id", "state"),
    )

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    state: Mapped[str] = mapped_column(String(16))
    signals: Mapped[JsonList] = mapped_column(default=list)
    weight: Mapped[int] = mapped_column(SmallInteger, default=0)
    note: Mapped[str | None] = mapped_column(String(500))
    checked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answer: Mapped[str | None] = mapped_column(String(500))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<VisitCheck {self.visit_id} {self.state}>"
