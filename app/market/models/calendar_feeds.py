"""Secret addresses under which mentors subscribe to what is due."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import Sha256Text, UTCDateTime, UtcInstant, UuidKey


class CalendarFeed(db.Model):
    """One address of one account. Only the hash of its code is kept; revoked it opens nothing."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        UniqueConstraint("code_hash", name="uq_calendar_feed_code_hash"),
        Index("ix_calendar_feed_account_id", "account_id"),
    )

    id: Mapped[UuidKey]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    code_hash: Mapped[Sha256Text]
    made_at: Mapped[UtcInstant]
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<CalendarFeed {self.id}>"
