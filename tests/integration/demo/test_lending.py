"""Loans of the demo are what the services would have written, and the services go on with them."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, time

import sqlalchemy as sa
import time_machine

from app.accounts.queries import scope_of
from app.core.permissions import Permission
from app.credit.models import (
    InformalDebt,
    Lender,
    Loan,
    LoanDecision,
    Member,
    Repayment,
    SavingRow,
)
from app.credit.queries.consented import is_consented
from app.credit.rules.collectability import days_in_arrears
from app.credit.rules.judging import from_json
from app.credit.rules.loan_states import APPROVED, COMMITTEE, OPEN, RUNNING, STATES
from app.credit.services.applications import decide
from app.credit.services.disbursing import disburse
from app.credit.services.repayments import repay
from app.db import db
from app.db.transaction import transaction
from tests.integration.demo.conftest import LAST_ON

EVENING = datetime.combine(LAST_ON, time(14), tzinfo=UTC)
# Enough members of each lender for every plan.
LARGE = 170


def test_loans_agree_with_their_payments_receipts_words_and_consents(app, load):
    load(enterprises=LARGE)

    checked = app.test_cli_runner().invoke(args=["credit", "verify"])

    assert checked.exit_code == 0, checked.output
    assert _states() >= set(STATES) - {"dicairkan"}
    assert _bands() >= {"8-29", "30-89", "90-"}
    for lender_id, numbers in _receipts().items():
        lender = db.session.get(Lender, lender_id)
        assert sorted(numbers) == list(range(1, lender.next_receipt_number))
    for words in _words().values():
        assert len({by for _, by in words}) == len(words)
    for loan in db.session.scalars(sa.select(Loan)):
        assert db.session.scalar(sa.select(is_consented(loan.owner_id, loan.lender_id)))
        judged = from_json(loan.judged)
        assert judged is None or judged.need == "lancar" or _is_explained(loan)
    told = db.session.scalars(sa.select(InformalDebt)).all()
    assert {row.is_current for row in told} == {True, False}
    assert all(row.told_on <= LAST_ON for row in told)


def test_people_of_the_lender_go_on_where_the_demo_stopped(load):
    load()
    begun = {
        state: db.session.execute(
            sa.select(Loan.id, Loan.lender_id, LoanDecision.by)
            .join(LoanDecision, LoanDecision.loan_id == Loan.id)
            .where(Loan.state == state)
            .order_by(Loan.id, LoanDecision.decided_at.desc())
            .limit(1)
        ).one()
        for state in (COMMITTEE, APPROVED)
    }
    running = db.session.scalars(sa.select(Loan).where(Loan.state == RUNNING).limit(1)).one()
    paying, before = running.id, running.next_due_on
    clerk = db.session.scalars(sa.select(Repayment.recorded_by).where_by(loan_id=paying)).first()
    db.session.rollback()

    with time_machine.travel(EVENING, tick=False):
        for state, row in begun.items():
            _speak(state, row)
        with transaction():
            repay(
                scope=scope_of(clerk, Permission.LENDER_WORK),
                by=clerk,
                repayment_id=_another(paying),
                loan_id=paying,
                amount=10_000_000,
                paid_on=LAST_ON,
            )

    assert db.session.get(Loan, begun[COMMITTEE].id).state == APPROVED
    assert db.session.get(Loan, paying).next_due_on != before
