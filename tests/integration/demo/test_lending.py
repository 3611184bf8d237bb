"""Loans of the demo are what the services would have written, and the services go on with them."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, time

import sqlalchemy as sa
import time_machine

from app.accounts.queries import scope_of
from app.core.ids import new_id
from app.core.permissions import Permission
from app.credit.models import (
    InformalDebt,
    Lender,
    LenderOfficer,
    Loan,
    LoanDecision,
    Member,
    Repayment,
    SavingRow,
)
from app.credit.queries.consented import is_consented
from app.credit.rules.collectability import days_in_arrears
from app.credit.rules.judging import CLEAR, from_json
from app.credit.rules.loan_states import (
    APPROVED,
    COMMITTEE,
    DISBURSED,
    OPEN,
    RUNNING,
    STATES,
    TO_LEND,
    TO_PAY_OUT,
)
from app.credit.services.applications import decide
from app.credit.services.repayments import repay
from app.db import db
from app.db.transaction import transaction
from tests.integration.demo.conftest import LAST_ON

EVENING = datetime.combine(LAST_ON, time(14), tzinfo=UTC)
# Enough members of each lender for every plan.
LARGE = 170


def late_since() -> list[int]:
    open_loans = db.session.scalars(sa.select(Loan).where(Loan.state.in_(OPEN)))
    return [days_in_arrears(one.next_due_on, LAST_ON) for one in open_loans]


def receipts() -> dict[object, list[int]]:
    """The numbers that were given, by lender."""
    found = defaultdict(list)
    paid = sa.select(Loan.lender_id, Repayment.receipt).join(Loan, Loan.id == Repayment.loan_id)
    saved = sa.select(Member.lender_id, SavingRow.receipt).join(
        Member, Member.id == SavingRow.member_id
    )
    for lender_id, receipt in [*db.session.execute(paid), *db.session.execute(saved)]:
        found[lender_id].append(int(receipt.rpartition("-")[2]))
    return found


def words() -> dict[object, list[object]]:
    """Who gave a word, by the loan and what it was about."""
    found = defaultdict(list)
    for row in db.session.scalars(sa.select(LoanDecision)):
        found[row.loan_id, row.decision].append(row.by)
    return found


def test_loans_agree_with_their_payments_receipts_words_and_consents(app, load):
    load(enterprises=LARGE)

    checked = app.test_cli_runner().invoke(args=["credit", "verify"])

    assert checked.exit_code == 0, checked.output
    loans = db.session.scalars(sa.select(Loan)).all()
    # Between the word to pay out and the schedule nothing is ever left lying.
    assert {one.state for one in loans} == set(STATES) - {DISBURSED}
    late = late_since()
    assert any(8 <= days < 30 for days in late)
    assert any(30 <= days < 90 for days in late)
    assert any(days >= 90 for days in late)
    assert late.count(0) > len(late) / 2
    for lender_id, numbers in receipts().items():
        following = db.session.get_one(Lender, lender_id).next_receipt_number
        assert sorted(numbers) == list(range(1, following))
    spoken = words()
    assert all(len(set(people)) == len(people) <= 2 for people in spoken.values())
    for one in loans:
        assert db.session.scalar(sa.select(is_consented(one.owner_id, one.lender_id)))
        if one.disbursed_on and one.state in OPEN:
            assert {len(spoken[one.id, what]) for what in (TO_LEND, TO_PAY_OUT)} == {2}
        if one.state in OPEN and from_json(one.judged).need != CLEAR:
            assert one.exception_reason
    told = db.session.scalars(sa.select(InformalDebt)).all()
    assert {row.is_current for row in told} == {True, False}
    assert all(row.told_on <= LAST_ON for row in told)


def test_people_of_the_lender_go_on_where_the_demo_stopped(load):
    load()
    asked = db.session.scalars(sa.select(Loan).where(Loan.state == COMMITTEE)).first()
    paying = db.session.scalars(sa.select(Loan).where(Loan.state == RUNNING)).first()
    spoke = sa.select(LoanDecision.by).where(LoanDecision.loan_id == asked.id)
    other = db.session.scalars(
        sa.select(LenderOfficer.account_id).where(
            LenderOfficer.lender_id == asked.lender_id, LenderOfficer.account_id.not_in(spoke)
        )
    ).first()
    clerk = db.session.scalars(
        sa.select(Repayment.recorded_by).where(Repayment.loan_id == paying.id)
    ).first()
    asked_id, version, paying_id, due_on = asked.id, asked.version, paying.id, paying.next_due_on

    with time_machine.travel(EVENING, tick=False):
        with transaction():
            scope = scope_of(other, Permission.LENDER_WORK)
            decide(scope=scope, by=other, loan_id=asked_id, version=version, reason="Usaha jalan")
        with transaction():
            repay(
                scope=scope_of(clerk, Permission.LENDER_WORK),
                by=clerk,
                repayment_id=new_id(),
                loan_id=paying_id,
                amount=5_000_000,
                paid_on=LAST_ON,
            )

    assert db.session.get_one(Loan, asked_id).state == APPROVED
    assert db.session.get_one(Loan, paying_id).next_due_on != due_on
