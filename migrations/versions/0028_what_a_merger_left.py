"""what a merger left"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table("enterprise_merger", schema=None) as batch_op:
        batch_op.add_column(sa.Column("after", json, nullable=True))


def downgrade() -> None:
    """Step back."""
    with op.batch_alter_table("enterprise_merger", schema=None) as batch_op:
        batch_op.drop_column("after")
