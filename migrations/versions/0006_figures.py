"""Indexes from which the overview and the matrix are counted without a look at the rows."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FIGURES = (
    "life_cycle",
    "village_code",
    "health_class",
    "health_valid_until",
    "assessed_on",
    "health_status",
    "next_visit_due_on",
    "last_visit_on",
    "life_cycle_on",
    "sick_since_on",
    "has_plan",
    "mentor_id",
    "created_at",
    "id",
)


def upgrade() -> None:
    """Step forward."""
    op.create_index("ix_enterprise_figures", "enterprise", FIGURES)
    op.create_index(
        "ix_class_span_enterprise_id_from_on_until_on",
        "class_span",
        ["enterprise_id", "from_on", "until_on", "health_class"],
    )
    op.create_index(
        "ix_visit_enterprise_id_outcome_visited_on",
        "visit",
        ["enterprise_id", "outcome", "visited_on"],
    )


def downgrade() -> None:
    """Step back."""
    op.drop_index("ix_visit_enterprise_id_outcome_visited_on", "visit")
    op.drop_index("ix_class_span_enterprise_id_from_on_until_on", "class_span")
    op.drop_index("ix_enterprise_figures", "enterprise")
