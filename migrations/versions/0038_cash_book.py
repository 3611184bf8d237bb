"""the cash book and the diary of a month"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "book_habit",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column(
            "open_weekdays",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("is_seasonal", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_book_habit_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", name=op.f("pk_book_habit")),
    )
    op.create_table(
        "cash_count",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount >= 0 AND amount <= 100000000000", name=op.f("ck_cash_count_amount_real")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_cash_count_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_cash_count_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_count")),
    )
    op.create_index(
        "ix_cash_count_enterprise_id_counted_on",
        "cash_count",
        ["enterprise_id", "counted_on", "id"],
        unique=False,
    )

    op.create_table(
        "diary_month",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("sales", sa.BigInteger(), nullable=True),
        sa.Column("costs", sa.BigInteger(), nullable=True),
        sa.Column("produced", sa.Integer(), nullable=True),
        sa.Column("workers", sa.Integer(), nullable=True),
        sa.Column("keeps_record", sa.Boolean(), nullable=True),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "way IN ('pemilik', 'pendamping', 'kertas', 'impor', 'ponsel')",
            name=op.f("ck_diary_month_way_known"),
        ),
        sa.CheckConstraint(
            "costs >= 0 AND costs <= 100000000000", name=op.f("ck_diary_month_costs_real")
        ),
        sa.CheckConstraint("produced >= 0", name=op.f("ck_diary_month_produced_not_negative")),
        sa.CheckConstraint(
            "sales >= 0 AND sales <= 100000000000", name=op.f("ck_diary_month_sales_real")
        ),
        sa.CheckConstraint("workers >= 0", name=op.f("ck_diary_month_workers_not_negative")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["diary_month.id"], name=op.f("fk_diary_month_corrects_id")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_diary_month_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_diary_month_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diary_month")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_diary_month_corrects_id")),
    )
    op.create_index(
        "ix_diary_month_enterprise_id_month",
        "diary_month",
        ["enterprise_id", "month", "id"],
        unique=False,
    )
    op.create_index(
        "uq_diary_month_current",
        "diary_month",
        ["enterprise_id", "month"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )

    op.create_table(
        "cash_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("direction", sa.String(length=6), nullable=False),
        sa.Column("category", sa.String(length=16), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=True),
        sa.Column("is_owed", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("settles_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(direction = 'masuk') = (category IN ('penjualan', 'modal_masuk'))",
            name=op.f("ck_cash_entry_direction_of_category"),
        ),
        sa.CheckConstraint(
            "category IN ('penjualan', 'bahan', 'upah', 'sewa_listrik', 'ongkir', 'prive', 'cicilan_pokok', 'bunga', 'modal_masuk', 'alat')",
            name=op.f("ck_cash_entry_category_known"),
        ),
        sa.CheckConstraint(
            "way IN ('pemilik', 'pendamping', 'kertas', 'impor', 'ponsel')",
            name=op.f("ck_cash_entry_way_known"),
        ),
        sa.CheckConstraint(
            "NOT (is_owed AND settles_id IS NOT NULL)", name=op.f("ck_cash_entry_owed_or_settling")
        ),
        sa.CheckConstraint(
            "amount > 0 AND amount <= 100000000000", name=op.f("ck_cash_entry_amount_real")
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["sales_channel.id"], name=op.f("fk_cash_entry_channel_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["cash_entry.id"], name=op.f("fk_cash_entry_corrects_id")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_cash_entry_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["stored_file.id"], name=op.f("fk_cash_entry_photo_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_cash_entry_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["settles_id"], ["cash_entry.id"], name=op.f("fk_cash_entry_settles_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_entry")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_cash_entry_corrects_id")),
    )
    op.create_index("ix_cash_entry_channel_id", "cash_entry", ["channel_id"], unique=False)
    op.create_index(
        "ix_cash_entry_enterprise_id_happened_on",
        "cash_entry",
        ["enterprise_id", "happened_on", "id"],
        unique=False,
    )
    op.create_index("ix_cash_entry_settles_id", "cash_entry", ["settles_id"], unique=False)


def downgrade() -> None:
    """Step back."""
    op.drop_index("ix_cash_entry_settles_id", table_name="cash_entry")
    op.drop_index("ix_cash_entry_enterprise_id_happened_on", table_name="cash_entry")
    op.drop_index("ix_cash_entry_channel_id", table_name="cash_entry")

    op.drop_table("cash_entry")
    op.drop_index("uq_diary_month_current", table_name="diary_month")
    op.drop_index("ix_diary_month_enterprise_id_month", table_name="diary_month")

    op.drop_table("diary_month")
    op.drop_index("ix_cash_count_enterprise_id_counted_on", table_name="cash_count")

    op.drop_table("cash_count")
    op.drop_table("book_habit")
