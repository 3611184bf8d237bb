"""exhibitions and bazaars"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "market_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column(
            "area_code",
            sa.String(length=13).with_variant(sa.String(length=13, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('pameran', 'bazar')", name=op.f("ck_market_event_kind_known")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_market_event_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["area_code"], ["area.code"], name=op.f("fk_market_event_area_code")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_market_event_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_event")),
    )
    with op.batch_alter_table("market_event", schema=None) as batch_op:
        batch_op.create_index(
            "ix_market_event_area_code_starts_on", ["area_code", "starts_on"], unique=False
        )

    op.create_table(
        "event_participant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("chosen_by", sa.Uuid(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sold", sa.BigInteger(), nullable=True),
        sa.Column("goods_cost", sa.BigInteger(), nullable=True),
        sa.Column("trip_cost", sa.BigInteger(), nullable=True),
        sa.Column("stand_cost", sa.BigInteger(), nullable=True),
        sa.Column("orders", sa.BigInteger(), nullable=True),
        sa.Column("buyers", sa.SmallInteger(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("reported_by", sa.Uuid(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "sold >= 0 AND goods_cost >= 0 AND trip_cost >= 0 AND stand_cost >= 0 AND orders >= 0",
            name=op.f("ck_event_participant_amounts_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["chosen_by"], ["account.id"], name=op.f("fk_event_participant_chosen_by")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_event_participant_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["market_event.id"], name=op.f("fk_event_participant_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["reported_by"], ["account.id"], name=op.f("fk_event_participant_reported_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_participant")),
        sa.UniqueConstraint("event_id", "enterprise_id", name="uq_event_participant_event_id"),
    )
    with op.batch_alter_table("event_participant", schema=None) as batch_op:
        batch_op.create_index(
            "ix_event_participant_enterprise_id", ["enterprise_id", "event_id"], unique=False
        )


def downgrade() -> None:
    """Step back."""
    with op.batch_alter_table("event_participant", schema=None) as batch_op:
        batch_op.drop_index("ix_event_participant_enterprise_id")

    op.drop_table("event_participant")
    with op.batch_alter_table("market_event", schema=None) as batch_op:
        batch_op.drop_index("ix_market_event_area_code_starts_on")

    op.drop_table("market_event")
