"""Who runs a tool is told by what they are to the owner, without a name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    with op.batch_alter_table("tool_check", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("operator", sa.String(length=12), nullable=False, server_default="")
        )
    # A name doesn't tell what somebody is to the owner, and is kept no longer.
    op.execute("UPDATE tool_check SET operator = 'lain' WHERE operator_name <> ''")
    with op.batch_alter_table("tool_check", schema=None) as batch_op:
        batch_op.alter_column("operator", existing_type=sa.String(length=12), server_default=None)
        batch_op.drop_column("operator_name")


def downgrade() -> None:
    """Step back."""
    with op.batch_alter_table("tool_check", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("operator_name", sa.String(length=120), nullable=False, server_default="")
        )
    op.execute("UPDATE tool_check SET operator_name = operator")
    with op.batch_alter_table("tool_check", schema=None) as batch_op:
        batch_op.alter_column(
            "operator_name", existing_type=sa.String(length=120), server_default=None
        )
        batch_op.drop_column("operator")
