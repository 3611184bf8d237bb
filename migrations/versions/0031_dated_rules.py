"""rules that decrees may move"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "dated_rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column(
            "value", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["account.id"], name=op.f("fk_dated_rule_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dated_rule")),
    )
    op.create_index(
        "ix_dated_rule_code_valid_from", "dated_rule", ["code", "valid_from", "set_at", "id"]
    )


def downgrade() -> None:
    """Step back."""
    op.drop_index("ix_dated_rule_code_valid_from", table_name="dated_rule")

    op.drop_table("dated_rule")
