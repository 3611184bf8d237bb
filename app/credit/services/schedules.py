"""Laying down what a loan is paid back in, and carrying down what is left of it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from app.core.errors import InvalidInput
from app.core.ids import new_id
from app.credit.models import Instalment, Loan
from app.credit.rules.due_days import due_days
from app.credit.rules.schedules import LoanTerms, Schedule, schedule
from app.db import db


def terms_of(loan: Loan, *, amount: int | None = None) -> LoanTerms:
    """The terms of a loan as it is agreed on, of its whole amount or of what is left of it."""
    return LoanTerms(
        amount=loan.amount if amount is None else amount,
        method=loan.method,
        count=loan.count,
        every=loan.every,
        yearly_rate=Fraction(loan.rate, 10_000),
        margin=loan.margin,
        fee=loan.fee if amount is None else 0,
    )


def lay_schedule(
    loan: Loan,
    *,
    first_due_on: date,
    schedule_no: int,
    principal: int | None = None,
    interest_before: int = 0,
) -> list[Instalment]:
    """Lay down the payments of a loan and have this schedule count from now on.

    Of a loan that is set out anew `principal` is what was left of it, and `interest_before` what
    it bore until then and nobody paid: it is shared over the new payments and bears nothing more.

    Raises:
        InvalidInput: the first payment would be due before the money was given.
    """
    if loan.disbursed_on is not None and first_due_on < loan.disbursed_on:
        message = "Angsuran pertama jatuh tempo sesudah pencairan."
        raise InvalidInput("first_due", field="first_due_on", message=message)
    made = laid(
        loan,
        first_due_on=first_due_on,
        schedule_no=schedule_no,
        principal=principal,
        interest_before=interest_before,
    )
    db.session.add_all(made)
    return made


def laid(
    loan: Loan,
    *,
    first_due_on: date,
    schedule_no: int,
    principal: int | None = None,
    interest_before: int = 0,
) -> list[Instalment]:
    """The same (see `lay_schedule`) without keeping the payments."""
    amount = loan.amount if principal is None else principal
    planned = schedule(terms_of(loan, amount=amount))
    made = _rows(loan, planned, first_due_on, schedule_no, interest_before)
    loan.schedule_no = schedule_no
    loan.first_due_on = first_due_on
    loan.principal_left = amount
    loan.next_due_on = first_due_on
    return made


def _rows(
    loan: Loan, planned: Schedule, first_due_on: date, schedule_no: int, interest_before: int
) -> list[Instalment]:
    count = len(planned.payments)
    days = due_days(first_due_on, count, loan.every)
    return [
        Instalment(
            id=new_id(),
            loan_id=loan.id,
            schedule_no=schedule_no,
            number=one.number,
            due_on=day,
            principal=one.principal,
            interest=one.interest
            + interest_before * one.number // count
            - interest_before * (one.number - 1) // count,
        )
        for one, day in zip(planned.payments, days, strict=True)
    ]
