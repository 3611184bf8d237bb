"""Visits and what was promised there."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.errors import Conflict
from app.db import db
from app.db.columns import Sha256Text, UTCDateTime, UtcInstant, UuidKey, one_of
from app.db.constraints import means
from app.mentoring.rules import MEETING_PLACES, OUTCOMES, OWNER_CONFIRMATIONS, PROMISE_STATES


class Visit(db.Model):
    """One visit, or one that could not be made; never changed. The id is made on the device.

    `mentor_id` is the account that visited, which may be an officer. `next_visit_on` is what was
    agreed there; the due date lies on the enterprise row.
    """

    __tablename__ = "visit"
    __table_args__ = (
        one_of("outcome", OUTCOMES, name="outcome_known"),
        one_of("place_kind", tuple(MEETING_PLACES), name="place_kind_known"),
        one_of("owner_confirmation", tuple(OWNER_CONFIRMATIONS), name="owner_confirmation_known"),
        CheckConstraint(
            "outcome = 'bertemu' OR (reason IS NOT NULL AND reason <> '')", name="reason_given"
        ),
        CheckConstraint("duration_minutes BETWEEN 1 AND 600", name="duration_real"),
        CheckConstraint("lat BETWEEN -90 AND 90 AND lng BETWEEN -180 AND 180", name="point_real"),
        Index("ix_visit_enterprise_id_visited_on_id", "enterprise_id", "visited_on", "id"),
        Index("ix_visit_mentor_id_visited_on_id", "mentor_id", "visited_on", "id"),
        Index("ix_visit_visited_on", "visited_on"),
        Index(
            "ix_visit_enterprise_id_outcome_visited_on", "enterprise_id", "outcome", "visited_on"
        ),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[str] = mapped_column(String(24))
    reason: Mapped[str | None] = mapped_column(String(300))
    visited_on: Mapped[date]
    started_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    duration_minutes: Mapped[int | None] = mapped_column(SmallInteger)
    place_kind: Mapped[str | None] = mapped_column(String(20))
    lat: Mapped[float | None] = mapped_column(Float)
    lng: Mapped[float | None] = mapped_column(Float)
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    met_with: Mapped[str | None] = mapped_column(String(120))
    findings: Mapped[str | None] = mapped_column(Text)
    next_visit_on: Mapped[date | None]
    # How the owner confirmed that somebody came, as far as the mentor says.
    owner_confirmation: Mapped[str | None] = mapped_column(String(12))
    # What the phone's clock showed when it sent the report.
    device_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    received_at: Mapped[UtcInstant]
    # Of what was sent, without the photo: the same visit twice is one, another under its id isn't.
    content_sha256: Mapped[Sha256Text]

    promises: Mapped[list["Promise"]] = relationship(
        foreign_keys="Promise.made_in_visit_id", order_by="Promise.due_on, Promise.id"
    )

    def __repr__(self) -> str:
        return f"<Visit {self.enterprise_id} {self.visited_on}>"


class VisitPhoto(db.Model):
    """A photo of a visit that was announced by a phone; it may come later than the report.

    The id is made on the phone. `sha256` and `size` are those of the announced file.
    """

    __tablename__ = "visit_photo"
    __table_args__ = (
        Index("ix_visit_photo_visit_id_place", "visit_id", "place"),
        Index("ix_visit_photo_photo_id", "photo_id"),
    )

    id: Mapped[UuidKey]
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))
    place: Mapped[int] = mapped_column(SmallInteger)
    sha256: Mapped[Sha256Text]
    size: Mapped[int] = mapped_column(Integer)
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    announced_at: Mapped[UtcInstant]
    arrived_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<VisitPhoto {self.visit_id} {self.place}>"


class Promise(db.Model):
    """Something the owner or the mentor promised at a visit, until a day."""

    __tablename__ = "promise"
    __table_args__ = (
        one_of("state", tuple(PROMISE_STATES), name="state_known"),
        CheckConstraint(
            "(state = 'terbuka') = (settled_in_visit_id IS NULL)", name="settled_in_a_visit"
        ),
        Index("ix_promise_enterprise_id_state_due_on", "enterprise_id", "state", "due_on"),
        Index("ix_promise_made_in_visit_id", "made_in_visit_id"),
        Index("ix_promise_settled_in_visit_id", "settled_in_visit_id"),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    made_in_visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))
    text: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(16), default="terbuka")
    settled_in_visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"))
    # When the owner said on their own page that it is done; a visit settles it.
    owner_said_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<Promise {self.state} {self.due_on}>"


means(
    "pk_visit",
    lambda: Conflict("visit_differs", message="Kunjungan ini sudah tercatat dengan isi lain."),
    columns="visit.id",
)
