"""Setting out anew, writing off, the portfolio by its classes, and `flask credit verify`."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import func, select

from app.accounts.queries import scope_of
from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, WrongState
from app.core.ids import new_id
from app.core.months import add_months
from app.core.permissions import Permission
from app.credit.models import Instalment, Lender, LenderConsent, Loan, LoanStep, Repayment
from app.credit.queries.portfolio import portfolio
from app.credit.services import restructuring
from app.credit.services.repayments import undo_repayment
from app.credit.services.restructuring import NewTerms
from app.db import db
from app.db.transaction import transaction

TODAY = local_today()
MONTHLY = 575_000


@pytest.fixture
def enterprise(factories):
    return factories.enterprise()


@pytest.fixture
def board(factories):
    return factories.lender_officer(factories.lender(), duty="pengurus")


@pytest.fixture
def lender(board):
    return db.session.scalars(select(Lender)).one()


def reach(person):
    return scope_of(person.id, Permission.LENDER_WORK)


def now(loan):
    return db.session.get_one(Loan, loan.id, populate_existing=True)


def decide(person, loan, what="restructure", *, reason="Usaha sepi sesudah banjir", **terms):
    more = {}
    if what == "restructure":
        told = {"count": 20, "rate": 1200, "first_due_on": add_months(TODAY, 1), **terms}
        more = {"terms": NewTerms(**told)}
    with transaction():
        getattr(restructuring, what)(
            scope=reach(person),
            by=person.id,
            loan_id=loan.id,
            version=terms.pop("version", None) or loan.version,
            reason=reason,
            **more,
        )


def schedule_of(loan, number):
    return db.session.execute(
        select(func.count(), func.sum(Instalment.principal), func.sum(Instalment.interest)).where(
            Instalment.loan_id == loan.id, Instalment.schedule_no == number
        )
    ).one()


def test_a_loan_set_out_anew_keeps_its_old_schedule_and_loses_no_rupiah(
    app, factories, lender, board, enterprise
):
    loan = factories.running_loan(lender, enterprise, first_due_on=add_months(TODAY, -3))
    paid = factories.repayment(loan, board, amount=MONTHLY).id

    decide(board, now(loan))

    row = now(loan)
    assert (row.state, row.schedule_no, row.principal_left) == ("ditata_ulang", 2, 4_500_000)
    assert row.next_due_on == add_months(TODAY, 1)
    assert tuple(schedule_of(loan, 1)) == (10, 5_000_000, 750_000)
    # Three payments were due and not paid: their interest goes along and bears none.
    assert tuple(schedule_of(loan, 2)) == (20, 4_500_000, 900_000 + 3 * 75_000)
    step = db.session.scalars(select(LoanStep).where(LoanStep.to_state == "ditata_ulang")).one()
    assert step.reason == "Usaha sepi sesudah banjir"
    # What came in before it can't be undone any more; what comes in now pays the new schedule.
    with pytest.raises(Conflict), transaction():
        undo_repayment(
            scope=reach(board), by=board.id, undo_id=new_id(), repayment_id=paid, reason="Salah"
        )
    factories.repayment(row, board, amount=10_000_000)
    assert (now(loan).state, now(loan).principal_left) == ("lunas", 0)
    assert app.test_cli_runner().invoke(args=["credit", "verify"]).exit_code == 0


def test_a_murabahah_gets_no_new_margin(factories, lender, board, enterprise):
    loan = factories.running_loan(
        lender, enterprise, method="murabahah", rate=0, margin=750_000, first_due_on=TODAY
    )

    decide(board, loan, rate=0, gives_up_interest=True)

    assert tuple(schedule_of(loan, 2)) == (20, 5_000_000, 675_000)


@pytest.mark.parametrize(
    "terms",
    [
        {"count": 0},
        {"count": 121},
        {"rate": 30_001},
        {"first_due_on": TODAY},
        {"first_due_on": TODAY + timedelta(days=400)},
        {"reason": " "},
        {"reason": "-1"},
    ],
)
def test_terms_that_can_not_be_change_nothing(factories, lender, board, enterprise, terms):
    loan = factories.running_loan(lender, enterprise)

    with pytest.raises(InvalidInput):
        decide(board, loan, **terms)

    assert (now(loan).schedule_no, now(loan).state) == (1, "berjalan")


@pytest.mark.parametrize("what", ["restructure", "write_off"])
def test_only_the_board_decides_and_only_on_what_it_saw(factories, lender, board, enterprise, what):
    loan = factories.running_loan(lender, enterprise)
    clerk = factories.lender_officer(lender)
    stranger = factories.lender_officer(factories.lender(), duty="pengurus")

    with pytest.raises(NotAllowed):
        decide(clerk, loan, what)
    with pytest.raises(NotFound):
        decide(stranger, loan, what)
    seen = now(loan)
    db.session.expunge(seen)
    factories.repayment(loan, clerk, amount=1000)
    with pytest.raises(Conflict):
        decide(board, seen, what)
    assert now(loan).state == "berjalan"


def test_a_loan_off_the_books_is_still_owed_and_what_comes_back_is_kept(
    factories, lender, board, enterprise
):
    loan = factories.running_loan(lender, enterprise, first_due_on=add_months(TODAY, -8))

    decide(board, loan, "write_off")

    assert (now(loan).state, now(loan).principal_left) == ("dihapus_buku", 5_000_000)
    assert portfolio(loan.lender_id, on=TODAY).count == 0
    with pytest.raises(WrongState):
        decide(board, now(loan))
    factories.repayment(now(loan), board, amount=MONTHLY)
    assert (now(loan).state, now(loan).principal_left) == ("dihapus_buku", 4_500_000)


def test_the_portfolio_counts_by_class_and_only_who_agreed(factories, lender, board):
    days = (0, 1, 31, 91, 121, 181)
    loans = [
        factories.running_loan(
            lender,
            factories.enterprise(),
            amount=1_000_000,
            rate=0,
            count=1,
            first_due_on=TODAY - timedelta(days=late),
        )
        for late in days
    ]

    found = portfolio(lender.id, on=TODAY)

    assert [line.count for line in found.classes] == [1, 2, 1, 1, 1]
    assert (found.count, found.principal_left) == (6, 6_000_000)
    assert (found.at_risk_count, found.par30) == (4, Fraction(4, 6))
    assert (found.due_count, found.due_sum) == (1, 1_000_000)
    assert found.repayment_rate == 0
    factories.repayment(loans[1], board, amount=1_000_000)
    assert portfolio(lender.id, on=TODAY).repayment_rate == Fraction(1, 2)
    # Who takes the word back is in no sum.
    with transaction():
        words = select(LenderConsent).where(LenderConsent.owner_id == now(loans[5]).owner_id)
        db.session.scalars(words).one().withdrawn_at = utc_now()
    left = portfolio(lender.id, on=TODAY)
    assert ([line.count for line in left.classes], left.at_risk) == ([1, 1, 1, 1, 0], 3_000_000)
    assert portfolio(factories.lender().id, on=TODAY).par30 is None


def test_verifying_names_what_does_not_agree(app, factories, lender, board, enterprise):
    loan = factories.running_loan(lender, enterprise)
    kept = factories.repayment(loan, board, amount=MONTHLY).id
    runner = app.test_cli_runner()
    assert runner.invoke(args=["credit", "verify"]).exit_code == 0

    with transaction():
        db.session.get_one(Loan, loan.id).next_due_on = TODAY
        db.session.get_one(Repayment, kept).amount = MONTHLY + 1

    broken = runner.invoke(args=["credit", "verify"])
    assert broken.exit_code == 1
    assert str(loan.id) in broken.output
    assert str(kept) in broken.output
