"""The card by which an owner comes in without a password."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import UTCDateTime, UtcInstant, UuidKey

_CURRENT = text("revoked_at IS NULL")


class OwnerCard(db.Model):
    """One card that was handed to an owner; at most one of each owner opens anything.

    The code itself is not kept. The number of the owner's own choice (`pin_hash`) belongs to the
    card: who lost it gets a new card, and chooses anew.
    """

    __tablename__ = "owner_card"
    __table_args__ = (
        CheckConstraint("pin_tries >= 0", name="pin_tries_not_negative"),
        CheckConstraint("revoked_at IS NULL OR code_hash IS NULL", name="revoked_opens_nothing"),
        Index("uq_owner_card_code_hash", "code_hash", unique=True),
        Index(
            "uq_owner_card_current",
            "owner_id",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index("ix_owner_card_owner_id_made_at", "owner_id", "made_at", "id"),
    )

    id: Mapped[UuidKey]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("owner.id"))
    # HMAC of the code; empty once the card was taken back.
    code_hash: Mapped[str | None] = mapped_column(String(64))
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[UtcInstant]
    expires_on: Mapped[date]
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    # Wrong ones since the last right one; too many, and only a new card helps.
    pin_tries: Mapped[int] = mapped_column(SmallInteger, default=0)

    def __repr__(self) -> str:
        return f"<OwnerCard {self.id}>"
