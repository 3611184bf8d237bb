"""channels of enterprises and their ledgers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "sales_channel",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("is_consignment", sa.Boolean(), nullable=False),
        sa.Column("margin_permille", sa.SmallInteger(), nullable=True),
        sa.Column("payment_days", sa.SmallInteger(), nullable=True),
        sa.Column("returns_accepted", sa.Boolean(), nullable=False),
        sa.Column("listing_fee", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("verdict", sa.String(length=8), nullable=True),
        sa.Column("verdict_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("allowed_by", sa.Uuid(), nullable=True),
        sa.Column("allowed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("allowed_reason", sa.String(length=500), nullable=True),
        sa.Column("tied_up", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('pasar', 'warung', 'toko_oleh_oleh', 'koperasi_bumdes', 'toko_modern', 'marketplace', 'pameran', 'pengadaan', 'ekspor')",
            name=op.f("ck_sales_channel_kind_known"),
        ),
        sa.CheckConstraint(
            "verdict IN ('merah', 'kuning', 'hijau')", name=op.f("ck_sales_channel_verdict_known")
        ),
        sa.CheckConstraint(
            "listing_fee >= 0", name=op.f("ck_sales_channel_listing_fee_not_negative")
        ),
        sa.CheckConstraint(
            "margin_permille BETWEEN 0 AND 1000", name=op.f("ck_sales_channel_margin_real")
        ),
        sa.CheckConstraint(
            "payment_days BETWEEN 0 AND 365", name=op.f("ck_sales_channel_payment_days_real")
        ),
        sa.ForeignKeyConstraint(
            ["allowed_by"], ["account.id"], name=op.f("fk_sales_channel_allowed_by")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name=op.f("fk_sales_channel_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_sales_channel_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_channel")),
    )
    with op.batch_alter_table("sales_channel", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sales_channel_enterprise_id", ["enterprise_id", "id"], unique=False
        )
        batch_op.create_index("ix_sales_channel_verdict", ["verdict"], unique=False)

    op.create_table(
        "channel_count",
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("pieces >= 0", name=op.f("ck_channel_count_pieces_not_negative")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_channel_count_value_not_negative")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["sales_channel.id"], name=op.f("fk_channel_count_channel_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["channel_count.id"], name=op.f("fk_channel_count_corrects_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_channel_count_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_channel_count_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_count")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_channel_count_corrects_id")),
    )
    with op.batch_alter_table("channel_count", schema=None) as batch_op:
        batch_op.create_index(
            "ix_channel_count_channel_id_counted_on", ["channel_id", "counted_on"], unique=False
        )

    op.create_table(
        "consignment_trial",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column(
            "inputs", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "result", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("tried_by", sa.Uuid(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('merah', 'kuning', 'hijau')",
            name=op.f("ck_consignment_trial_verdict_known"),
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["sales_channel.id"], name=op.f("fk_consignment_trial_channel_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_consignment_trial_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["tried_by"], ["account.id"], name=op.f("fk_consignment_trial_tried_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consignment_trial")),
    )
    with op.batch_alter_table("consignment_trial", schema=None) as batch_op:
        batch_op.create_index(
            "ix_consignment_trial_channel_id_tried_at", ["channel_id", "tried_at"], unique=False
        )

    op.create_table(
        "delivery",
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("pieces > 0", name=op.f("ck_delivery_pieces_positive")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_delivery_value_not_negative")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["sales_channel.id"], name=op.f("fk_delivery_channel_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["delivery.id"], name=op.f("fk_delivery_corrects_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_delivery_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_delivery_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_delivery_corrects_id")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(
            "ix_delivery_channel_id_delivered_on", ["channel_id", "delivered_on"], unique=False
        )

    op.create_table(
        "channel_payment",
        sa.Column("for_delivery_id", sa.Uuid(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_channel_payment_amount_not_negative")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["sales_channel.id"], name=op.f("fk_channel_payment_channel_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["channel_payment.id"], name=op.f("fk_channel_payment_corrects_id")
        ),
        sa.ForeignKeyConstraint(
            ["for_delivery_id"], ["delivery.id"], name=op.f("fk_channel_payment_for_delivery_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_channel_payment_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_payment")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_channel_payment_corrects_id")),
    )
    with op.batch_alter_table("channel_payment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_channel_payment_channel_id_paid_on", ["channel_id", "paid_on"], unique=False
        )

    op.create_table(
        "channel_return",
        sa.Column("delivery_id", sa.Uuid(), nullable=True),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("is_paid", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('tidak_laku', 'kedaluwarsa', 'rusak', 'lain')",
            name=op.f("ck_channel_return_reason_known"),
        ),
        sa.CheckConstraint("pieces > 0", name=op.f("ck_channel_return_pieces_positive")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_channel_return_value_not_negative")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["sales_channel.id"], name=op.f("fk_channel_return_channel_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["channel_return.id"], name=op.f("fk_channel_return_corrects_id")
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_channel_return_delivery_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_channel_return_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_channel_return_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_return")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_channel_return_corrects_id")),
    )
    with op.batch_alter_table("channel_return", schema=None) as batch_op:
        batch_op.create_index(
            "ix_channel_return_channel_id_returned_on", ["channel_id", "returned_on"], unique=False
        )

    op.create_table(
        "receivable",
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_receivable_amount_positive")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["sales_channel.id"], name=op.f("fk_receivable_channel_id")
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_receivable_delivery_id")
        ),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_receivable")),
    )
    with op.batch_alter_table("receivable", schema=None) as batch_op:
        batch_op.create_index(
            "ix_receivable_channel_id_delivered_on", ["channel_id", "delivered_on"], unique=False
        )
        batch_op.create_index("ix_receivable_due_on", ["due_on"], unique=False)


def downgrade() -> None:
    """Step back."""
    with op.batch_alter_table("receivable", schema=None) as batch_op:
        batch_op.drop_index("ix_receivable_due_on")
        batch_op.drop_index("ix_receivable_channel_id_delivered_on")

    op.drop_table("receivable")
    with op.batch_alter_table("channel_return", schema=None) as batch_op:
        batch_op.drop_index("ix_channel_return_channel_id_returned_on")

    op.drop_table("channel_return")
    with op.batch_alter_table("channel_payment", schema=None) as batch_op:
        batch_op.drop_index("ix_channel_payment_channel_id_paid_on")

    op.drop_table("channel_payment")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_delivery_channel_id_delivered_on")

    op.drop_table("delivery")
    with op.batch_alter_table("consignment_trial", schema=None) as batch_op:
        batch_op.drop_index("ix_consignment_trial_channel_id_tried_at")

    op.drop_table("consignment_trial")
    with op.batch_alter_table("channel_count", schema=None) as batch_op:
        batch_op.drop_index("ix_channel_count_channel_id_counted_on")

    op.drop_table("channel_count")
    with op.batch_alter_table("sales_channel", schema=None) as batch_op:
        batch_op.drop_index("ix_sales_channel_verdict")
        batch_op.drop_index("ix_sales_channel_enterprise_id")

    op.drop_table("sales_channel")
