"""words of names in the order of names"""

from __future__ import annotations

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_index(
        "ix_enterprise_words_by_name",
        "enterprise",
        ["search_name", "id", "search_words", "village_code"],
        unique=False,
    )


def downgrade() -> None:
    """Step back."""
    op.drop_index("ix_enterprise_words_by_name", table_name="enterprise")
