"""Later versions of the instrument, their trials; objections; classes settled by two people.

Written out and not imported from the models, because a migration says what it did then.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

UP = {
    "sqlite": (
        (
            "CREATE TRIGGER instrument_version_no_update BEFORE UPDATE ON instrument_version "
            "WHEN old.state = 'terbit' "
            "BEGIN SELECT RAISE(ABORT, 'a published instrument stays as it is'); END"
        ),
        (
            "CREATE TRIGGER instrument_version_no_delete BEFORE DELETE ON instrument_version "
            "WHEN old.state = 'terbit' "
            "BEGIN SELECT RAISE(ABORT, 'a published instrument stays as it is'); END"
        ),
    ),
    "postgresql": (
        (
            "CREATE OR REPLACE FUNCTION refuse_instrument_change() RETURNS trigger "
            "LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'a published instrument stays as it is'; END $$"
        ),
        (
            "CREATE TRIGGER instrument_version_no_change BEFORE UPDATE OR DELETE ON "
            "instrument_version FOR EACH ROW WHEN (old.state = 'terbit') "
            "EXECUTE FUNCTION refuse_instrument_change()"
        ),
    ),
}
DOWN = {
    "sqlite": (
        "DROP TRIGGER instrument_version_no_delete",
        "DROP TRIGGER instrument_version_no_update",
    ),
    "postgresql": (
        "DROP TRIGGER instrument_version_no_change ON instrument_version",
        "DROP FUNCTION refuse_instrument_change()",
    ),
}


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "instrument_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("based_on", sa.SmallInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'terbit') = (number IS NOT NULL)",
            name=op.f("ck_instrument_version_number_when_published"),
        ),
        sa.CheckConstraint(
            "state IN ('rancangan', 'terbit', 'dibuang')",
            name=op.f("ck_instrument_version_state_known"),
        ),
        sa.CheckConstraint(
            "number IS NULL OR number > 1", name=op.f("ck_instrument_version_number_after_first")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name=op.f("fk_instrument_version_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["account.id"], name=op.f("fk_instrument_version_published_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument_version")),
    )
    with op.batch_alter_table("instrument_version", schema=None) as batch_op:
        batch_op.create_index("uq_instrument_version_number", ["number"], unique=True)

    op.create_table(
        "instrument_trial",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["account.id"], name=op.f("fk_instrument_trial_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["instrument_version.id"], name=op.f("fk_instrument_trial_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument_trial")),
    )
    with op.batch_alter_table("instrument_trial", schema=None) as batch_op:
        batch_op.create_index("ix_instrument_trial_version_id", ["version_id"], unique=False)

    op.create_table(
        "instrument_trial_result",
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("class_now", sa.String(length=20), nullable=False),
        sa.Column("class_then", sa.String(length=20), nullable=True),
        sa.Column("score_now", sa.SmallInteger(), nullable=True),
        sa.Column("score_then", sa.SmallInteger(), nullable=True),
        sa.CheckConstraint(
            "class_now IN ('sakit', 'kurang_sehat', 'sehat')",
            name=op.f("ck_instrument_trial_result_class_now_known"),
        ),
        sa.CheckConstraint(
            "class_then IN ('sakit', 'kurang_sehat', 'sehat')",
            name=op.f("ck_instrument_trial_result_class_then_known"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_instrument_trial_result_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["trial_id"],
            ["instrument_trial.id"],
            name=op.f("fk_instrument_trial_result_trial_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "trial_id", "enterprise_id", name=op.f("pk_instrument_trial_result")
        ),
    )
    op.create_table(
        "assessment_objection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("answer", sa.String(length=1000), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('diterima', 'diterima_sebagian', 'ditolak')",
            name=op.f("ck_assessment_objection_outcome_known"),
        ),
        sa.CheckConstraint(
            "way IN ('lisan', 'tertulis', 'telepon', 'halaman')",
            name=op.f("ck_assessment_objection_way_known"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_on IS NULL)",
            name=op.f("ck_assessment_objection_answer_whole"),
        ),
        sa.CheckConstraint(
            "answered_on >= received_on", name=op.f("ck_assessment_objection_answered_after")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["account.id"], name=op.f("fk_assessment_objection_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["health_assessment.id"],
            name=op.f("fk_assessment_objection_assessment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_assessment_objection_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_assessment_objection_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_objection")),
    )
    with op.batch_alter_table("assessment_objection", schema=None) as batch_op:
        batch_op.create_index(
            "ix_assessment_objection_answered_on_due_on", ["answered_on", "due_on"], unique=False
        )
        batch_op.create_index(
            "ix_assessment_objection_enterprise_id_received_on",
            ["enterprise_id", "received_on"],
            unique=False,
        )

    op.create_table(
        "settled_class",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("health_class", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "(state = 'diusulkan') = (decided_at IS NULL)",
            name=op.f("ck_settled_class_decision_whole"),
        ),
        sa.CheckConstraint(
            "health_class IN ('sakit', 'kurang_sehat', 'sehat')",
            name=op.f("ck_settled_class_health_class_known"),
        ),
        sa.CheckConstraint(
            "state IN ('diusulkan', 'disetujui', 'tidak')",
            name=op.f("ck_settled_class_state_known"),
        ),
        sa.CheckConstraint(
            "decided_by <> proposed_by", name=op.f("ck_settled_class_second_person")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["health_assessment.id"], name=op.f("fk_settled_class_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_settled_class_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_settled_class_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["account.id"], name=op.f("fk_settled_class_proposed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settled_class")),
    )
    with op.batch_alter_table("settled_class", schema=None) as batch_op:
        batch_op.create_index("ix_settled_class_enterprise_id", ["enterprise_id"], unique=False)
        batch_op.create_index(
            "uq_settled_class_assessment_id",
            ["assessment_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'tidak'"),
            postgresql_where=sa.text("state <> 'tidak'"),
        )

    for statement in UP[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Step back."""
    for statement in DOWN[op.get_bind().dialect.name]:
        op.execute(statement)
    with op.batch_alter_table("settled_class", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_settled_class_assessment_id",
            sqlite_where=sa.text("state <> 'tidak'"),
            postgresql_where=sa.text("state <> 'tidak'"),
        )
        batch_op.drop_index("ix_settled_class_enterprise_id")

    op.drop_table("settled_class")
    with op.batch_alter_table("assessment_objection", schema=None) as batch_op:
        batch_op.drop_index("ix_assessment_objection_enterprise_id_received_on")
        batch_op.drop_index("ix_assessment_objection_answered_on_due_on")

    op.drop_table("assessment_objection")
    op.drop_table("instrument_trial_result")
    with op.batch_alter_table("instrument_trial", schema=None) as batch_op:
        batch_op.drop_index("ix_instrument_trial_version_id")

    op.drop_table("instrument_trial")
    with op.batch_alter_table("instrument_version", schema=None) as batch_op:
        batch_op.drop_index("uq_instrument_version_number")

    op.drop_table("instrument_version")
