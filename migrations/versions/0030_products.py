"""products of enterprises"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "product",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "search_name",
            sa.String(length=160).with_variant(sa.String(length=160, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("brand", sa.String(length=80), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("food_type", sa.String(length=2), nullable=True),
        sa.Column(
            "ingredients", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "ingredient_flags",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "processes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("net_amount", sa.Integer(), nullable=True),
        sa.Column("net_unit", sa.String(length=4), nullable=True),
        sa.Column("shelf_life_days", sa.SmallInteger(), nullable=True),
        sa.Column("storage", sa.String(length=8), nullable=True),
        sa.Column("pack_kind", sa.String(length=1), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("capacity_per_month", sa.Integer(), nullable=True),
        sa.Column("lead_time_days", sa.SmallInteger(), nullable=True),
        sa.Column("description", sa.String(length=500), nullable=True),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("declared_non_halal", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "food_type IN ('01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13', '14', '15')",
            name=op.f("ck_product_food_type_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('pangan_kering', 'pangan_beku', 'pangan_siap_saji', 'minuman', 'non_pangan', 'jasa')",
            name=op.f("ck_product_kind_known"),
        ),
        sa.CheckConstraint(
            "net_unit IN ('g', 'ml', 'buah')", name=op.f("ck_product_net_unit_known")
        ),
        sa.CheckConstraint(
            "pack_kind IN ('1', '2', '3', '4', '5', '6', '7', '8')",
            name=op.f("ck_product_pack_kind_known"),
        ),
        sa.CheckConstraint(
            "storage IN ('ruang', 'dingin', 'beku')", name=op.f("ck_product_storage_known")
        ),
        sa.CheckConstraint(
            "capacity_per_month >= 0", name=op.f("ck_product_capacity_not_negative")
        ),
        sa.CheckConstraint(
            "lead_time_days >= 0", name=op.f("ck_product_lead_time_days_not_negative")
        ),
        sa.CheckConstraint("net_amount > 0", name=op.f("ck_product_net_amount_positive")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_product_price_not_negative")),
        sa.CheckConstraint("shelf_life_days > 0", name=op.f("ck_product_shelf_life_days_positive")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_product_created_by")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_product_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
    )
    op.create_index(
        "ix_product_enterprise_id_search_name", "product", ["enterprise_id", "search_name", "id"]
    )


def downgrade() -> None:
    """Step back."""
    op.drop_index("ix_product_enterprise_id_search_name", table_name="product")

    op.drop_table("product")
