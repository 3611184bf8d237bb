"""What owners write to the office, past their mentor."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import UTCDateTime, UtcInstant, UuidKey, one_of
from app.portal.rules.messages import KIND_LABELS, MOST_WORDS, TOPICS


class OwnerMessage(db.Model):
    """One message of an owner, with the promised day and the answer of the office.

    Mentors never see it: it stands under no enterprise in the history and goes to no phone.
    """

    __tablename__ = "owner_message"
    __table_args__ = (
        one_of("kind", tuple(KIND_LABELS), name="kind_known"),
        one_of("topic", TOPICS, name="topic_known"),
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answer_whole"),
        CheckConstraint(
            "answered_at IS NOT NULL OR (read_at IS NULL AND follow_up_on IS NULL)",
            name="read_when_answered",
        ),
        Index("ix_owner_message_enterprise_id", "enterprise_id"),
        Index("ix_owner_message_owner_id_sent_at", "owner_id", "sent_at"),
        Index("ix_owner_message_answered_at_due_on_id", "answered_at", "due_on", "id"),
        Index("ix_owner_message_visit_id", "visit_id"),
    )

    id: Mapped[UuidKey]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("owner.id"))
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    # The visit of which the owner says that nobody came.
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"))
    kind: Mapped[str] = mapped_column(String(20))
    topic: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(MOST_WORDS), default="")
    sent_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    sent_at: Mapped[UtcInstant]
    due_on: Mapped[date]
    answer: Mapped[str | None] = mapped_column(String(1000))
    # When somebody comes or calls about it.
    follow_up_on: Mapped[date | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # When the owner said that they had read the answer.
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<OwnerMessage {self.kind} {self.id}>"
