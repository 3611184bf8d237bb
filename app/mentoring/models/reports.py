"""Monthly reports of mentors, and what they spent."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.errors import Conflict
from app.db import db
from app.db.columns import Rupiah, UTCDateTime, UtcInstant, UuidKey, one_of
from app.db.constraints import means
from app.mentoring.rules.monthly import EXPENSE_KINDS, REPORT_STATES


class Expense(db.Model):
    """Money that a mentor spent on the work, with a photo of the proof or the reason for none."""

    __tablename__ = "mentor_expense"
    __table_args__ = (
        one_of("kind", tuple(EXPENSE_KINDS), name="kind_known"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint(
            "photo_id IS NOT NULL OR (no_proof_reason IS NOT NULL AND no_proof_reason <> '')",
            name="proof_or_reason",
        ),
        Index("ix_mentor_expense_mentor_id_spent_on", "mentor_id", "spent_on"),
    )

    id: Mapped[UuidKey]
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("mentor.account_id"))
    spent_on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(12))
    what: Mapped[str] = mapped_column(String(200))
    amount: Mapped[Rupiah]
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    no_proof_reason: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<Expense {self.mentor_id} {self.spent_on}>"


class MonthlyReport(db.Model):
    """A month of a mentor as it was handed in; `month` is its first day.

    Its figures are counted from what had come in when it was submitted, so they stay.
    """

    __tablename__ = "mentor_report"
    __table_args__ = (
        one_of("state", tuple(REPORT_STATES), name="state_known"),
        CheckConstraint(
            "state <> 'dikembalikan' OR (decision_note IS NOT NULL AND decision_note <> '')",
            name="returned_with_note",
        ),
        Index("uq_mentor_report_mentor_id", "mentor_id", "month", unique=True),
        Index("ix_mentor_report_state_month", "state", "month"),
    )

    id: Mapped[UuidKey]
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("mentor.account_id"))
    month: Mapped[date]
    state: Mapped[str] = mapped_column(String(16))
    mentor_note: Mapped[str | None] = mapped_column(String(1000))
    submitted_at: Mapped[UtcInstant]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decision_note: Mapped[str | None] = mapped_column(String(500))

    def __repr__(self) -> str:
        return f"<MonthlyReport {self.mentor_id} {self.month}>"


means(
    "uq_mentor_report_mentor_id",
    lambda: Conflict("report_submitted", message="Laporan bulan ini sudah diajukan."),
    columns="mentor_report.mentor_id, mentor_report.month",
)
