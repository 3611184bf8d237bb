"""Rules of lending that an office may set: from a day on, with a source."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import JsonList, UtcInstant, UuidKey


class LoanRule(db.Model):
    """One state of one rule of lending for one kind of lender ("" for all) from a day on.

    `value` is a list: the bounds of the days in arrears, or the order in which money is counted.
    """

    __tablename__ = "loan_rule"
    __table_args__ = (Index("ix_loan_rule_code", "code", "lender_kind", "valid_from", "set_at"),)

    id: Mapped[UuidKey]
    code: Mapped[str] = mapped_column(String(40))
    lender_kind: Mapped[str] = mapped_column(String(12), default="")
    value: Mapped[JsonList]
    source: Mapped[str] = mapped_column(String(300))
    valid_from: Mapped[date]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<LoanRule {self.code} {self.valid_from}>"
