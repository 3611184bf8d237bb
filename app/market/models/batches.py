"""Ways that were begun for many enterprises at once."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import JsonList, UtcInstant, UuidKey


class CertificateBatch(db.Model):
    """One session for which many were registered, with what became of each.

    `outcomes` are pairs of an enterprise's id and a code of `rules.batches`.
    """

    __tablename__ = "certificate_batch"

    id: Mapped[UuidKey]
    track: Mapped[str] = mapped_column(String(20))
    begun_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(500), default="")
    outcomes: Mapped[JsonList] = mapped_column(default=list)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<CertificateBatch {self.track}>"
