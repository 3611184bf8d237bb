"""Requests of owners about their own data."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.belongings import MOVES, register_belongings
from app.db.columns import UTCDateTime, UtcInstant, UuidKey, one_of
from app.rights.rules.requests import CAME_BY, KINDS, STATES


class PersonRequest(db.Model):
    """One request of an owner, with the clock that runs, and how it was answered."""

    __tablename__ = "person_request"
    __table_args__ = (
        one_of("kind", KINDS, name="kind_known"),
        one_of("came_by", CAME_BY, name="came_by_known"),
        one_of("state", STATES, name="state_known"),
        CheckConstraint("(state = 'menunggu') = (answered_at IS NULL)", name="answered_at_a_time"),
        Index("ix_person_request_state_due_at_id", "state", "due_at", "id"),
        Index("ix_person_request_owner_id", "owner_id"),
    )

    id: Mapped[UuidKey]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("owner.id"))
    kind: Mapped[str] = mapped_column(String(20))
    came_by: Mapped[str] = mapped_column(String(20))
    identity_check: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str | None] = mapped_column(String(1000))
    received_at: Mapped[UtcInstant]
    due_at: Mapped[UtcInstant]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    state: Mapped[str] = mapped_column(String(12), default="menunggu")
    answer: Mapped[str | None] = mapped_column(String(1000))
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<PersonRequest {self.kind} {self.id}>"


register_belongings({"person_request": MOVES})
