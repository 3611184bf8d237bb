"""what was paid beyond a loan and went back"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "loan_refund",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("lender_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("saving_row_id", sa.Uuid(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("receipt", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("undoes_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_loan_refund_amount_real")),
        sa.CheckConstraint("way IN ('tunai', 'simpanan')", name=op.f("ck_loan_refund_way_known")),
        sa.CheckConstraint(
            "(way = 'simpanan') = (saving_row_id IS NOT NULL)",
            name=op.f("ck_loan_refund_saving_has_its_row"),
        ),
        sa.ForeignKeyConstraint(
            ["lender_id"], ["lender.id"], name=op.f("fk_loan_refund_lender_id")
        ),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_loan_refund_loan_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_loan_refund_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["saving_row_id"], ["saving_row.id"], name=op.f("fk_loan_refund_saving_row_id")
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["loan_refund.id"], name=op.f("fk_loan_refund_undoes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_refund")),
        sa.UniqueConstraint("lender_id", "receipt", name="uq_loan_refund_lender_id_receipt"),
        sa.UniqueConstraint("loan_id", "turn", name="uq_loan_refund_loan_id_turn"),
        sa.UniqueConstraint("saving_row_id", name="uq_loan_refund_saving_row_id"),
        sa.UniqueConstraint("undoes_id", name="uq_loan_refund_undoes_id"),
    )


def downgrade() -> None:
    """Step back."""
    op.drop_table("loan_refund")
