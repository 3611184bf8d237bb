"""what owners say of their promises"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.add_column("promise", sa.Column("owner_said_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Step back."""
    op.drop_column("promise", "owner_said_at")
