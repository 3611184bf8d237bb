"""Trainings: sessions, who came, what mentors learnt."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "training_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("topic", sa.String(length=160), nullable=False),
        sa.Column("practice", sa.String(length=200), nullable=False),
        sa.Column("pillar", sa.String(length=1), nullable=False),
        sa.Column("provider", sa.String(length=160), nullable=False),
        sa.Column(
            "village_code",
            sa.String(length=13).with_variant(sa.String(length=13, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("funding_source", sa.String(length=16), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "funding_source IN ('tanpa_biaya', 'apbn', 'apbd_provinsi', 'apbd_kabupaten', 'dana_desa', 'csr', 'koperasi', 'swadaya')",
            name=op.f("ck_training_session_funding_source_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('pelatihan', 'pertemuan', 'bimtek')",
            name=op.f("ck_training_session_kind_known"),
        ),
        sa.CheckConstraint(
            "pillar IN ('1', '2', '3', '4')", name=op.f("ck_training_session_pillar_known")
        ),
        sa.CheckConstraint("cost >= 0", name=op.f("ck_training_session_cost_not_negative")),
        sa.CheckConstraint(
            "until_on >= held_on", name=op.f("ck_training_session_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["account.id"], name=op.f("fk_training_session_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["stored_file.id"], name=op.f("fk_training_session_photo_id")
        ),
        sa.ForeignKeyConstraint(
            ["village_code"], ["area.code"], name=op.f("fk_training_session_village_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_session")),
        sa.UniqueConstraint("code", name="uq_training_session_code"),
    )
    with op.batch_alter_table("training_session", schema=None) as batch_op:
        batch_op.create_index("ix_training_session_held_on_id", ["held_on", "id"], unique=False)
        batch_op.create_index(
            "ix_training_session_village_code_held_on", ["village_code", "held_on"], unique=False
        )

    op.create_table(
        "mentor_training",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("marked_by", sa.Uuid(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("competence", sa.String(length=8), nullable=True),
        sa.CheckConstraint(
            "competence IN ('lulus', 'ikut')", name=op.f("ck_mentor_training_competence_known")
        ),
        sa.CheckConstraint("way IN ('daftar', 'kode')", name=op.f("ck_mentor_training_way_known")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_mentor_training_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["marked_by"], ["account.id"], name=op.f("fk_mentor_training_marked_by")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_mentor_training_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "account_id", name=op.f("pk_mentor_training")),
    )
    with op.batch_alter_table("mentor_training", schema=None) as batch_op:
        batch_op.create_index("ix_mentor_training_account_id", ["account_id"], unique=False)

    op.create_table(
        "training_attendance",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("marked_by", sa.Uuid(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("practice_state", sa.String(length=20), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("seen_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(practice_state = 'belum_dilihat') = (seen_on IS NULL)",
            name=op.f("ck_training_attendance_seen_on_a_day"),
        ),
        sa.CheckConstraint(
            "practice_state IN ('belum_dilihat', 'diterapkan', 'tidak_diterapkan')",
            name=op.f("ck_training_attendance_practice_state_known"),
        ),
        sa.CheckConstraint(
            "way IN ('daftar', 'kode')", name=op.f("ck_training_attendance_way_known")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_training_attendance_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["marked_by"], ["account.id"], name=op.f("fk_training_attendance_marked_by")
        ),
        sa.ForeignKeyConstraint(
            ["seen_by"], ["account.id"], name=op.f("fk_training_attendance_seen_by")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_training_attendance_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "enterprise_id", name=op.f("pk_training_attendance")),
    )
    with op.batch_alter_table("training_attendance", schema=None) as batch_op:
        batch_op.create_index(
            "ix_training_attendance_enterprise_id",
            ["enterprise_id", "practice_state"],
            unique=False,
        )


def downgrade() -> None:
    """Step back."""
    with op.batch_alter_table("training_attendance", schema=None) as batch_op:
        batch_op.drop_index("ix_training_attendance_enterprise_id")

    op.drop_table("training_attendance")
    with op.batch_alter_table("mentor_training", schema=None) as batch_op:
        batch_op.drop_index("ix_mentor_training_account_id")

    op.drop_table("mentor_training")
    with op.batch_alter_table("training_session", schema=None) as batch_op:
        batch_op.drop_index("ix_training_session_village_code_held_on")
        batch_op.drop_index("ix_training_session_held_on_id")

    op.drop_table("training_session")
