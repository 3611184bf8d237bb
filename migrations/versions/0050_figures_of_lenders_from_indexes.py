"""what lenders' figures take of loans, payments and words, from the indexes alone"""

from __future__ import annotations

from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

_LOAN, _WORD = "ix_loan_lender_id_state", "ix_lender_consent_lender_id"
_OF_LOAN = ["lender_id", "state", "next_due_on", "principal_left", "id"]
_OF_INSTALMENT = ["loan_id", "schedule_no", "due_on", "id", "principal", "interest"]


def upgrade() -> None:
    """Step forward."""
    _make_anew(_LOAN, "loan", [*_OF_LOAN, "owner_id", "schedule_no"])
    _make_anew(_WORD, "lender_consent", ["lender_id", "owner_id", "withdrawn_at", "recorded_at"])
    op.drop_index("ix_instalment_due_on", table_name="instalment")
    op.create_index("ix_instalment_loan_id_due_on", "instalment", _OF_INSTALMENT, unique=False)


def downgrade() -> None:
    """Step back."""
    op.drop_index("ix_instalment_loan_id_due_on", table_name="instalment")
    op.create_index("ix_instalment_due_on", "instalment", ["due_on", "loan_id"], unique=False)
    _make_anew(_WORD, "lender_consent", ["lender_id"])
    _make_anew(_LOAN, "loan", _OF_LOAN)


def _make_anew(name: str, table: str, columns: list[str]) -> None:
    op.drop_index(name, table_name=table)
    op.create_index(name, table, columns, unique=False)
