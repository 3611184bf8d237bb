"""Links by which anybody sees what an enterprise makes."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import UTCDateTime, UtcInstant, UuidKey


class BusinessCard(db.Model):
    """One link to the card of an enterprise: who knows its code sees it, until it ends."""

    __tablename__ = "business_card"
    __table_args__ = (
        CheckConstraint("revoked_at IS NULL OR code_hash IS NULL", name="revoked_opens_nothing"),
        Index("uq_business_card_code_hash", "code_hash", unique=True),
        Index("ix_business_card_enterprise_id_made_at", "enterprise_id", "made_at", "id"),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    # Empty once it was taken back: then no code leads here.
    code_hash: Mapped[str | None] = mapped_column(String(64))
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[UtcInstant]
    expires_on: Mapped[date]
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    def __repr__(self) -> str:
        return f"<BusinessCard {self.id}>"
