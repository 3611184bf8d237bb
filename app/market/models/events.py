"""Exhibitions and bazaars: who goes, what sold there, what going cost."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import AreaCodeText, Rupiah, UTCDateTime, UtcInstant, UuidKey, one_of
from app.market.rules.events import EVENT_KINDS


class MarketEvent(db.Model):
    """One exhibition or bazaar, kept by the office of an area; the place may lie elsewhere."""

    __tablename__ = "market_event"
    __table_args__ = (
        one_of("kind", tuple(EVENT_KINDS), name="kind_known"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        Index("ix_market_event_area_code_starts_on", "area_code", "starts_on"),
    )

    id: Mapped[UuidKey]
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(160))
    area_code: Mapped[AreaCodeText] = mapped_column(ForeignKey("area.code"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(300), default="")
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<MarketEvent {self.id}>"


class EventParticipant(db.Model):
    """An enterprise that goes to an event, and once it was there what it brought. Whole rupiah."""

    __tablename__ = "event_participant"
    __table_args__ = (
        UniqueConstraint("event_id", "enterprise_id", name="uq_event_participant_event_id"),
        CheckConstraint(
            "sold >= 0 AND goods_cost >= 0 AND trip_cost >= 0 AND stand_cost >= 0 AND orders >= 0",
            name="amounts_not_negative",
        ),
        Index("ix_event_participant_enterprise_id", "enterprise_id", "event_id"),
    )

    id: Mapped[UuidKey]
    event_id: Mapped[UUID] = mapped_column(ForeignKey("market_event.id"))
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    chosen_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    chosen_at: Mapped[UtcInstant]
    sold: Mapped[Rupiah | None]
    goods_cost: Mapped[Rupiah | None]
    trip_cost: Mapped[Rupiah | None]
    stand_cost: Mapped[Rupiah | None]
    orders: Mapped[Rupiah | None]
    buyers: Mapped[int | None] = mapped_column(SmallInteger)
    note: Mapped[str] = mapped_column(String(300), default="")
    reported_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    reported_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(default=1)

    def __repr__(self) -> str:
        return f"<EventParticipant {self.id}>"
