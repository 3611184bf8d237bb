"""Money that comes back: shared out, kept once, undone by a new row, and by the lender's own."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app.accounts.queries import scope_of
from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput, NotFound, WrongState
from app.core.months import add_months
from app.core.permissions import Permission, Role
from app.credit.models import (
    Instalment,
    Lender,
    LenderConsent,
    Loan,
    LoanStep,
    Repayment,
    RepaymentPart,
)
from app.credit.services import repayments
from app.db import db
from app.db.transaction import transaction

TODAY = local_today()
# 5 million, flat 18%, ten months: as printed in the reference.
MONTHLY = 575_000


@pytest.fixture
def clerk(factories):
    return factories.lender_officer(factories.lender())


@pytest.fixture
def enterprise(factories):
    return factories.enterprise()


@pytest.fixture
def lender(clerk):
    return db.session.scalars(select(Lender)).one()


def reach(person):
    return scope_of(person.id, Permission.LENDER_WORK)


def pay(loan, person, amount, *, way="repay", key=None, paid_on=TODAY, **more):
    with transaction():
        return getattr(repayments, way)(
            scope=reach(person),
            by=person.id,
            repayment_id=key or uuid4(),
            loan_id=loan.id,
            amount=amount,
            paid_on=paid_on,
            **more,
        ).id


def undo(person, repayment_id, *, key=None, reason="Salah ketik"):
    with transaction():
        return repayments.undo_repayment(
            scope=reach(person),
            by=person.id,
            undo_id=key or uuid4(),
            repayment_id=repayment_id,
            reason=reason,
        ).id


def state_of(loan):
    row = db.session.get_one(Loan, loan.id, populate_existing=True)
    return row.state, row.principal_left, row.next_due_on, row.overpaid


def parts_of(key):
    return db.session.execute(
        select(
            Instalment.number, RepaymentPart.principal, RepaymentPart.interest, RepaymentPart.beyond
        )
        .outerjoin(Instalment, Instalment.id == RepaymentPart.instalment_id)
        .where(RepaymentPart.repayment_id == key)
        .order_by(Instalment.number)
    ).all()


def test_a_payment_moves_what_is_left_and_gets_a_number(factories, lender, clerk, enterprise):
    loan = factories.running_loan(lender, enterprise)
    assert state_of(loan) == ("berjalan", 5_000_000, TODAY, 0)

    key = pay(loan, clerk, MONTHLY)

    assert state_of(loan) == ("berjalan", 4_500_000, add_months(TODAY, 1), 0)
    row = db.session.get_one(Repayment, key)
    assert (row.turn, row.receipt) == (1, f"A-{TODAY.year}-000001")
    assert parts_of(key) == [(1, 500_000, 75_000, 0)]


def test_part_of_a_payment_leaves_it_unpaid_and_the_rest_settles_it(
    factories, lender, clerk, enterprise
):
    loan = factories.running_loan(lender, enterprise)

    first = pay(loan, clerk, 100_000)

    assert state_of(loan) == ("berjalan", 4_975_000, TODAY, 0)
    # Interest first, then principal.
    assert parts_of(first) == [(1, 25_000, 75_000, 0)]
    pay(loan, clerk, 475_000)
    assert state_of(loan)[1:3] == (4_500_000, add_months(TODAY, 1))


def test_more_than_is_due_pays_ahead_and_more_than_all_is_owed_back(
    factories, lender, clerk, enterprise
):
    loan = factories.running_loan(lender, enterprise)

    ahead = pay(loan, clerk, MONTHLY * 2 + 100_000)
    assert parts_of(ahead)[1:] == [(2, 500_000, 75_000, 0), (3, 25_000, 75_000, 0)]
    assert state_of(loan)[2] == add_months(TODAY, 2)
    pay(loan, clerk, MONTHLY * 8)

    assert state_of(loan) == ("lunas", 0, None, 100_000)
    with pytest.raises(WrongState):
        pay(loan, clerk, 1000)


def test_the_order_of_payment_is_that_of_the_lenders_kind(factories, enterprise):
    bank = factories.lender(kind="bank")
    clerk = factories.lender_officer(bank)
    loan = factories.running_loan(bank, enterprise, first_due_on=add_months(TODAY, -2))

    key = pay(loan, clerk, MONTHLY)

    # A bank takes all interest that is due before any principal.
    assert parts_of(key) == [(1, 350_000, 75_000, 0), (2, 0, 75_000, 0), (3, 0, 75_000, 0)]


def test_the_same_sum_sent_twice_is_kept_once(factories, lender, clerk, enterprise):
    loan, key = factories.running_loan(lender, enterprise), uuid4()

    assert pay(loan, clerk, MONTHLY, key=key) == pay(loan, clerk, MONTHLY, key=key) == key
    with pytest.raises(Conflict):
        pay(loan, clerk, MONTHLY + 1, key=key)

    assert db.session.scalar(select(func.count()).select_from(Repayment)) == 1
    assert state_of(loan)[1] == 4_500_000


def test_an_undone_payment_is_owed_again_and_both_rows_stay(factories, lender, clerk, enterprise):
    loan = factories.running_loan(lender, enterprise)
    wrong, key = pay(loan, clerk, MONTHLY * 10), uuid4()
    assert state_of(loan)[0] == "lunas"

    assert undo(clerk, wrong, key=key) == undo(clerk, wrong, key=key) == key

    assert state_of(loan) == ("berjalan", 5_000_000, TODAY, 0)
    rows = db.session.scalars(select(Repayment).order_by(Repayment.turn)).all()
    assert [(one.turn, one.amount, one.undoes_id) for one in rows] == [
        (1, MONTHLY * 10, None),
        (2, MONTHLY * 10, wrong),
    ]
    totals = db.session.execute(
        select(func.sum(RepaymentPart.principal), func.sum(RepaymentPart.interest))
    ).one()
    assert tuple(totals) == (0, 0)
    for refused in (wrong, key):
        with pytest.raises(Conflict):
            undo(clerk, refused)
    steps = db.session.scalars(select(LoanStep.to_state).order_by(LoanStep.happened_at)).all()
    assert steps == ["berjalan", "lunas", "berjalan"]


def test_an_older_payment_may_be_undone_alone(factories, lender, clerk, enterprise):
    loan = factories.running_loan(lender, enterprise)
    first = pay(loan, clerk, MONTHLY)
    pay(loan, clerk, MONTHLY)

    undo(clerk, first)

    assert state_of(loan)[1:3] == (4_500_000, TODAY)
    pay(loan, clerk, MONTHLY)
    assert state_of(loan)[1:3] == (4_000_000, add_months(TODAY, 2))


@pytest.mark.parametrize(("kind", "needed"), [("koperasi", 5_150_000), ("bmt", 5_750_000)])
def test_settling_early_asks_for_what_the_rule_says(factories, enterprise, kind, needed):
    lender = factories.lender(kind=kind)
    clerk = factories.lender_officer(lender)
    loan = factories.running_loan(lender, enterprise)

    with pytest.raises(InvalidInput) as refusal:
        pay(loan, clerk, needed - 1, way="settle_early")
    assert refusal.value.field == "amount"
    key = pay(loan, clerk, needed, way="settle_early")

    assert state_of(loan) == ("lunas", 0, None, 0)
    undo(clerk, key)
    assert state_of(loan) == ("berjalan", 5_000_000, TODAY, 0)


@pytest.mark.parametrize(
    ("amount", "days"), [(0, 0), (-5, 0), (10**11, 0), (1000, 1), (1000, -400)]
)
def test_no_amount_and_a_day_that_can_not_be_are_refused(
    factories, lender, clerk, enterprise, amount, days
):
    loan = factories.running_loan(lender, enterprise)

    with pytest.raises(InvalidInput):
        pay(loan, clerk, amount, paid_on=TODAY + timedelta(days=days))

    assert state_of(loan)[1] == 5_000_000


def test_nobody_but_who_works_there_keeps_or_undoes_anything(factories, lender, clerk, enterprise):
    loan = factories.running_loan(lender, enterprise)
    kept = pay(loan, clerk, MONTHLY)
    stranger = factories.lender_officer(factories.lender())

    mentor = factories.account(role=Role.MENTOR)
    for person in (stranger, mentor):
        with pytest.raises(NotFound):
            pay(loan, person, MONTHLY)
        with pytest.raises(NotFound):
            pay(loan, person, MONTHLY * 10, way="settle_early")
        with pytest.raises(NotFound):
            undo(person, kept)
    assert state_of(loan)[1] == 4_500_000


def test_after_the_owner_took_the_word_back_the_loan_is_not_there(
    factories, lender, clerk, enterprise
):
    loan = factories.running_loan(lender, enterprise)
    kept = pay(loan, clerk, MONTHLY)
    with transaction():
        db.session.scalars(select(LenderConsent)).one().withdrawn_at = utc_now()

    with pytest.raises(NotFound):
        pay(loan, clerk, MONTHLY)
    with pytest.raises(NotFound):
        undo(clerk, kept)


def test_a_loan_that_was_not_paid_out_takes_nothing(factories, lender, clerk, enterprise):
    factories.lender_consent(enterprise.owner_id, lender.id)
    loan = factories.loan(lender, enterprise, state="disetujui")

    with pytest.raises(WrongState):
        pay(loan, clerk, MONTHLY)
