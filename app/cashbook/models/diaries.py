"""The diary of five numbers a month, and how an enterprise keeps its book."""

from datetime import date
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.cashbook.rules.entries import MAX_AMOUNT, WAYS
from app.core.errors import Conflict
from app.db import db
from app.db.columns import JsonList, Rupiah, UtcInstant, UuidKey, one_of
from app.db.constraints import means


class DiaryMonth(db.Model):
    """Five numbers of one month as the owner remembers them; what was not told stays empty.

    `month` is its first day. Never changed: what is said anew of a month is a new row that names
    the one before; `is_current` marks the last word.
    """

    __tablename__ = "diary_month"
    __table_args__ = (
        one_of("way", tuple(WAYS), name="way_known"),
        CheckConstraint(f"sales >= 0 AND sales <= {MAX_AMOUNT}", name="sales_real"),
        CheckConstraint(f"costs >= 0 AND costs <= {MAX_AMOUNT}", name="costs_real"),
        CheckConstraint("produced >= 0", name="produced_not_negative"),
        CheckConstraint("workers >= 0", name="workers_not_negative"),
        Index("ix_diary_month_enterprise_id_month", "enterprise_id", "month", "id"),
        Index(
            "uq_diary_month_current",
            "enterprise_id",
            "month",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    month: Mapped[date]
    sales: Mapped[Rupiah | None]
    costs: Mapped[Rupiah | None]
    produced: Mapped[int | None] = mapped_column(Integer)
    workers: Mapped[int | None] = mapped_column(Integer)
    keeps_record: Mapped[bool | None] = mapped_column(Boolean)
    way: Mapped[str] = mapped_column(String(12))
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("diary_month.id"), unique=True)
    is_current: Mapped[bool] = mapped_column(Boolean, default=True)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<DiaryMonth {self.id} {self.month}>"


class BookHabit(db.Model):
    """On which weekdays an enterprise is open (0 is Monday), and whether its sales follow seasons.

    Without a row it is open every day but Sunday and not seasonal.
    """

    __tablename__ = "book_habit"

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    open_weekdays: Mapped[JsonList]
    is_seasonal: Mapped[bool] = mapped_column(Boolean, default=False)
    version: Mapped[int] = mapped_column(default=1)

    def __repr__(self) -> str:
        return f"<BookHabit {self.enterprise_id}>"


means(
    "uq_diary_month_current",
    lambda: Conflict(
        "month_told_meanwhile",
        message="Bulan ini baru saja diisi. Muat ulang halamannya.",
    ),
    columns="diary_month.enterprise_id, diary_month.month",
)
