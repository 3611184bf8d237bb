"""ratios of cash books from the index alone, on SQLite too"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

_COLUMNS = (
    "enterprise_id",
    "happened_on",
    "category",
    "amount",
    "is_owed",
    "settles_id",
    "channel_id",
)


def upgrade() -> None:
    """Step forward."""
    _make([*_COLUMNS, "is_current"])


def downgrade() -> None:
    """Step back."""
    _make(list(_COLUMNS))


def _make(columns: list[str]) -> None:
    op.drop_index("ix_cash_entry_reckoned", table_name="cash_entry")
    op.create_index(
        "ix_cash_entry_reckoned",
        "cash_entry",
        columns,
        unique=False,
        sqlite_where=sa.text("is_current = 1"),
        postgresql_where=sa.text("is_current"),
    )
