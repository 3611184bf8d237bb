"""what lenders offer"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "loan_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("lender", sa.String(length=12), nullable=False),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("least", sa.BigInteger(), nullable=False),
        sa.Column("most", sa.BigInteger(), nullable=True),
        sa.Column("rate", sa.Integer(), nullable=True),
        sa.Column("every", sa.String(length=8), nullable=False),
        sa.Column("most_months", sa.Integer(), nullable=True),
        sa.Column("conditions", sa.String(length=1000), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("doubt", sa.String(length=500), nullable=False),
        sa.Column("is_offered", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "lender IN ('program', 'koperasi', 'bmt', 'bank', 'lembaga')",
            name=op.f("ck_loan_offer_lender_known"),
        ),
        sa.CheckConstraint(
            "method IN ('flat', 'efektif_menurun', 'anuitas', 'murabahah')",
            name=op.f("ck_loan_offer_method_known"),
        ),
        sa.CheckConstraint("every IN ('bulan', 'minggu')", name=op.f("ck_loan_offer_every_known")),
        sa.CheckConstraint(
            "least >= 0 AND (most IS NULL OR most >= least)",
            name=op.f("ck_loan_offer_amounts_in_order"),
        ),
        sa.CheckConstraint(
            "rate IS NULL OR rate BETWEEN 0 AND 30000", name=op.f("ck_loan_offer_rate_real")
        ),
        sa.CheckConstraint(
            "most_months IS NULL OR most_months BETWEEN 1 AND 120",
            name=op.f("ck_loan_offer_time_real"),
        ),
        sa.ForeignKeyConstraint(["set_by"], ["account.id"], name=op.f("fk_loan_offer_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_offer")),
    )
    op.create_index(
        "ix_loan_offer_code_valid_from",
        "loan_offer",
        ["code", "valid_from", "set_at", "id"],
        unique=False,
    )


def downgrade() -> None:
    """Step back."""
    op.drop_index("ix_loan_offer_code_valid_from", table_name="loan_offer")
    op.drop_table("loan_offer")
