"""told arrears of loans"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.add_column("loan", sa.Column("has_arrears", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Step back."""
    with op.batch_alter_table("loan") as batch:
        batch.drop_column("has_arrears")
