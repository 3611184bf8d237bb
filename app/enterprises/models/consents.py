"""What owners agreed to, and what they took back."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.errors import Conflict
from app.db import db
from app.db.columns import UtcInstant, UuidKey, one_of
from app.db.constraints import means
from app.enterprises.rules.consents import PURPOSES, WAYS

_IS_OPEN = text("withdrawn_on IS NULL")


class Consent(db.Model):
    """An owner's word for one purpose: to which text, in which way, before whom; until withdrawn.

    A withdrawal without a consent before it (an objection to what the office does by duty) is a
    row whose `given_on` is empty.
    """

    __tablename__ = "consent"
    __table_args__ = (
        one_of("purpose", PURPOSES, name="purpose_known"),
        one_of("way", WAYS, name="way_known"),
        CheckConstraint(
            "given_on IS NULL OR (text_version IS NOT NULL AND way IS NOT NULL)",
            name="given_is_provable",
        ),
        CheckConstraint("given_on IS NOT NULL OR withdrawn_on IS NOT NULL", name="says_something"),
        CheckConstraint("withdrawn_on >= given_on", name="withdrawn_after_given"),
        Index(
            "uq_consent_open_owner_id_purpose",
            "owner_id",
            "purpose",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_consent_owner_id_recorded_at", "owner_id", "recorded_at"),
    )

    id: Mapped[UuidKey]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("owner.id"))
    purpose: Mapped[str] = mapped_column(String(20))
    text_version: Mapped[str | None] = mapped_column(String(20))
    way: Mapped[str | None] = mapped_column(String(20))
    witness: Mapped[str | None] = mapped_column(String(120))
    given_on: Mapped[date | None]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[UtcInstant]
    withdrawn_on: Mapped[date | None]
    withdrawal_recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    withdrawal_reason: Mapped[str | None] = mapped_column(String(300))

    def __repr__(self) -> str:
        return f"<Consent {self.purpose} {self.id}>"


means(
    "uq_consent_open_owner_id_purpose",
    lambda: Conflict(
        "consent_given", message="Persetujuan untuk tujuan ini sudah tercatat dan masih berlaku."
    ),
    columns="consent.owner_id, consent.purpose",
)
