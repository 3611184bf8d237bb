"""Where an enterprise sells, what it handed over, what sold, what was paid and what came back."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.core.errors import Conflict
from app.db import db
from app.db.columns import JsonDict, Rupiah, UTCDateTime, UtcInstant, UuidKey, one_of
from app.db.constraints import means
from app.market.rules.channels import CHANNEL_KINDS, MAX_TERM, RETURN_REASONS
from app.market.rules.consignment import VERDICTS


class SalesChannel(db.Model):
    """One place or buyer through which an enterprise sells, with its terms.

    Without `opened_on` it is a plan. `verdict` is that of the last calculation, `allowed_…` the
    officer's reason for entering it all the same. `tied_up` is carried from its ledger: delivered
    less paid less returned, written anew with every row of it, as is what it owes (`receivable`).
    """

    __tablename__ = "sales_channel"
    __table_args__ = (
        one_of("kind", tuple(CHANNEL_KINDS), name="kind_known"),
        one_of("verdict", tuple(VERDICTS), name="verdict_known"),
        CheckConstraint("margin_permille BETWEEN 0 AND 1000", name="margin_real"),
        CheckConstraint(f"payment_days BETWEEN 0 AND {MAX_TERM}", name="payment_days_real"),
        CheckConstraint("listing_fee >= 0", name="listing_fee_not_negative"),
        Index("ix_sales_channel_enterprise_id", "enterprise_id", "id"),
        Index("ix_sales_channel_verdict", "verdict"),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    # Goods lie there unpaid until they sell.
    is_consignment: Mapped[bool] = mapped_column(Boolean, default=False)
    margin_permille: Mapped[int | None] = mapped_column(SmallInteger)
    payment_days: Mapped[int | None] = mapped_column(SmallInteger)
    returns_accepted: Mapped[bool] = mapped_column(Boolean, default=False)
    listing_fee: Mapped[Rupiah] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(String(300), default="")
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    verdict: Mapped[str | None] = mapped_column(String(8))
    verdict_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    allowed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    allowed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    allowed_reason: Mapped[str | None] = mapped_column(String(500))
    tied_up: Mapped[Rupiah] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[UtcInstant]
    updated_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<SalesChannel {self.id} {self.kind}>"


class ConsignmentTrial(db.Model):
    """One calculation for a channel, as it was made. Never changed."""

    __tablename__ = "consignment_trial"
    __table_args__ = (
        one_of("verdict", tuple(VERDICTS), name="verdict_known"),
        Index("ix_consignment_trial_channel_id_tried_at", "channel_id", "tried_at"),
    )

    id: Mapped[UuidKey]
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("sales_channel.id"))
    product_id: Mapped[UUID | None] = mapped_column(ForeignKey("product.id"))
    inputs: Mapped[JsonDict]
    result: Mapped[JsonDict]
    verdict: Mapped[str] = mapped_column(String(8))
    tried_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    tried_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<ConsignmentTrial {self.id} {self.verdict}>"


class LedgerRow:
    """What every row of a channel's ledger has. Rows are never changed: one that was wrong is named
    by the row that stands in its place, or that takes it back (`is_void`)."""

    __tablename__: str

    id: Mapped[UuidKey]
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("sales_channel.id"))
    is_void: Mapped[bool] = mapped_column(Boolean, default=False)
    note: Mapped[str] = mapped_column(String(300), default="")
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[UtcInstant]

    @declared_attr
    def corrects_id(cls) -> Mapped[UUID | None]:  # noqa: N805
        """The row that this one stands in place of; a row is corrected once."""
        return mapped_column(ForeignKey(f"{cls.__tablename__}.id"), unique=True)


class Delivery(LedgerRow, db.Model):
    """Goods handed to a channel; `value` is what the enterprise gets when all of it sells."""

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint("value >= 0", name="value_not_negative"),
        CheckConstraint("pieces > 0", name="pieces_positive"),
        Index("ix_delivery_channel_id_delivered_on", "channel_id", "delivered_on"),
    )

    product_id: Mapped[UUID | None] = mapped_column(ForeignKey("product.id"))
    delivered_on: Mapped[date]
    pieces: Mapped[int | None]
    value: Mapped[Rupiah]

    def __repr__(self) -> str:
        return f"<Delivery {self.id}>"


class ChannelCount(LedgerRow, db.Model):
    """What was counted as sold at a channel since it was counted before."""

    __tablename__ = "channel_count"
    __table_args__ = (
        CheckConstraint("value >= 0", name="value_not_negative"),
        CheckConstraint("pieces >= 0", name="pieces_not_negative"),
        Index("ix_channel_count_channel_id_counted_on", "channel_id", "counted_on"),
    )

    product_id: Mapped[UUID | None] = mapped_column(ForeignKey("product.id"))
    counted_on: Mapped[date]
    pieces: Mapped[int | None]
    value: Mapped[Rupiah]

    def __repr__(self) -> str:
        return f"<ChannelCount {self.id}>"


class ChannelPayment(LedgerRow, db.Model):
    """Money that a channel paid."""

    __tablename__ = "channel_payment"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        Index("ix_channel_payment_channel_id_paid_on", "channel_id", "paid_on"),
    )

    for_delivery_id: Mapped[UUID | None] = mapped_column(ForeignKey("delivery.id"))
    paid_on: Mapped[date]
    amount: Mapped[Rupiah]

    def __repr__(self) -> str:
        return f"<ChannelPayment {self.id}>"


class ChannelReturn(LedgerRow, db.Model):
    """Goods that a channel gave back; `value` as they were delivered. `is_paid`: the channel pays
    for them all the same, so they stay owed."""

    __tablename__ = "channel_return"
    __table_args__ = (
        one_of("reason", tuple(RETURN_REASONS), name="reason_known"),
        CheckConstraint("value >= 0", name="value_not_negative"),
        CheckConstraint("pieces > 0", name="pieces_positive"),
        Index("ix_channel_return_channel_id_returned_on", "channel_id", "returned_on"),
    )

    delivery_id: Mapped[UUID | None] = mapped_column(ForeignKey("delivery.id"))
    product_id: Mapped[UUID | None] = mapped_column(ForeignKey("product.id"))
    returned_on: Mapped[date]
    pieces: Mapped[int | None]
    value: Mapped[Rupiah]
    reason: Mapped[str] = mapped_column(String(16), default="tidak_laku")
    is_paid: Mapped[bool] = mapped_column(Boolean, default=False)

    def __repr__(self) -> str:
        return f"<ChannelReturn {self.id}>"


class Receivable(db.Model):
    """What is still owed for one delivery: carried from the ledger, so that an office's lists need
    not match every payment of the area anew."""

    __tablename__ = "receivable"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("ix_receivable_channel_id_delivered_on", "channel_id", "delivered_on"),
        Index("ix_receivable_due_on", "due_on"),
    )

    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"), primary_key=True)
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("sales_channel.id"))
    delivered_on: Mapped[date]
    due_on: Mapped[date]
    amount: Mapped[Rupiah]

    def __repr__(self) -> str:
        return f"<Receivable {self.delivery_id}>"


for _table in ("delivery", "channel_count", "channel_payment", "channel_return"):
    means(
        f"uq_{_table}_corrects_id",
        lambda: Conflict(
            "row_corrected_meanwhile",
            message="Catatan ini sudah dibetulkan. Muat ulang halamannya.",
        ),
        columns=f"{_table}.corrects_id",
    )
