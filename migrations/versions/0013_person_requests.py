"""Requests of owners about their own data."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "person_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("came_by", sa.String(length=20), nullable=False),
        sa.Column("identity_check", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.String(length=1000), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'menunggu') = (answered_at IS NULL)",
            name=op.f("ck_person_request_answered_at_a_time"),
        ),
        sa.CheckConstraint(
            "came_by IN ('langsung', 'telepon', 'surat', 'pendamping')",
            name=op.f("ck_person_request_came_by_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('salinan', 'perbaikan', 'pembatasan', 'penghapusan')",
            name=op.f("ck_person_request_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('menunggu', 'dipenuhi', 'ditolak')",
            name=op.f("ck_person_request_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["account.id"], name=op.f("fk_person_request_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name=op.f("fk_person_request_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_person_request_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_request")),
    )
    op.create_index("ix_person_request_owner_id", "person_request", ["owner_id"], unique=False)
    op.create_index(
        "ix_person_request_state_due_at_id",
        "person_request",
        ["state", "due_at", "id"],
        unique=False,
    )


def downgrade() -> None:
    """Step back."""
    op.drop_index("ix_person_request_state_due_at_id", table_name="person_request")
    op.drop_index("ix_person_request_owner_id", table_name="person_request")
    op.drop_table("person_request")
