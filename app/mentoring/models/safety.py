"""Notes about the safety of those who visit."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import UTCDateTime, UtcInstant, UuidKey


class SafetyNote(db.Model):
    """What somebody who visits must beware of: for its writer and the officers of the area alone.

    The text lies sealed with the row's id as associated data, and stands in no history.
    """

    __tablename__ = "safety_note"
    __table_args__ = (
        Index("ix_safety_note_enterprise_id_created_at", "enterprise_id", "created_at"),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    written_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    text_sealed: Mapped[bytes]
    created_at: Mapped[UtcInstant]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<SafetyNote {self.id}>"
