"""phones and what they send"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "operation_counter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation_counter")),
    )
    op.create_table(
        "sync_epoch",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_epoch")),
    )
    op.create_table(
        "field_device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("app_version", sa.String(length=20), nullable=True),
        sa.Column("skew_seconds", sa.BigInteger(), nullable=True),
        sa.Column("unsent_count", sa.Integer(), nullable=False),
        sa.Column("unsent_oldest_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_kept_for_good", sa.Boolean(), nullable=True),
        sa.Column("highest_number", sa.BigInteger(), nullable=False),
        sa.Column(
            "missing", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("wiped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "unsent_count >= 0 AND failed_attempts >= 0",
            name=op.f("ck_field_device_counts_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_field_device_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["revoked_by"], ["account.id"], name=op.f("fk_field_device_revoked_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_device")),
    )
    with op.batch_alter_table("field_device", schema=None) as batch_op:
        batch_op.create_index("ix_field_device_account_id", ["account_id"], unique=False)
        batch_op.create_index("uq_field_device_token_sha256", ["token_sha256"], unique=True)

    op.create_table(
        "sync_operation",
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("server_n", sa.BigInteger(), nullable=True),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(length=30), nullable=False),
        sa.Column("schema_version", sa.SmallInteger(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("payload_sha256", sa.String(length=64), nullable=False),
        sa.Column("payload_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("extra", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column(
            "answer", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "labels", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("occurred_offset", sa.SmallInteger(), nullable=False),
        sa.Column("skew_seconds", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('ok', 'merged', 'conflict', 'review', 'held', 'rejected')",
            name=op.f("ck_sync_operation_status_known"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sync_operation_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["field_device.id"], name=op.f("fk_sync_operation_device_id")
        ),
        sa.PrimaryKeyConstraint("op_id", name=op.f("pk_sync_operation")),
    )
    with op.batch_alter_table("sync_operation", schema=None) as batch_op:
        batch_op.create_index("ix_sync_operation_device_id_n", ["device_id", "n"], unique=False)
        batch_op.create_index(
            "ix_sync_operation_enterprise_id_status", ["enterprise_id", "status"], unique=False
        )
        batch_op.create_index("ix_sync_operation_record_id", ["record_id"], unique=False)
        batch_op.create_index(
            "ix_sync_operation_status_received_at", ["status", "received_at"], unique=False
        )
        batch_op.create_index("uq_sync_operation_server_n", ["server_n"], unique=True)

    op.create_table(
        "file_upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("refusal", sa.String(length=40), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "size > 0 AND received >= 0 AND received <= size", name=op.f("ck_file_upload_size_real")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_file_upload_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["op_id"], ["sync_operation.op_id"], name=op.f("fk_file_upload_op_id")
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["stored_file.id"], name=op.f("fk_file_upload_photo_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_upload")),
    )
    with op.batch_alter_table("file_upload", schema=None) as batch_op:
        batch_op.create_index(
            "ix_file_upload_enterprise_id_sha256", ["enterprise_id", "sha256"], unique=False
        )
        batch_op.create_index(
            "ix_file_upload_finished_at_touched_at", ["finished_at", "touched_at"], unique=False
        )
        batch_op.create_index("ix_file_upload_op_id", ["op_id"], unique=False)

    op.create_table(
        "inbox_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=True),
        sa.Column(
            "area_code",
            sa.String(length=13).with_variant(sa.String(length=13, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("field", sa.String(length=60), nullable=True),
        sa.Column("values_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("decision_note", sa.String(length=500), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'terbuka') = (decision IS NULL)",
            name=op.f("ck_inbox_item_closed_by_decision"),
        ),
        sa.CheckConstraint(
            "decision IN ('pakai_tercatat', 'pakai_kiriman', 'isi_lain', 'catat_keduanya', 'terima', 'tolak')",
            name=op.f("ck_inbox_item_decision_known"),
        ),
        sa.CheckConstraint("kind IN ('bentrok', 'tinjau')", name=op.f("ck_inbox_item_kind_known")),
        sa.CheckConstraint(
            "state IN ('terbuka', 'selesai')", name=op.f("ck_inbox_item_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_inbox_item_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_inbox_item_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["op_id"], ["sync_operation.op_id"], name=op.f("fk_inbox_item_op_id")
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_inbox_item_sent_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_item")),
    )
    with op.batch_alter_table("inbox_item", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_item_enterprise_id", ["enterprise_id"], unique=False)
        batch_op.create_index("ix_inbox_item_op_id", ["op_id"], unique=False)
        batch_op.create_index("ix_inbox_item_sent_by_state", ["sent_by", "state"], unique=False)
        batch_op.create_index("ix_inbox_item_state_area_code", ["state", "area_code"], unique=False)

    op.create_table(
        "visit_photo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["stored_file.id"], name=op.f("fk_visit_photo_photo_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_photo_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_photo")),
    )
    with op.batch_alter_table("visit_photo", schema=None) as batch_op:
        batch_op.create_index("ix_visit_photo_photo_id", ["photo_id"], unique=False)
        batch_op.create_index("ix_visit_photo_visit_id_place", ["visit_id", "place"], unique=False)


def downgrade() -> None:
    """Step back."""
    with op.batch_alter_table("visit_photo", schema=None) as batch_op:
        batch_op.drop_index("ix_visit_photo_visit_id_place")
        batch_op.drop_index("ix_visit_photo_photo_id")

    op.drop_table("visit_photo")
    with op.batch_alter_table("inbox_item", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_item_state_area_code")
        batch_op.drop_index("ix_inbox_item_sent_by_state")
        batch_op.drop_index("ix_inbox_item_op_id")
        batch_op.drop_index("ix_inbox_item_enterprise_id")

    op.drop_table("inbox_item")
    with op.batch_alter_table("file_upload", schema=None) as batch_op:
        batch_op.drop_index("ix_file_upload_op_id")
        batch_op.drop_index("ix_file_upload_finished_at_touched_at")
        batch_op.drop_index("ix_file_upload_enterprise_id_sha256")

    op.drop_table("file_upload")
    with op.batch_alter_table("sync_operation", schema=None) as batch_op:
        batch_op.drop_index("uq_sync_operation_server_n")
        batch_op.drop_index("ix_sync_operation_status_received_at")
        batch_op.drop_index("ix_sync_operation_record_id")
        batch_op.drop_index("ix_sync_operation_enterprise_id_status")
        batch_op.drop_index("ix_sync_operation_device_id_n")

    op.drop_table("sync_operation")
    with op.batch_alter_table("field_device", schema=None) as batch_op:
        batch_op.drop_index("uq_field_device_token_sha256")
        batch_op.drop_index("ix_field_device_account_id")

    op.drop_table("field_device")
    op.drop_table("sync_epoch")
    op.drop_table("operation_counter")
