"""Loans that were paid out, and what came back of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from app.accounts.queries import scope_of
from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.months import add_months
from app.core.permissions import Permission
from app.credit.models import Lender, LenderConsent, Loan, LoanStep, Repayment
from app.credit.rules.loan_states import RUNNING
from app.credit.services.repayments import repay
from app.credit.services.schedules import lay_schedule
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from tests.factories.credit import lender_consent, loan


def running_loan(
    lender: Lender, enterprise: Enterprise, *, first_due_on: date | None = None, **values: Any
) -> Loan:
    """A loan that was paid out a month before its first payment, of an owner who consented.

    Unless said otherwise 5 million, flat 18% a year, in 10 months, the first payment today.
    """
    first = first_due_on or local_today()
    lender_id, owner_id = lender.id, enterprise.owner_id
    known = select(LenderConsent).filter_by(owner_id=owner_id, lender_id=lender_id)
    if db.session.scalars(known).first() is None:
        lender_consent(owner_id, lender_id)
    lender = db.session.get_one(Lender, lender_id)
    enterprise = db.session.get_one(Enterprise, enterprise.id)
    disbursed_on = values.pop("disbursed_on", add_months(first, -1))
    key = loan(lender, enterprise, state=RUNNING, disbursed_on=disbursed_on, **values).id
    with transaction():
        made = db.session.get_one(Loan, key)
        lay_schedule(made, first_due_on=first, schedule_no=1)
        db.session.add(
            LoanStep(
                id=new_id(),
                loan_id=key,
                to_state=RUNNING,
                by=made.made_by,
                happened_at=utc_now(),
            )
        )
    return db.session.get_one(Loan, key)


def repayment(loan: Loan, by: Any, *, amount: int, paid_on: date | None = None) -> Repayment:
    """A sum that came back, kept by somebody who works for the lender."""
    loan_id, person, key = loan.id, by.id, new_id()
    scope = scope_of(person, Permission.LENDER_WORK)
    with transaction():
        repay(
            scope=scope,
            by=person,
            repayment_id=key,
            loan_id=loan_id,
            amount=amount,
            paid_on=paid_on or local_today(),
        )
    return db.session.get_one(Repayment, key)
