"""What owners say of a visit themselves."""

from uuid import UUID

from sqlalchemy import Boolean, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import UtcInstant, one_of
from app.mentoring.rules.confirming import WAYS


class VisitConfirmation(db.Model):
    """Whether somebody came, in the owner's own word: never asked for twice, never required.

    It stands beside the visit, because a "no" is for the office and not for who visited.
    """

    __tablename__ = "visit_confirmation"
    __table_args__ = (
        one_of("way", tuple(WAYS), name="way_known"),
        Index("ix_visit_confirmation_has_come", "has_come"),
    )

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    has_come: Mapped[bool] = mapped_column(Boolean)
    way: Mapped[str] = mapped_column(String(12))
    said_at: Mapped[UtcInstant]
    # The account from which it was said: the owner's, or the mentor's when it was said by PIN.
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))

    def __repr__(self) -> str:
        return f"<VisitConfirmation {self.visit_id} {self.has_come}>"
