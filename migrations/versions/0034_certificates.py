"""the way of permits and certificates"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward."""
    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("track", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("state_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column(
            "confirmed_warnings",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("expires_is_estimate", sa.Boolean(), nullable=False),
        sa.Column("committed_on", sa.Date(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "expires_on > issued_on", name=op.f("ck_certificate_expires_after_issue")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_certificate_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["account.id"], name=op.f("fk_certificate_opened_by")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_certificate_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
    )
    for name, columns in _INDEXES.items():
        op.create_index(name, "certificate", columns)
    op.create_table(
        "certificate_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("from_state", sa.String(length=30), nullable=True),
        sa.Column("to_state", sa.String(length=30), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("moved_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_step_certificate_id")
        ),
        sa.ForeignKeyConstraint(
            ["moved_by"], ["account.id"], name=op.f("fk_certificate_step_moved_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_step")),
    )
    op.create_index(
        "ix_certificate_step_certificate_id_at",
        "certificate_step",
        ["certificate_id", "recorded_at", "id"],
    )
    op.create_table(
        "certificate_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=True),
        sa.Column("paper", sa.String(length=30), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["account.id"], name=op.f("fk_certificate_document_added_by")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_document_certificate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_certificate_document_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["certificate_step.id"], name=op.f("fk_certificate_document_step_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_document")),
    )
    op.create_index(
        "ix_certificate_document_certificate_id",
        "certificate_document",
        ["certificate_id", "added_at", "id"],
    )


_INDEXES = {
    "ix_certificate_enterprise_id_track": ["enterprise_id", "track", "id"],
    "ix_certificate_product_id": ["product_id"],
    "ix_certificate_track_state": ["track", "state", "enterprise_id"],
    "ix_certificate_due_on_id": ["due_on", "id"],
    "ix_certificate_expires_on_id": ["expires_on", "id"],
    "ix_certificate_number": ["number"],
}


def downgrade() -> None:
    """Step back."""
    for table in ("certificate_document", "certificate_step", "certificate"):
        op.drop_table(table)
