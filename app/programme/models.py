"""Figures that an office typed, because this system doesn't count them or counts them in part."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.errors import Conflict
from app.db import db
from app.db.columns import AreaCodeText, UtcInstant, UuidKey
from app.db.constraints import means


class TypedFigure(db.Model):
    """What an office says about one item in one area on one day. Never changed.

    A correction is a new row that names the one it corrects. `value` and `out_of` are hundredths.
    """

    __tablename__ = "typed_figure"
    __table_args__ = (
        CheckConstraint("value >= 0", name="value_not_negative"),
        CheckConstraint("out_of > 0", name="out_of_positive"),
        CheckConstraint("source <> ''", name="source_given"),
        # A figure is corrected once; the correction itself may be corrected again.
        UniqueConstraint("corrects_id", name="uq_typed_figure_corrects_id"),
        Index("ix_typed_figure_area_code_item", "area_code", "item", "counted_on"),
    )

    id: Mapped[UuidKey]
    area_code: Mapped[AreaCodeText] = mapped_column(ForeignKey("area.code"))
    item: Mapped[str] = mapped_column(String(20))
    value: Mapped[int] = mapped_column(BigInteger)
    out_of: Mapped[int | None] = mapped_column(BigInteger)
    unit: Mapped[str] = mapped_column(String(40))
    counted_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(500), default="")
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("typed_figure.id"))
    typed_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    typed_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<TypedFigure {self.item} {self.area_code}>"


means(
    "uq_typed_figure_corrects_id",
    lambda: Conflict(
        "figure_corrected",
        message="Angka ini baru saja dikoreksi orang lain. Muat ulang halamannya.",
    ),
    columns="typed_figure.corrects_id",
)
