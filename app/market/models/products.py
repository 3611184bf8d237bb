"""What an enterprise sells."""

from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import JsonList, Rupiah, UtcInstant, UuidKey, byte_text, one_of
from app.market.rules.products import FOOD_TYPES, KINDS, NET_UNITS, PACK_KINDS, STORAGES


class Product(db.Model):
    """One product or service of an enterprise, as its label and its permits need to know it.

    `ingredients` are names, most of it first; `ingredient_flags` and `processes` are codes of the
    rules about schemes. Price is that of one piece, capacity is pieces a month,
    `net_amount` grams, millilitres or pieces in one pack.
    """

    __tablename__ = "product"
    __table_args__ = (
        one_of("kind", tuple(KINDS), name="kind_known"),
        one_of("food_type", tuple(FOOD_TYPES), name="food_type_known"),
        one_of("net_unit", tuple(NET_UNITS), name="net_unit_known"),
        one_of("storage", tuple(STORAGES), name="storage_known"),
        one_of("pack_kind", tuple(PACK_KINDS), name="pack_kind_known"),
        CheckConstraint("net_amount > 0", name="net_amount_positive"),
        CheckConstraint("shelf_life_days > 0", name="shelf_life_days_positive"),
        CheckConstraint("price >= 0", name="price_not_negative"),
        CheckConstraint("capacity_per_month >= 0", name="capacity_not_negative"),
        CheckConstraint("lead_time_days >= 0", name="lead_time_days_not_negative"),
        Index("ix_product_enterprise_id_search_name", "enterprise_id", "search_name", "id"),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    name: Mapped[str] = mapped_column(String(120))
    search_name: Mapped[str] = mapped_column(byte_text(160))
    brand: Mapped[str | None] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    food_type: Mapped[str | None] = mapped_column(String(2))
    ingredients: Mapped[JsonList] = mapped_column(default=list)
    ingredient_flags: Mapped[JsonList] = mapped_column(default=list)
    processes: Mapped[JsonList] = mapped_column(default=list)
    net_amount: Mapped[int | None]
    net_unit: Mapped[str | None] = mapped_column(String(4))
    shelf_life_days: Mapped[int | None] = mapped_column(SmallInteger)
    storage: Mapped[str | None] = mapped_column(String(8))
    pack_kind: Mapped[str | None] = mapped_column(String(1))
    price: Mapped[Rupiah | None]
    capacity_per_month: Mapped[int | None]
    lead_time_days: Mapped[int | None] = mapped_column(SmallInteger)
    description: Mapped[str | None] = mapped_column(String(500))
    # The one that the enterprise lives on: at most one, kept so by the service.
    is_main: Mapped[bool] = mapped_column(Boolean, default=False)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    declared_non_halal: Mapped[bool] = mapped_column(Boolean, default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[UtcInstant]
    updated_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<Product {self.id}>"
