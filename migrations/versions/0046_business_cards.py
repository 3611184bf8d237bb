"""links to the cards of enterprises"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "business_card",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "revoked_at IS NULL OR code_hash IS NULL",
            name=op.f("ck_business_card_revoked_opens_nothing"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_business_card_enterprise_id")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_business_card_made_by")),
        sa.ForeignKeyConstraint(
            ["revoked_by"], ["account.id"], name=op.f("fk_business_card_revoked_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_card")),
    )
    op.create_index(
        "ix_business_card_enterprise_id_made_at",
        "business_card",
        ["enterprise_id", "made_at", "id"],
        unique=False,
    )
    op.create_index("uq_business_card_code_hash", "business_card", ["code_hash"], unique=True)


def downgrade() -> None:
    """Step back."""
    op.drop_index("uq_business_card_code_hash", table_name="business_card")
    op.drop_index("ix_business_card_enterprise_id_made_at", table_name="business_card")
    op.drop_table("business_card")
