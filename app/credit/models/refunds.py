"""What was paid beyond a loan and went back."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.errors import Conflict
from app.credit.rules.refunds import AS_SAVING, REFUND_WAYS
from app.db import db
from app.db.columns import Rupiah, UtcInstant, UuidKey, one_of
from app.db.constraints import means


class LoanRefund(db.Model):
    """An overpayment that was given back, or put into the borrower's savings (`saving_row_id`).
    Never changed; a wrong one is undone by a row that names it (`undoes_id`), with its amount.
    `turn` counts the rows of a loan from 1, so that two can't both be next."""

    __tablename__ = "loan_refund"
    __table_args__ = (
        one_of("way", tuple(REFUND_WAYS), name="way_known"),
        CheckConstraint("amount > 0", name="amount_real"),
        CheckConstraint(
            f"(way = '{AS_SAVING}') = (saving_row_id IS NOT NULL)", name="saving_has_its_row"
        ),
        UniqueConstraint("loan_id", "turn", name="uq_loan_refund_loan_id_turn"),
        UniqueConstraint("lender_id", "receipt", name="uq_loan_refund_lender_id_receipt"),
        UniqueConstraint("undoes_id", name="uq_loan_refund_undoes_id"),
        UniqueConstraint("saving_row_id", name="uq_loan_refund_saving_row_id"),
    )

    id: Mapped[UuidKey]
    loan_id: Mapped[UUID] = mapped_column(ForeignKey("loan.id"))
    lender_id: Mapped[UUID] = mapped_column(ForeignKey("lender.id"))
    turn: Mapped[int] = mapped_column(Integer)
    amount: Mapped[Rupiah]
    way: Mapped[str] = mapped_column(String(12))
    saving_row_id: Mapped[UUID | None] = mapped_column(ForeignKey("saving_row.id"))
    given_on: Mapped[date]
    receipt: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(String(200), default="")
    undoes_id: Mapped[UUID | None] = mapped_column(ForeignKey("loan_refund.id"))
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<LoanRefund {self.turn} {self.id}>"


means(
    "uq_loan_refund_undoes_id",
    lambda: Conflict("refund_undone", message="Pengembalian ini sudah dibatalkan."),
    columns="loan_refund.undoes_id",
)
means(
    "uq_loan_refund_loan_id_turn",
    lambda: Conflict("refunded_meanwhile", message="Ada pengembalian baru saja. Muat ulang."),
    columns="loan_refund.loan_id, loan_refund.turn",
)
