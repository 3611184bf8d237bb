"""Therapies sent to other offices, and tries with codes that open nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "guest_try",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("address_key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_try")),
    )
    with op.batch_alter_table("guest_try", schema=None) as batch_op:
        batch_op.create_index("ix_guest_try_address_key_at", ["address_key", "at"], unique=False)

    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("intervention_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=12), nullable=False),
        sa.Column("office_name", sa.String(length=160), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("request", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("owner_agreed_on", sa.Date(), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=120), nullable=True),
        sa.Column("decline_reason", sa.String(length=500), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_by", sa.String(length=120), nullable=True),
        sa.Column("result", sa.String(length=16), nullable=True),
        sa.Column("result_note", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "(state = 'selesai') = (result IS NOT NULL)",
            name=op.f("ck_referral_finished_with_result"),
        ),
        sa.CheckConstraint(
            "office IN ('dinkes', 'plut', 'lp3h', 'koperasi', 'blk', 'lain')",
            name=op.f("ck_referral_office_known"),
        ),
        sa.CheckConstraint(
            "result IN ('berhasil', 'sebagian', 'tidak', 'belum_terukur')",
            name=op.f("ck_referral_result_known"),
        ),
        sa.CheckConstraint(
            "state <> 'ditolak' OR decline_reason IS NOT NULL",
            name=op.f("ck_referral_declined_with_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('menunggu', 'diterima', 'ditolak', 'selesai', 'dicabut')",
            name=op.f("ck_referral_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_referral_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["intervention.id"], name=op.f("fk_referral_intervention_id")
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_referral_sent_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("token_sha256", name="uq_referral_token_sha256"),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index("ix_referral_enterprise_id", ["enterprise_id"], unique=False)
        batch_op.create_index("ix_referral_intervention_id", ["intervention_id"], unique=False)
        batch_op.create_index(
            "ix_referral_state_answer_due_on_id", ["state", "answer_due_on", "id"], unique=False
        )
        batch_op.create_index(
            "uq_referral_open_intervention_id",
            ["intervention_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('menunggu', 'diterima')"),
            postgresql_where=sa.text("state IN ('menunggu', 'diterima')"),
        )


def downgrade() -> None:
    """Step back."""
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_referral_open_intervention_id",
            sqlite_where=sa.text("state IN ('menunggu', 'diterima')"),
            postgresql_where=sa.text("state IN ('menunggu', 'diterima')"),
        )
        batch_op.drop_index("ix_referral_state_answer_due_on_id")
        batch_op.drop_index("ix_referral_intervention_id")
        batch_op.drop_index("ix_referral_enterprise_id")

    op.drop_table("referral")
    with op.batch_alter_table("guest_try", schema=None) as batch_op:
        batch_op.drop_index("ix_guest_try_address_key_at")

    op.drop_table("guest_try")
