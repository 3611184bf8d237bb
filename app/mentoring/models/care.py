"""Mentors and who looks after whom."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.errors import Conflict
from app.db import db
from app.db.columns import AreaCodeText, JsonList, UtcInstant, UuidKey
from app.db.constraints import means

_IS_OPEN = text("until_on IS NULL")


class Mentor(db.Model):
    """What is known of an account as a mentor: where they live, what they know, how many they can.

    `capacity` is the number of enterprises that they can look after at the same time. The base is
    where their ways begin; without one it is their village. Who has left is given no more.
    """

    __tablename__ = "mentor"
    __table_args__ = (
        CheckConstraint("capacity BETWEEN 1 AND 200", name="capacity_real"),
        Index("ix_mentor_village_code", "village_code"),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    village_code: Mapped[AreaCodeText] = mapped_column(ForeignKey("area.code"))
    skills: Mapped[JsonList] = mapped_column(default=list)
    capacity: Mapped[int] = mapped_column(SmallInteger)
    base_lat: Mapped[float | None] = mapped_column(Float)
    base_lng: Mapped[float | None] = mapped_column(Float)
    left_on: Mapped[date | None]
    left_reason: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[UtcInstant]
    updated_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<Mentor {self.account_id}>"


class Assignment(db.Model):
    """An enterprise in the care of a mentor, from a day to a day, both included.

    At most one assignment of an enterprise is open; the enterprise row carries its mentor.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="ends_after_start"),
        Index(
            "uq_assignment_open_enterprise_id",
            "enterprise_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_assignment_enterprise_id_from_on", "enterprise_id", "from_on"),
        Index("ix_assignment_mentor_id_until_on", "mentor_id", "until_on"),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("mentor.account_id"))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    assigned_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(String(300), default="")

    def __repr__(self) -> str:
        return f"<Assignment {self.enterprise_id} {self.from_on}>"


means(
    "uq_assignment_open_enterprise_id",
    lambda: Conflict(
        "assigned_meanwhile",
        message="Usaha ini baru saja diserahkan kepada pendamping lain. Muat ulang daftarnya.",
    ),
    columns="assignment.enterprise_id",
)
