"""costs, label checks, pictures and cards of products, requests of buyers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "buyer_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "area_code",
            sa.String(length=13).with_variant(sa.String(length=13, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("buyer_name", sa.String(length=120), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=True),
        sa.Column("wanted", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=True),
        sa.Column("food_type", sa.String(length=2), nullable=True),
        sa.Column("pieces_per_month", sa.Integer(), nullable=False),
        sa.Column("price_most", sa.BigInteger(), nullable=True),
        sa.Column("ready_in_days", sa.SmallInteger(), nullable=True),
        sa.Column(
            "demands", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("open_until", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "food_type IN ('01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13', '14', '15')",
            name=op.f("ck_buyer_request_food_type_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('pangan_kering', 'pangan_beku', 'pangan_siap_saji', 'minuman', 'non_pangan', 'jasa')",
            name=op.f("ck_buyer_request_kind_known"),
        ),
        sa.CheckConstraint(
            "pieces_per_month > 0", name=op.f("ck_buyer_request_pieces_per_month_positive")
        ),
        sa.CheckConstraint(
            "price_most >= 0", name=op.f("ck_buyer_request_price_most_not_negative")
        ),
        sa.CheckConstraint(
            "ready_in_days >= 0", name=op.f("ck_buyer_request_ready_in_days_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["area_code"], ["area.code"], name=op.f("fk_buyer_request_area_code")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_buyer_request_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buyer_request")),
    )
    op.create_index(
        "ix_buyer_request_area_code_open_until", "buyer_request", ["area_code", "open_until", "id"]
    )

    op.create_table(
        "curation_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.Uuid(), nullable=True),
        sa.Column(
            "answers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["account.id"], name=op.f("fk_curation_check_checked_by")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_curation_check_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_curation_check")),
    )
    op.create_index(
        "ix_curation_check_product_id_checked_on",
        "curation_check",
        ["product_id", "checked_on", "at", "id"],
    )

    op.create_table(
        "label_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.Uuid(), nullable=True),
        sa.Column(
            "elements", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("present", sa.SmallInteger(), nullable=False),
        sa.Column("applicable", sa.SmallInteger(), nullable=False),
        sa.Column("has_brand", sa.Boolean(), nullable=True),
        sa.Column("has_contact", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "present >= 0 AND present <= applicable", name=op.f("ck_label_check_present_within")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["account.id"], name=op.f("fk_label_check_checked_by")
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["stored_file.id"], name=op.f("fk_label_check_photo_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_label_check_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_check")),
    )
    op.create_index(
        "ix_label_check_product_id_checked_on",
        "label_check",
        ["product_id", "checked_on", "at", "id"],
    )

    op.create_table(
        "product_card",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_product_card_made_by")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_product_card_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["revoked_by"], ["account.id"], name=op.f("fk_product_card_revoked_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_card")),
    )
    op.create_index(
        "ix_product_card_product_id_made_at", "product_card", ["product_id", "made_at", "id"]
    )
    op.create_index("uq_product_card_code_hash", "product_card", ["code_hash"], unique=True)

    op.create_table(
        "product_photo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('produk', 'kemasan_sebelum', 'kemasan_sesudah', 'label')",
            name=op.f("ck_product_photo_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["added_by"], ["account.id"], name=op.f("fk_product_photo_added_by")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_product_photo_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_product_photo_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_photo")),
    )
    op.create_index(
        "ix_product_photo_product_id_added_at", "product_photo", ["product_id", "added_at", "id"]
    )

    op.create_table(
        "unit_cost",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column(
            "materials", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("labour", sa.BigInteger(), nullable=False),
        sa.Column("energy", sa.BigInteger(), nullable=False),
        sa.Column("pack", sa.BigInteger(), nullable=False),
        sa.Column("other", sa.BigInteger(), nullable=False),
        sa.Column("cost_per_piece", sa.BigInteger(), nullable=False),
        sa.Column("price_then", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "source IN ('catatan', 'perkiraan')", name=op.f("ck_unit_cost_source_known")
        ),
        sa.CheckConstraint(
            "cost_per_piece >= 0", name=op.f("ck_unit_cost_cost_per_piece_not_negative")
        ),
        sa.CheckConstraint(
            "labour >= 0 AND energy >= 0 AND pack >= 0 AND other >= 0",
            name=op.f("ck_unit_cost_costs_not_negative"),
        ),
        sa.CheckConstraint("pieces > 0", name=op.f("ck_unit_cost_pieces_positive")),
        sa.CheckConstraint("price_then >= 0", name=op.f("ck_unit_cost_price_then_not_negative")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_unit_cost_made_by")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_unit_cost_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_cost")),
    )
    op.create_index(
        "ix_unit_cost_product_id_counted_on",
        "unit_cost",
        ["product_id", "counted_on", "made_at", "id"],
    )


def downgrade() -> None:
    """Step back."""
    op.drop_index("ix_unit_cost_product_id_counted_on", table_name="unit_cost")

    op.drop_table("unit_cost")
    op.drop_index("ix_product_photo_product_id_added_at", table_name="product_photo")

    op.drop_table("product_photo")
    op.drop_index("uq_product_card_code_hash", table_name="product_card")
    op.drop_index("ix_product_card_product_id_made_at", table_name="product_card")

    op.drop_table("product_card")
    op.drop_index("ix_label_check_product_id_checked_on", table_name="label_check")

    op.drop_table("label_check")
    op.drop_index("ix_curation_check_product_id_checked_on", table_name="curation_check")

    op.drop_table("curation_check")
    op.drop_index("ix_buyer_request_area_code_open_until", table_name="buyer_request")

    op.drop_table("buyer_request")
