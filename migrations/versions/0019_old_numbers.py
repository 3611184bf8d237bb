"""old numbers of merged enterprises"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_NUMBERS = ("nib", "nik", "phone")


def upgrade() -> None:
    """Step forward."""
    with op.batch_alter_table("enterprise_merger", schema=None) as batch_op:
        for number in _NUMBERS:
            name = f"gone_{number}_index"
            batch_op.add_column(sa.Column(name, sa.String(length=64), nullable=True))
            batch_op.create_index(f"ix_enterprise_merger_{name}", [name], unique=False)


def downgrade() -> None:
    """Step back."""
    with op.batch_alter_table("enterprise_merger", schema=None) as batch_op:
        for number in _NUMBERS:
            name = f"gone_{number}_index"
            batch_op.drop_index(f"ix_enterprise_merger_{name}")
            batch_op.drop_column(name)
