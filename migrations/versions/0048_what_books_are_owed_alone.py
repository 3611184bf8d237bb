"""what is owed in cash books, and paid of it, from the indexes alone"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

_OWED, _SETTLING = "is_owed", "settles_id IS NOT NULL"
_DAYS = ["enterprise_id", "happened_on"]


def upgrade() -> None:
    """Step forward."""
    owed = ["enterprise_id", "id", "happened_on", "due_on", "category", "amount"]
    _make("owed", [*owed, "is_owed", "is_current"], _OWED)
    settling = ["enterprise_id", "settles_id", "happened_on", "category", "amount", "is_current"]
    _make("settling", settling, _SETTLING)
    _make("settles_id", ["settles_id", "happened_on", "amount", "is_current"], _SETTLING)


def downgrade() -> None:
    """Step back."""
    _make("settles_id", ["settles_id"], None)
    _make("settling", _DAYS, _SETTLING)
    _make("owed", _DAYS, _OWED)


def _make(name: str, columns: list[str], where: str | None) -> None:
    name = f"ix_cash_entry_{name}"
    op.drop_index(name, table_name="cash_entry")
    op.create_index(
        name,
        "cash_entry",
        columns,
        unique=False,
        sqlite_where=None if where is None else sa.text(where.replace("is_owed", "is_owed = 1")),
        postgresql_where=None if where is None else sa.text(where),
    )
