"""What settles a loan before its time."""

from __future__ import annotations

from datetime import date

from app.credit.models import Lender, Loan
from app.credit.queries.lender_loans import owed_of
from app.credit.queries.loan_rules import loan_rules
from app.credit.rules.allocation import Part, settling


def settling_parts(loan: Loan, lender: Lender, *, on: date) -> list[Part]:
    """What settles a loan on a day, by the rule for its lender."""
    return settling(owed_of(loan), on=on, ahead=loan_rules(on=on).ahead(lender.kind))
