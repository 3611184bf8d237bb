"""Consent of owners by purpose, and since when nothing may be done with their data.

What owners agreed to so far becomes their consent to being in the register, where the way is known.
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

AT_ONCE = 1000
OWNER = sa.table(
    "owner",
    sa.column("id", sa.Uuid()),
    sa.column("consented_on", sa.Date()),
    sa.column("consent_version", sa.String()),
    sa.column("consent_way", sa.String()),
    sa.column("updated_at", sa.DateTime(timezone=True)),
)
CONSENT = sa.table(
    "consent",
    sa.column("id", sa.Uuid()),
    sa.column("owner_id", sa.Uuid()),
    sa.column("purpose", sa.String()),
    sa.column("text_version", sa.String()),
    sa.column("way", sa.String()),
    sa.column("given_on", sa.Date()),
    sa.column("recorded_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Make the table and fill it from what was known."""
    for name in ("restricted_on", "objected_on", "erased_on"):
        op.add_column("owner", sa.Column(name, sa.Date(), nullable=True))
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("text_version", sa.String(length=20), nullable=True),
        sa.Column("way", sa.String(length=20), nullable=True),
        sa.Column("witness", sa.String(length=120), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawal_recorded_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawal_reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "given_on IS NULL OR (text_version IS NOT NULL AND way IS NOT NULL)",
            name=op.f("ck_consent_given_is_provable"),
        ),
        sa.CheckConstraint(
            "given_on IS NOT NULL OR withdrawn_on IS NOT NULL",
            name=op.f("ck_consent_says_something"),
        ),
        sa.CheckConstraint(
            "withdrawn_on >= given_on", name=op.f("ck_consent_withdrawn_after_given")
        ),
        sa.CheckConstraint(
            "purpose IN ('pendampingan', 'instansi_lain', 'lembaga_keuangan', 'publikasi', 'foto')",
            name=op.f("ck_consent_purpose_known"),
        ),
        sa.CheckConstraint(
            "way IN ('tanda_tangan', 'rekaman', 'lisan_saksi', 'layar')",
            name=op.f("ck_consent_way_known"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["owner.id"], name=op.f("fk_consent_owner_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_consent_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawal_recorded_by"],
            ["account.id"],
            name=op.f("fk_consent_withdrawal_recorded_by"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(
        "ix_consent_owner_id_recorded_at", "consent", ["owner_id", "recorded_at"], unique=False
    )
    op.create_index(
        "uq_consent_open_owner_id_purpose",
        "consent",
        ["owner_id", "purpose"],
        unique=True,
        sqlite_where=sa.text("withdrawn_on IS NULL"),
        postgresql_where=sa.text("withdrawn_on IS NULL"),
    )
    _copy_known()


def downgrade() -> None:
    """Drop the table; the consent to being in the register stands in the owner's row."""
    op.drop_index("uq_consent_open_owner_id_purpose", table_name="consent")
    op.drop_index("ix_consent_owner_id_recorded_at", table_name="consent")
    op.drop_table("consent")
    for name in ("erased_on", "objected_on", "restricted_on"):
        op.drop_column("owner", name)


def _copy_known() -> None:
    bind, last = op.get_bind(), None
    known = sa.select(OWNER).where(
        OWNER.c.consented_on.is_not(None),
        OWNER.c.consent_version.is_not(None),
        OWNER.c.consent_way.is_not(None),
    )
    while True:
        part = known if last is None else known.where(OWNER.c.id > last)
        rows = bind.execute(part.order_by(OWNER.c.id).limit(AT_ONCE)).all()
        if not rows:
            return
        bind.execute(sa.insert(CONSENT), [_consent(row) for row in rows])
        last = rows[-1].id


def _consent(row: sa.Row) -> dict[str, object]:
    return {
        "id": uuid.uuid4(),
        "owner_id": row.id,
        "purpose": "pendampingan",
        "text_version": row.consent_version,
        "way": row.consent_way,
        "given_on": row.consented_on,
        "recorded_at": row.updated_at,
    }
