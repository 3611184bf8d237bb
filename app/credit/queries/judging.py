"""What the rules say of a loan that is asked for, from what is known of its enterprise."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from app.credit.models import Loan
from app.credit.queries.blocks import blocks
from app.credit.queries.carriers import known_of
from app.credit.queries.facts import credit_facts
from app.credit.rules.affordability import Carrier, affordability
from app.credit.rules.judging import RESTS, Block, Judged
from app.credit.rules.schedules import LoanTerms, schedule
from app.enterprises.models import Enterprise
from app.enterprises.rules.life_cycle import RESTING

_LONG_OVERDUE = 30


def judge(loan: Loan, enterprise: Enterprise, *, on: date) -> Judged:
    """Judge a loan that the caller has found within its reach."""
    terms = terms_of_loan(loan)
    carried = affordability(carrier_of(loan, enterprise, on=on), terms, schedule(terms).largest)
    return Judged(on=on, carried=carried, blocks=blocks_now(enterprise, on=on))


def terms_of_loan(loan: Loan) -> LoanTerms:
    """The terms of a loan as it is asked for."""
    return LoanTerms(
        amount=loan.amount,
        method=loan.method,
        count=loan.count,
        every=loan.every,
        yearly_rate=Fraction(loan.rate, 10_000),
        margin=loan.margin,
        fee=loan.fee,
    )


def carrier_of(loan: Loan, enterprise: Enterprise, *, on: date) -> Carrier:
    """Who is to carry it: what the book and the office know, and what the owner told."""
    known = known_of(enterprise, on=on)
    owed = credit_facts([enterprise.id], on=on).get(enterprise.id)
    # Nothing counts twice: a payment of a known debt may stand in the book too.
    recorded = 0 if owed is None else owed.loan_month + owed.debt_month
    overdue = None if owed is None else owed.arrears_days
    return Carrier(
        surplus=known.surplus,
        existing=max(recorded, known.installments or 0),
        other_income=loan.other_income,
        needs=loan.needs,
        # Without a book nothing is proved.
        has_proof=bool(known.has_proof),
        # What is known goes before what was told.
        has_arrears=True if (overdue or 0) > _LONG_OVERDUE else loan.has_arrears,
        health_class=known.health_class,
        purpose=loan.purpose,
        is_calculated=loan.is_calculated,
        sales=known.sales,
    )


def blocks_now(enterprise: Enterprise, *, on: date) -> tuple[Block, ...]:
    """What blocks an enterprise: that it rests, and what features above tell of it."""
    told = blocks([enterprise.id], on=on).get(enterprise.id, ())
    return (RESTS, *told) if enterprise.life_cycle in RESTING else told
