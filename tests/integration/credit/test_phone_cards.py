"""What the desk of a lender writes reaches the phone of the mentor, and no story tells it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.accounts.queries import scope_of
from app.core.clock import local_today
from app.core.ids import new_id
from app.core.months import add_months
from app.core.permissions import Permission
from app.credit.models import Loan
from app.credit.rules.affordability import Affordability
from app.credit.rules.judging import Judged, to_json
from app.credit.services.disbursing import disburse
from app.credit.services.repayments import repay, settle_early, undo_repayment
from app.credit.services.restructuring import NewTerms, restructure, write_off
from app.db import db
from app.db.transaction import transaction
from app.field.queries.changes import changes_since, first_cursor
from app.history.queries import events_of_enterprise

TODAY = local_today()
JUDGED = to_json(
    Judged(
        on=TODAY,
        carried=Affordability(
            installment=575_000, findings=(), share=None, room=None, largest=None, bad_month=None
        ),
        blocks=(),
    )
)
FIRST = TODAY - timedelta(days=40)
SECOND = add_months(FIRST, 1)
NEW = add_months(TODAY, 1)


@pytest.fixture
def desk(factories):
    """A loan 40 days behind, of an enterprise in a mentor's care; and one of the board."""
    lender, mentor, enterprise = factories.lender(), factories.mentor(), factories.enterprise()
    factories.assigned(mentor.account_id, enterprise)
    board = factories.lender_officer(lender, duty="pengurus")
    loan = factories.running_loan(lender, enterprise, first_due_on=FIRST)
    return loan.id, enterprise.id, board.id, mentor.account_id


class Phone:
    """What a phone is told since it asked last."""

    def __init__(self, account_id):
        self.scope = scope_of(account_id, Permission.FIELD_SYNC)
        self.cursor = first_cursor("e")

    def pulled(self):
        db.session.rollback()
        page = changes_since(self.scope, self.cursor, limit=100)
        self.cursor = page.cursor
        return [one["record"]["unpaid_since"] for one in page.changes]


def test_each_step_at_the_desk_brings_the_card_to_the_phone(app, desk):
    loan_id, enterprise_id, by, mentor_id = desk
    phone, paid, settled = Phone(mentor_id), new_id(), new_id()
    told = len(events_of_enterprise(enterprise_id))
    assert phone.pulled() == [FIRST.isoformat()]
    assert phone.pulled() == []

    def act(service, **said):
        with transaction():
            service(scope=scope_of(by, Permission.LENDER_WORK), by=by, **said)
        return phone.pulled()

    def version():
        return db.session.get_one(Loan, loan_id, populate_existing=True).version

    money = {"loan_id": loan_id, "paid_on": TODAY}
    # Part of a payment changes nothing that the card shows.
    assert act(repay, repayment_id=new_id(), amount=1_000, **money) == []
    assert act(repay, repayment_id=paid, amount=574_000, **money) == [SECOND.isoformat()]
    assert act(undo_repayment, undo_id=new_id(), repayment_id=paid, reason="Salah") == [
        FIRST.isoformat()
    ]
    assert act(settle_early, repayment_id=settled, amount=9_000_000, **money) == [None]
    assert act(undo_repayment, undo_id=new_id(), repayment_id=settled, reason="Salah") == [
        FIRST.isoformat()
    ]
    terms = NewTerms(count=20, rate=1200, first_due_on=NEW)
    decision = {"loan_id": loan_id, "reason": "Usaha sepi"}
    assert act(restructure, version=version(), terms=terms, **decision) == [NEW.isoformat()]
    assert act(write_off, version=version(), **decision) == [None]
    assert len(events_of_enterprise(enterprise_id)) == told


def test_a_loan_that_is_paid_out_brings_its_first_day(factories):
    lender, mentor = factories.lender(), factories.mentor()
    people = [factories.lender_officer(lender).id for _ in range(2)]
    enterprise = factories.enterprise()
    factories.lender_consent(enterprise.owner_id, lender.id)
    factories.assigned(mentor.account_id, enterprise)
    loan_id = factories.loan(lender, enterprise, state="disetujui", judged=JUDGED).id
    phone = Phone(mentor.account_id)
    assert phone.pulled() == [None]

    for person, told in zip(people, ([], [NEW.isoformat()]), strict=True):
        with transaction():
            disburse(
                scope=scope_of(person, Permission.LENDER_WORK),
                by=person,
                loan_id=loan_id,
                disbursed_on=TODAY,
                first_due_on=NEW,
            )
        assert phone.pulled() == told
