"""Two at the same moment: the last payment of a loan is kept once, fifty times of fifty."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from app.accounts.queries import scope_of
from app.core.clock import local_today
from app.core.errors import PulihError
from app.core.ids import new_id
from app.core.permissions import Permission
from app.credit.models import Lender, Loan, Repayment, RepaymentPart
from app.credit.services.repayments import repay
from app.db import db
from app.db.transaction import transaction

ROUNDS = 50


def test_of_two_last_payments_exactly_one_is_kept(app, factories):
    lender = factories.lender()
    lender_id = lender.id
    clerks = [factories.lender_officer(lender).id for _ in range(2)]
    enterprise = factories.enterprise()
    loans = [
        factories.running_loan(
            db.session.get_one(Lender, lender_id), enterprise, count=1, amount=100_000, rate=0
        ).id
        for _ in range(ROUNDS)
    ]
    db.session.remove()
    gate = Barrier(2)

    def pay_all(person):
        outcomes = []
        with app.app_context():
            scope = scope_of(person, Permission.LENDER_WORK)
            for loan_id in loans:
                gate.wait()
                try:
                    with transaction():
                        repay(
                            scope=scope,
                            by=person,
                            repayment_id=new_id(),
                            loan_id=loan_id,
                            amount=100_000,
                            paid_on=local_today(),
                        )
                except PulihError as refusal:
                    outcomes.append(refusal.code)
                else:
                    outcomes.append("kept")
                db.session.remove()
        return outcomes

    with ThreadPoolExecutor(2) as pool:
        both = [sorted(pair) for pair in zip(*pool.map(pay_all, clerks), strict=True)]

    assert both == [["kept", "loan_settled"]] * ROUNDS
    rows = db.session.execute(
        select(Loan.state, Loan.principal_left, Loan.overpaid, func.count(Repayment.id))
        .join(Repayment, Repayment.loan_id == Loan.id)
        .group_by(Loan.id)
    ).all()
    assert rows == [("lunas", 0, 0, 1)] * ROUNDS
    assert db.session.scalar(select(func.sum(RepaymentPart.principal))) == 100_000 * ROUNDS
    # No number was given twice and none is missing.
    receipts = db.session.scalars(select(Repayment.receipt).order_by(Repayment.receipt)).all()
    assert [int(one[-6:]) for one in receipts] == [*range(1, ROUNDS + 1)]
