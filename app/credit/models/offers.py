"""What lenders offer, as an office set it."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.credit.rules.offers import LENDERS
from app.credit.rules.schedules import EVERY, METHODS
from app.db import db
from app.db.columns import Rupiah, UtcInstant, UuidKey, one_of


class LoanOffer(db.Model):
    """One state of one offer from a day on. Never changed: of one day the one set last counts.

    `rate` is in hundredths of a percent a year.
    """

    __tablename__ = "loan_offer"
    __table_args__ = (
        Index("ix_loan_offer_code_valid_from", "code", "valid_from", "set_at", "id"),
        one_of("lender", tuple(LENDERS), name="lender_known"),
        one_of("method", tuple(METHODS), name="method_known"),
        one_of("every", tuple(EVERY), name="every_known"),
        CheckConstraint("least >= 0 AND (most IS NULL OR most >= least)", name="amounts_in_order"),
        CheckConstraint("rate IS NULL OR rate BETWEEN 0 AND 30000", name="rate_real"),
        CheckConstraint("most_months IS NULL OR most_months BETWEEN 1 AND 120", name="time_real"),
    )

    id: Mapped[UuidKey]
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    lender: Mapped[str] = mapped_column(String(12))
    method: Mapped[str] = mapped_column(String(16))
    least: Mapped[Rupiah]
    most: Mapped[Rupiah | None]
    rate: Mapped[int | None]
    every: Mapped[str] = mapped_column(String(8))
    most_months: Mapped[int | None]
    conditions: Mapped[str] = mapped_column(String(1000), default="")
    source: Mapped[str] = mapped_column(String(300))
    doubt: Mapped[str] = mapped_column(String(500), default="")
    is_offered: Mapped[bool] = mapped_column(default=True)
    valid_from: Mapped[date]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<LoanOffer {self.code} {self.valid_from}>"
