"""Lines of the cash book, and counts of the cash at hand."""

from datetime import date
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.cashbook.rules.entries import CATEGORIES, DIRECTION_OF, IN, MAX_AMOUNT, WAYS
from app.core.errors import Conflict
from app.db import db
from app.db.columns import Rupiah, UtcInstant, UuidKey, one_of
from app.db.constraints import means

_IN_WORDS = ", ".join(f"'{code}'" for code, way in DIRECTION_OF.items() if way == IN)


class CashEntry(db.Model):
    """One line of the book. What it says is never changed: a line that was wrong is named by the
    one that stands in its place, or that takes it back (`is_void`).

    `is_current` is False for a line that was replaced or taken back, and for the one that takes
    back; so what counts is found without looking for a successor of each line. With `is_owed`
    nothing was paid yet; `settles_id` names the owed line that this one pays, wholly or in part.
    What a channel paid for goods handed to it stands in the channel's ledger, and is read from
    there: it is no line of this table.
    """

    __tablename__ = "cash_entry"
    __table_args__ = (
        one_of("category", tuple(CATEGORIES), name="category_known"),
        one_of("way", tuple(WAYS), name="way_known"),
        CheckConstraint(
            f"(direction = 'masuk') = (category IN ({_IN_WORDS}))", name="direction_of_category"
        ),
        CheckConstraint(f"amount > 0 AND amount <= {MAX_AMOUNT}", name="amount_real"),
        CheckConstraint("NOT (is_owed AND settles_id IS NOT NULL)", name="owed_or_settling"),
        Index("ix_cash_entry_enterprise_id_happened_on", "enterprise_id", "happened_on", "id"),
        Index("ix_cash_entry_channel_id", "channel_id"),
        # Ratios of many books are reckoned from this index alone, without touching a row.
        Index(
            "ix_cash_entry_reckoned",
            "enterprise_id",
            "happened_on",
            "category",
            "amount",
            "is_owed",
            "settles_id",
            "channel_id",
            # SQLite asks a row for what the index is limited to, unless the index has it.
            "is_current",
            sqlite_where=text("is_current = 1"),
            postgresql_where=text("is_current"),
        ),
        # So is what is owed, and what was paid of it.
        Index(
            "ix_cash_entry_owed",
            "enterprise_id",
            "id",
            "happened_on",
            "due_on",
            "category",
            "amount",
            "is_owed",
            "is_current",
            sqlite_where=text("is_owed = 1"),
            postgresql_where=text("is_owed"),
        ),
        Index(
            "ix_cash_entry_settles_id",
            "settles_id",
            "happened_on",
            "amount",
            "is_current",
            sqlite_where=text("settles_id IS NOT NULL"),
            postgresql_where=text("settles_id IS NOT NULL"),
        ),
        Index(
            "ix_cash_entry_settling",
            "enterprise_id",
            "settles_id",
            "happened_on",
            "category",
            "amount",
            "is_current",
            sqlite_where=text("settles_id IS NOT NULL"),
            postgresql_where=text("settles_id IS NOT NULL"),
        ),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    happened_on: Mapped[date]
    direction: Mapped[str] = mapped_column(String(6))
    category: Mapped[str] = mapped_column(String(16))
    amount: Mapped[Rupiah]
    channel_id: Mapped[UUID | None] = mapped_column(ForeignKey("sales_channel.id"))
    is_owed: Mapped[bool] = mapped_column(Boolean, default=False)
    due_on: Mapped[date | None]
    settles_id: Mapped[UUID | None] = mapped_column(ForeignKey("cash_entry.id"))
    note: Mapped[str] = mapped_column(String(200), default="")
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    way: Mapped[str] = mapped_column(String(12))
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("cash_entry.id"), unique=True)
    is_void: Mapped[bool] = mapped_column(Boolean, default=False)
    is_current: Mapped[bool] = mapped_column(Boolean, default=True)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<CashEntry {self.id} {self.category}>"


class CashCount(db.Model):
    """How much cash was at hand, counted on a day; the newest count on or before a day counts,
    with what moved after it."""

    __tablename__ = "cash_count"
    __table_args__ = (
        CheckConstraint(f"amount >= 0 AND amount <= {MAX_AMOUNT}", name="amount_real"),
        Index("ix_cash_count_enterprise_id_counted_on", "enterprise_id", "counted_on", "id"),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    counted_on: Mapped[date]
    amount: Mapped[Rupiah]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<CashCount {self.id}>"


means(
    "uq_cash_entry_corrects_id",
    lambda: Conflict(
        "row_corrected_meanwhile",
        message="Baris ini sudah dibetulkan. Muat ulang halamannya.",
    ),
    columns="cash_entry.corrects_id",
)
