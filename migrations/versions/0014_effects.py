"""Counts of what therapies achieved, with the enterprises behind each figure."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "effect_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "area_code",
            sa.String(length=13).with_variant(sa.String(length=13, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "figures", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["account.id"], name=op.f("fk_effect_report_asked_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effect_report")),
    )
    with op.batch_alter_table("effect_report", schema=None) as batch_op:
        batch_op.create_index(
            "ix_effect_report_area_code_made_at", ["area_code", "made_at"], unique=False
        )

    op.create_table(
        "effect_case",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=16), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.SmallInteger(), nullable=True),
        sa.Column("after", sa.SmallInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["effect_report.id"], name=op.f("fk_effect_case_report_id")
        ),
        sa.PrimaryKeyConstraint("report_id", "number", name=op.f("pk_effect_case")),
    )
    with op.batch_alter_table("effect_case", schema=None) as batch_op:
        batch_op.create_index(
            "ix_effect_case_report_id_line_part_number",
            ["report_id", "line", "part", "number"],
            unique=False,
        )


def downgrade() -> None:
    """Step back."""
    with op.batch_alter_table("effect_case", schema=None) as batch_op:
        batch_op.drop_index("ix_effect_case_report_id_line_part_number")

    op.drop_table("effect_case")
    with op.batch_alter_table("effect_report", schema=None) as batch_op:
        batch_op.drop_index("ix_effect_report_area_code_made_at")

    op.drop_table("effect_report")
