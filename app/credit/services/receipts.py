"""Numbers of receipts: one row of numbers for each lender, none given twice."""

from __future__ import annotations

from app.core.clock import local_today
from app.credit.models import Lender
from app.db import db

SAVING, REPAYMENT, REFUND = "S", "A", "K"
_DIGITS = 6


def next_receipt(lender: Lender, prefix: str) -> str:
    """The next number of a lender, such as "S-2026-000123"; holds its row until the end.

    Take it as the last lock of a transaction, so that two can't wait for each other.
    """
    db.session.flush()
    db.session.refresh(lender, with_for_update=True)
    number = lender.next_receipt_number
    lender.next_receipt_number = number + 1
    db.session.flush()
    return f"{prefix}-{local_today().year}-{number:0{_DIGITS}d}"
