"""What the work of mentors needs: checks, proposals, monthly reports, safety notes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OUTCOMES_BEFORE = "outcome IN ('bertemu', 'tidak_bisa_dikunjungi')"
OUTCOMES_NOW = "outcome IN ('bertemu', 'tidak_bisa_dikunjungi', 'menolak_didata', 'minta_imbalan')"


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "assignment_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "area_code",
            sa.String(length=13).with_variant(sa.String(length=13, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "figures", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["account.id"], name=op.f("fk_assignment_proposal_made_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_proposal")),
    )
    with op.batch_alter_table("assignment_proposal", schema=None) as batch_op:
        batch_op.create_index(
            "ix_assignment_proposal_area_code_created_at", ["area_code", "created_at"], unique=False
        )

    op.create_table(
        "mentor_expense",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("no_proof_reason", sa.String(length=300), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('transport', 'pulsa', 'konsumsi', 'bahan', 'lain')",
            name=op.f("ck_mentor_expense_kind_known"),
        ),
        sa.CheckConstraint(
            "photo_id IS NOT NULL OR (no_proof_reason IS NOT NULL AND no_proof_reason <> '')",
            name=op.f("ck_mentor_expense_proof_or_reason"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_mentor_expense_amount_positive")),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["mentor.account_id"], name=op.f("fk_mentor_expense_mentor_id")
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["stored_file.id"], name=op.f("fk_mentor_expense_photo_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_expense")),
    )
    with op.batch_alter_table("mentor_expense", schema=None) as batch_op:
        batch_op.create_index(
            "ix_mentor_expense_mentor_id_spent_on", ["mentor_id", "spent_on"], unique=False
        )

    op.create_table(
        "mentor_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("mentor_note", sa.String(length=1000), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "state <> 'dikembalikan' OR (decision_note IS NOT NULL AND decision_note <> '')",
            name=op.f("ck_mentor_report_returned_with_note"),
        ),
        sa.CheckConstraint(
            "state IN ('diajukan', 'diterima', 'dikembalikan')",
            name=op.f("ck_mentor_report_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_mentor_report_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["mentor.account_id"], name=op.f("fk_mentor_report_mentor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_report")),
    )
    with op.batch_alter_table("mentor_report", schema=None) as batch_op:
        batch_op.create_index("ix_mentor_report_state_month", ["state", "month"], unique=False)
        batch_op.create_index("uq_mentor_report_mentor_id", ["mentor_id", "month"], unique=True)

    op.create_table(
        "assignment_proposal_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column(
            "village_code",
            sa.String(length=13).with_variant(sa.String(length=13, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("from_mentor_id", sa.Uuid(), nullable=True),
        sa.Column("to_mentor_id", sa.Uuid(), nullable=False),
        sa.Column("km_before", sa.Float(), nullable=True),
        sa.Column("km_after", sa.Float(), nullable=True),
        sa.Column("fits_before", sa.Boolean(), nullable=False),
        sa.Column("fits_after", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("refusal", sa.String(length=200), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'ditolak' OR refusal IS NOT NULL",
            name=op.f("ck_assignment_proposal_line_refused_with_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('diusulkan', 'diterima', 'ditolak')",
            name=op.f("ck_assignment_proposal_line_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_assignment_proposal_line_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_assignment_proposal_line_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["from_mentor_id"],
            ["mentor.account_id"],
            name=op.f("fk_assignment_proposal_line_from_mentor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["assignment_proposal.id"],
            name=op.f("fk_assignment_proposal_line_proposal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["to_mentor_id"],
            ["mentor.account_id"],
            name=op.f("fk_assignment_proposal_line_to_mentor_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_proposal_line")),
    )
    with op.batch_alter_table("assignment_proposal_line", schema=None) as batch_op:
        batch_op.create_index(
            "ix_assignment_proposal_line_proposal_id_village_code",
            ["proposal_id", "village_code"],
            unique=False,
        )
        batch_op.create_index(
            "uq_assignment_proposal_line_proposal_id", ["proposal_id", "enterprise_id"], unique=True
        )

    op.create_table(
        "safety_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["account.id"], name=op.f("fk_safety_note_closed_by")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_safety_note_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["account.id"], name=op.f("fk_safety_note_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_note")),
    )
    with op.batch_alter_table("safety_note", schema=None) as batch_op:
        batch_op.create_index(
            "ix_safety_note_enterprise_id_created_at", ["enterprise_id", "created_at"], unique=False
        )

    op.create_table(
        "visit_check",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column(
            "signals", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("weight", sa.SmallInteger(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("checked_by", sa.Uuid(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'dijawab' OR (answer IS NOT NULL AND answer <> '')",
            name=op.f("ck_visit_check_answered_in_words"),
        ),
        sa.CheckConstraint(
            "state IN ('menunggu', 'diterima', 'dikembalikan', 'dijawab')",
            name=op.f("ck_visit_check_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('dikembalikan', 'dijawab') OR (note IS NOT NULL AND note <> '')",
            name=op.f("ck_visit_check_returned_with_note"),
        ),
        sa.CheckConstraint("weight >= 0", name=op.f("ck_visit_check_weight_not_negative")),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["account.id"], name=op.f("fk_visit_check_checked_by")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["account.id"], name=op.f("fk_visit_check_mentor_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_check_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_visit_check")),
    )
    with op.batch_alter_table("visit_check", schema=None) as batch_op:
        batch_op.create_index(
            "ix_visit_check_mentor_id_state", ["mentor_id", "state"], unique=False
        )
        batch_op.create_index(
            "ix_visit_check_state_weight_visit_id", ["state", "weight", "visit_id"], unique=False
        )

    with op.batch_alter_table("mentor", schema=None) as batch_op:
        batch_op.add_column(sa.Column("base_lat", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("base_lng", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("left_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("left_reason", sa.String(length=300), nullable=True))

    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fingerprint", sa.String(length=16), nullable=True))
        batch_op.create_index("ix_stored_file_fingerprint", ["fingerprint"], unique=False)

    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("owner_confirmation", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("device_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(op.f("ck_visit_outcome_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_visit_outcome_known"), OUTCOMES_NOW)
        batch_op.create_check_constraint(
            op.f("ck_visit_owner_confirmation_known"), "owner_confirmation IN ('paraf', 'pesan')"
        )


def downgrade() -> None:
    """Step back."""
    # What could not be said before becomes what was said then; the reason stays.
    op.execute(
        "UPDATE visit SET outcome = 'tidak_bisa_dikunjungi' "
        "WHERE outcome IN ('menolak_didata', 'minta_imbalan')"
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_visit_owner_confirmation_known"), type_="check")
        batch_op.drop_constraint(op.f("ck_visit_outcome_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_visit_outcome_known"), OUTCOMES_BEFORE)
        batch_op.drop_column("device_at")
        batch_op.drop_column("owner_confirmation")

    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_index("ix_stored_file_fingerprint")
        batch_op.drop_column("fingerprint")

    with op.batch_alter_table("mentor", schema=None) as batch_op:
        batch_op.drop_column("left_reason")
        batch_op.drop_column("left_on")
        batch_op.drop_column("base_lng")
        batch_op.drop_column("base_lat")

    with op.batch_alter_table("visit_check", schema=None) as batch_op:
        batch_op.drop_index("ix_visit_check_state_weight_visit_id")
        batch_op.drop_index("ix_visit_check_mentor_id_state")

    op.drop_table("visit_check")
    with op.batch_alter_table("safety_note", schema=None) as batch_op:
        batch_op.drop_index("ix_safety_note_enterprise_id_created_at")

    op.drop_table("safety_note")
    with op.batch_alter_table("assignment_proposal_line", schema=None) as batch_op:
        batch_op.drop_index("uq_assignment_proposal_line_proposal_id")
        batch_op.drop_index("ix_assignment_proposal_line_proposal_id_village_code")

    op.drop_table("assignment_proposal_line")
    with op.batch_alter_table("mentor_report", schema=None) as batch_op:
        batch_op.drop_index("uq_mentor_report_mentor_id")
        batch_op.drop_index("ix_mentor_report_state_month")

    op.drop_table("mentor_report")
    with op.batch_alter_table("mentor_expense", schema=None) as batch_op:
        batch_op.drop_index("ix_mentor_expense_mentor_id_spent_on")

    op.drop_table("mentor_expense")
    with op.batch_alter_table("assignment_proposal", schema=None) as batch_op:
        batch_op.drop_index("ix_assignment_proposal_area_code_created_at")

    op.drop_table("assignment_proposal")
