"""A code besides the password, a code for once instead of a forgotten one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

COLUMNS = (
    ("account", "second_factor_at"),
    ("account", "password_changed_at"),
    ("login_session", "factor_at"),
    ("login_session", "password_at"),
)


def upgrade() -> None:
    """Step forward."""
    for table, name in COLUMNS:
        op.add_column(table, sa.Column(name, sa.DateTime(timezone=True)))
    op.create_table(
        "second_factor",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary()),
        sa.Column("next_sealed", sa.LargeBinary()),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_second_factor_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery_hash",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code_hash", sa.String(200), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_recovery_hash_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "number", name=op.f("pk_recovery_hash")),
    )
    op.create_table(
        "password_reset",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(200), nullable=False),
        sa.Column("made_by", sa.Uuid()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_password_reset_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_reset")),
    )
    op.create_index("ix_password_reset_account_id", "password_reset", ["account_id"])


def downgrade() -> None:
    """Step back."""
    op.drop_table("password_reset")
    op.drop_table("recovery_hash")
    op.drop_table("second_factor")
    for table, name in reversed(COLUMNS):
        op.drop_column(table, name)
