"""what the ratios of many cash books are reckoned from"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_index(
        "ix_cash_entry_reckoned",
        "cash_entry",
        [
            "enterprise_id",
            "happened_on",
            "category",
            "amount",
            "is_owed",
            "settles_id",
            "channel_id",
        ],
        unique=False,
        sqlite_where=sa.text("is_current = 1"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_index(
        "ix_cash_entry_owed",
        "cash_entry",
        ["enterprise_id", "happened_on"],
        unique=False,
        sqlite_where=sa.text("is_owed = 1"),
        postgresql_where=sa.text("is_owed"),
    )
    op.create_index(
        "ix_cash_entry_settling",
        "cash_entry",
        ["enterprise_id", "happened_on"],
        unique=False,
        sqlite_where=sa.text("settles_id IS NOT NULL"),
        postgresql_where=sa.text("settles_id IS NOT NULL"),
    )


def downgrade() -> None:
    """Step back."""
    op.drop_index("ix_cash_entry_settling", table_name="cash_entry")
    op.drop_index("ix_cash_entry_owed", table_name="cash_entry")
    op.drop_index("ix_cash_entry_reckoned", table_name="cash_entry")
