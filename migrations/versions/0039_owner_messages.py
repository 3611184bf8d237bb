"""Messages of owners, what they say of visits, and their requests from their own page."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

KINDS_BEFORE = "kind IN ('salinan', 'perbaikan', 'pembatasan', 'penghapusan')"
KINDS_NOW = (
    "kind IN ('salinan', 'perbaikan', 'pembatasan', 'penghapusan', 'keberatan', 'penarikan')"
)
CAME_BEFORE = "came_by IN ('langsung', 'telepon', 'surat', 'pendamping')"
CAME_NOW = "came_by IN ('langsung', 'telepon', 'surat', 'pendamping', 'halaman')"


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "owner_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('minta_bantuan', 'tidak_datang')", name=op.f("ck_owner_message_kind_known")
        ),
        sa.CheckConstraint(
            "topic IN ('uang', 'bahan', 'jualan', 'izin', 'catatan', 'lain', 'janji', 'lama', "
            "'kunjungan')",
            name=op.f("ck_owner_message_topic_known"),
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer IS NULL)", name=op.f("ck_owner_message_answer_whole")
        ),
        sa.CheckConstraint(
            "answered_at IS NOT NULL OR (read_at IS NULL AND follow_up_on IS NULL)",
            name=op.f("ck_owner_message_read_when_answered"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["account.id"], name=op.f("fk_owner_message_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_owner_message_enterprise_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["owner.id"], name=op.f("fk_owner_message_owner_id")),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_owner_message_sent_by")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_owner_message_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner_message")),
    )
    op.create_index(
        "ix_owner_message_answered_at_due_on_id", "owner_message", ["answered_at", "due_on", "id"]
    )
    op.create_index("ix_owner_message_enterprise_id", "owner_message", ["enterprise_id"])
    op.create_index("ix_owner_message_owner_id_sent_at", "owner_message", ["owner_id", "sent_at"])
    op.create_index("ix_owner_message_visit_id", "owner_message", ["visit_id"])
    op.create_table(
        "visit_confirmation",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("has_come", sa.Boolean(), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "way IN ('halaman', 'pin')", name=op.f("ck_visit_confirmation_way_known")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_visit_confirmation_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_visit_confirmation_visit_id")
        ),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_visit_confirmation")),
    )
    op.create_index("ix_visit_confirmation_has_come", "visit_confirmation", ["has_come"])
    with op.batch_alter_table("assessment_objection", schema=None) as batch_op:
        batch_op.add_column(sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
    _set_checks(KINDS_NOW, CAME_NOW)


def downgrade() -> None:
    """Step back."""
    # What could not be said before becomes what comes nearest to it.
    op.execute("UPDATE person_request SET kind = 'pembatasan' WHERE kind = 'keberatan'")
    op.execute("UPDATE person_request SET kind = 'pembatasan' WHERE kind = 'penarikan'")
    op.execute("UPDATE person_request SET came_by = 'langsung' WHERE came_by = 'halaman'")
    _set_checks(KINDS_BEFORE, CAME_BEFORE)
    with op.batch_alter_table("assessment_objection", schema=None) as batch_op:
        batch_op.drop_column("read_at")
    op.drop_table("visit_confirmation")
    op.drop_table("owner_message")


def _set_checks(kinds: str, came_by: str) -> None:
    with op.batch_alter_table("person_request", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_person_request_kind_known"), type_="check")
        batch_op.drop_constraint(op.f("ck_person_request_came_by_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_person_request_kind_known"), kinds)
        batch_op.create_check_constraint(op.f("ck_person_request_came_by_known"), came_by)
