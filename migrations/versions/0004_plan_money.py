"""The plan's money: priority programme, partner, year, what was spent and why it was more.

Written out and not imported from the models, because a migration says what it did then.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLUMNS = (
    ("program", sa.String(120)),
    ("partner", sa.String(160)),
    ("budget_year", sa.SmallInteger()),
    ("spent", sa.BigInteger()),
    ("spent_reason", sa.String(500)),
)
# A therapy belongs to the year in which it should end, else in which it was proposed.
YEARS = {
    "sqlite": (
        "UPDATE intervention SET budget_year = "
        "CAST(strftime('%Y', coalesce(due_on, substr(proposed_at, 1, 10))) AS INTEGER)"
    ),
    "postgresql": (
        "UPDATE intervention SET budget_year = "
        "extract(year FROM coalesce(due_on, proposed_at::date))::smallint"
    ),
}


def upgrade() -> None:
    for name, kind in COLUMNS:
        op.add_column("intervention", sa.Column(name, kind, nullable=True))
    op.execute(YEARS[op.get_bind().dialect.name])


def downgrade() -> None:
    for name, _ in reversed(COLUMNS):
        op.drop_column("intervention", name)
