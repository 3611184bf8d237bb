"""enterprises that went into another, and when a phone was logged in"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "enterprise_successor",
        sa.Column("gone_id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("gone_id", name=op.f("pk_enterprise_successor")),
    )
    op.create_index("ix_enterprise_successor_kept_id", "enterprise_successor", ["kept_id"])
    op.add_column("field_device", sa.Column("token_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Step back."""
    with op.batch_alter_table("field_device") as table:
        table.drop_column("token_at")
    op.drop_index("ix_enterprise_successor_kept_id", table_name="enterprise_successor")
    op.drop_table("enterprise_successor")
