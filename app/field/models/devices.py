"""The phones of mentors."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import JsonList, Sha256Text, UTCDateTime, UtcInstant, UuidKey


class FieldDevice(db.Model):
    """One installation of the app for one account; the id is made on the phone.

    Its token opens the sync and nothing else, until `expires_at` or `revoked_at`. What it says of
    itself (unsent, oldest, kept for good) is as of `seen_at`. `missing` are numbers of operations
    that it announced and never sent: its store was wiped.
    """

    __tablename__ = "field_device"
    __table_args__ = (
        CheckConstraint("unsent_count >= 0 AND failed_attempts >= 0", name="counts_not_negative"),
        Index("ix_field_device_account_id", "account_id"),
        Index("uq_field_device_token_sha256", "token_sha256", unique=True),
    )

    id: Mapped[UuidKey]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    label: Mapped[str] = mapped_column(String(120))
    # None once the log-in on this phone was ended.
    token_sha256: Mapped[Sha256Text | None]
    # When the person last logged in on it: a password that was changed since ends it.
    token_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    expires_at: Mapped[UtcInstant]
    created_at: Mapped[UtcInstant]
    seen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    fetched_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    app_version: Mapped[str | None] = mapped_column(String(20))
    # Seconds by which the phone's clock is ahead of ours.
    skew_seconds: Mapped[int | None] = mapped_column(BigInteger)
    unsent_count: Mapped[int] = mapped_column(Integer, default=0)
    unsent_oldest_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_kept_for_good: Mapped[bool | None] = mapped_column(Boolean)
    highest_number: Mapped[int] = mapped_column(BigInteger, default=0)
    missing: Mapped[JsonList] = mapped_column(default=list)
    wiped_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    failed_attempts: Mapped[int] = mapped_column(Integer, default=0)
    failed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    def __repr__(self) -> str:
        return f"<FieldDevice {self.id}>"
