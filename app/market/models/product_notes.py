"""What is counted, seen and said of a product over time. Rows are added, never changed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import JsonDict, JsonList, Rupiah, UTCDateTime, UtcInstant, UuidKey, one_of
from app.market.rules.photos import PHOTO_KINDS
from app.market.rules.unit_cost import SOURCES


class ProductPhoto(db.Model):
    """One picture of a product or of its pack. Without a file: the picture was taken away."""

    __tablename__ = "product_photo"
    __table_args__ = (
        one_of("kind", tuple(PHOTO_KINDS), name="kind_known"),
        Index("ix_product_photo_product_id_added_at", "product_id", "added_at", "id"),
    )

    id: Mapped[UuidKey]
    product_id: Mapped[UUID] = mapped_column(ForeignKey("product.id"))
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    kind: Mapped[str] = mapped_column(String(20))
    taken_on: Mapped[date]
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    added_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<ProductPhoto {self.kind} {self.id}>"


class UnitCost(db.Model):
    """What one piece cost on a day: a batch of `pieces`, what went into it, and the price then.

    `materials` are {name, amount (text, with a dot), unit, price for one unit}; all else is rupiah
    for the whole batch.
    """

    __tablename__ = "unit_cost"
    __table_args__ = (
        one_of("source", tuple(SOURCES), name="source_known"),
        CheckConstraint("pieces > 0", name="pieces_positive"),
        CheckConstraint(
            "labour >= 0 AND energy >= 0 AND pack >= 0 AND other >= 0", name="costs_not_negative"
        ),
        CheckConstraint("cost_per_piece >= 0", name="cost_per_piece_not_negative"),
        CheckConstraint("price_then >= 0", name="price_then_not_negative"),
        Index("ix_unit_cost_product_id_counted_on", "product_id", "counted_on", "made_at", "id"),
    )

    id: Mapped[UuidKey]
    product_id: Mapped[UUID] = mapped_column(ForeignKey("product.id"))
    counted_on: Mapped[date]
    pieces: Mapped[int]
    materials: Mapped[JsonList]
    labour: Mapped[Rupiah]
    energy: Mapped[Rupiah]
    pack: Mapped[Rupiah]
    other: Mapped[Rupiah]
    cost_per_piece: Mapped[Rupiah]
    price_then: Mapped[Rupiah | None]
    source: Mapped[str] = mapped_column(String(12))
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<UnitCost {self.cost_per_piece} {self.id}>"


class LabelCheck(db.Model):
    """What somebody found on a pack: {code of an element: its finding}, and how much of it.

    `has_brand` and `has_contact` are what buyers need beyond the elements of the law.
    """

    __tablename__ = "label_check"
    __table_args__ = (
        CheckConstraint("present >= 0 AND present <= applicable", name="present_within"),
        Index("ix_label_check_product_id_checked_on", "product_id", "checked_on", "at", "id"),
    )

    id: Mapped[UuidKey]
    product_id: Mapped[UUID] = mapped_column(ForeignKey("product.id"))
    checked_on: Mapped[date]
    checked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    elements: Mapped[JsonDict]
    present: Mapped[int] = mapped_column(SmallInteger)
    applicable: Mapped[int] = mapped_column(SmallInteger)
    has_brand: Mapped[bool | None] = mapped_column(Boolean)
    has_contact: Mapped[bool | None] = mapped_column(Boolean)
    note: Mapped[str | None] = mapped_column(String(500))
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<LabelCheck {self.present}/{self.applicable} {self.id}>"


class CurationCheck(db.Model):
    """What somebody found of a product that no record tells: {code of a demand: "ya"/"tidak"}."""

    __tablename__ = "curation_check"
    __table_args__ = (
        Index("ix_curation_check_product_id_checked_on", "product_id", "checked_on", "at", "id"),
    )

    id: Mapped[UuidKey]
    product_id: Mapped[UUID] = mapped_column(ForeignKey("product.id"))
    checked_on: Mapped[date]
    checked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    answers: Mapped[JsonDict]
    note: Mapped[str | None] = mapped_column(String(500))
    at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<CurationCheck {self.id}>"


class ProductCard(db.Model):
    """A link by which buyers see a product: who knows its code sees it, until it ends."""

    __tablename__ = "product_card"
    __table_args__ = (
        Index("uq_product_card_code_hash", "code_hash", unique=True),
        Index("ix_product_card_product_id_made_at", "product_id", "made_at", "id"),
    )

    id: Mapped[UuidKey]
    product_id: Mapped[UUID] = mapped_column(ForeignKey("product.id"))
    # Empty once it was taken back: then no code leads here.
    code_hash: Mapped[str | None] = mapped_column(String(64))
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[UtcInstant]
    expires_on: Mapped[date]
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    def __repr__(self) -> str:
        return f"<ProductCard {self.id}>"
