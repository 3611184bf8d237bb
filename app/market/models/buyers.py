"""What buyers ask for."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import (
    AreaCodeText,
    JsonList,
    Rupiah,
    UTCDateTime,
    UtcInstant,
    UuidKey,
    one_of,
)
from app.market.rules.products import FOOD_TYPES, KINDS


class BuyerRequest(db.Model):
    """What one buyer wants each month from the enterprises of an area, and until when they ask.

    `demands` are codes of certificates that must be in force.
    """

    __tablename__ = "buyer_request"
    __table_args__ = (
        one_of("kind", tuple(KINDS), name="kind_known"),
        one_of("food_type", tuple(FOOD_TYPES), name="food_type_known"),
        CheckConstraint("pieces_per_month > 0", name="pieces_per_month_positive"),
        CheckConstraint("price_most >= 0", name="price_most_not_negative"),
        CheckConstraint("ready_in_days >= 0", name="ready_in_days_not_negative"),
        Index("ix_buyer_request_area_code_open_until", "area_code", "open_until", "id"),
    )

    id: Mapped[UuidKey]
    area_code: Mapped[AreaCodeText] = mapped_column(ForeignKey("area.code"))
    buyer_name: Mapped[str] = mapped_column(String(120))
    contact: Mapped[str | None] = mapped_column(String(120))
    wanted: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str | None] = mapped_column(String(20))
    food_type: Mapped[str | None] = mapped_column(String(2))
    pieces_per_month: Mapped[int]
    price_most: Mapped[Rupiah | None]
    ready_in_days: Mapped[int | None] = mapped_column(SmallInteger)
    demands: Mapped[JsonList] = mapped_column(default=list)
    open_until: Mapped[date]
    note: Mapped[str | None] = mapped_column(String(500))
    version: Mapped[int] = mapped_column(default=1)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[UtcInstant]
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_reason: Mapped[str | None] = mapped_column(String(300))

    def __repr__(self) -> str:
        return f"<BuyerRequest {self.id}>"
