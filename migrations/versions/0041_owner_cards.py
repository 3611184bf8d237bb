"""cards of owners, accounts that open by card alone"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_OLD, _NEW = "ck_account_has_a_name_to_log_in", "ck_account_has_a_way_in"


def upgrade() -> None:
    """Step forward."""
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_card_only", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.drop_constraint(op.f(_OLD), type_="check")
        batch_op.create_check_constraint(
            op.f(_NEW), "email IS NOT NULL OR phone IS NOT NULL OR is_card_only"
        )
    op.add_column(
        "login_session",
        sa.Column("is_by_card", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("login_session", sa.Column("pin_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "owner_card",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Uuid(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pin_hash", sa.String(length=200), nullable=True),
        sa.Column("pin_tries", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("pin_tries >= 0", name=op.f("ck_owner_card_pin_tries_not_negative")),
        sa.CheckConstraint(
            "revoked_at IS NULL OR code_hash IS NULL",
            name=op.f("ck_owner_card_revoked_opens_nothing"),
        ),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_owner_card_made_by")),
        sa.ForeignKeyConstraint(["owner_id"], ["owner.id"], name=op.f("fk_owner_card_owner_id")),
        sa.ForeignKeyConstraint(
            ["revoked_by"], ["account.id"], name=op.f("fk_owner_card_revoked_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner_card")),
    )
    op.create_index(
        "ix_owner_card_owner_id_made_at", "owner_card", ["owner_id", "made_at", "id"], unique=False
    )
    op.create_index("uq_owner_card_code_hash", "owner_card", ["code_hash"], unique=True)
    op.create_index(
        "uq_owner_card_current",
        "owner_card",
        ["owner_id"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )


def downgrade() -> None:
    """Step back: accounts without a name to log in with get one that opens nothing."""
    op.drop_index("uq_owner_card_current", table_name="owner_card")
    op.drop_index("uq_owner_card_code_hash", table_name="owner_card")
    op.drop_index("ix_owner_card_owner_id_made_at", table_name="owner_card")
    op.drop_table("owner_card")
    op.drop_column("login_session", "pin_at")
    op.drop_column("login_session", "is_by_card")
    op.execute(
        sa.text(
            "UPDATE account SET email = CAST(id AS VARCHAR(64)) || '@kartu.invalid' "
            "WHERE is_card_only AND email IS NULL AND phone IS NULL"
        )
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(_NEW), type_="check")
        batch_op.create_check_constraint(op.f(_OLD), "email IS NOT NULL OR phone IS NOT NULL")
        batch_op.drop_column("is_card_only")
