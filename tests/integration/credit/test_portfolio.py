"""A lender's figures and head counts, against a plain count in Python over the bare rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.queries import scope_of
from app.core.clock import local_today, utc_now
from app.core.months import add_months
from app.core.permissions import Permission
from app.credit.models import Instalment, LenderConsent, Loan, RepaymentPart
from app.credit.queries.members import counted
from app.credit.queries.portfolio import portfolios
from app.credit.rules.collectability import collectability, days_in_arrears
from app.credit.rules.loan_states import OPEN, SETTLED
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Consent, Owner

TODAY = local_today()
BOUNDS = (0, 90, 120, 180)
# How many months before today the first payment was due, one loan after the other.
BEGUN = (0, 1, 3, 5, 8, 2, 4, 6)
# What ends the reach of a lender, person by person; the others stay seen.
HIDDEN = {
    1: "word taken back",
    3: "lenders at large taken back",
    4: "lenders at large given anew",
    6: "objected",
}


@pytest.fixture
def world(factories):
    """Two lenders that lent to the same eight people, some of whom may not be seen any more."""
    lenders = [factories.lender(), factories.lender()]
    ids = [one.id for one in lenders]
    clerk = factories.lender_officer(lenders[0])
    lent = []
    for number, months in enumerate(BEGUN):
        enterprise = factories.enterprise()
        for lender in lenders:
            first = add_months(TODAY, -months) + timedelta(days=number)
            loan = factories.running_loan(lender, enterprise, first_due_on=first)
            lent.append((loan.id, loan.owner_id))
        factories.member(lenders[0], enterprise.owner_id, is_consented=False)
    for number, (loan_id, _) in enumerate(lent[::2]):
        loan = db.session.get_one(Loan, loan_id)
        if number % 2:
            factories.repayment(loan, clerk, amount=575_000 * number + 1_000)
    with transaction():
        # Settled early: of what was asked only what was paid counts.
        settled = db.session.get_one(Loan, lent[10][0])
        settled.state, settled.principal_left, settled.next_due_on = SETTLED, 0, None
    hide([owner_id for _, owner_id in lent[::2]])
    return ids, clerk.id


def hide(owner_ids):
    """Take from the lender's sight whom `HIDDEN` names."""
    with transaction():
        for number, why in HIDDEN.items():
            key = owner_ids[number]
            general = db.session.scalars(select(Consent).filter_by(owner_id=key)).one()
            if why == "word taken back":
                for word in db.session.scalars(select(LenderConsent).filter_by(owner_id=key)):
                    word.withdrawn_at = utc_now()
            elif why == "lenders at large taken back":
                general.withdrawn_on = TODAY
            elif why == "lenders at large given anew":
                general.recorded_at = utc_now()
            else:
                db.session.get_one(Owner, key).objected_on = TODAY


def seen_by_hand(owner_id, lender_id):
    """Whether an owner agreed, row by row."""
    owner = db.session.get_one(Owner, owner_id)
    words = [
        one
        for one in db.session.scalars(select(LenderConsent))
        if (one.owner_id, one.lender_id, one.withdrawn_at) == (owner_id, lender_id, None)
    ]
    general = [
        one
        for one in db.session.scalars(select(Consent))
        if (one.owner_id, one.purpose, one.withdrawn_on) == (owner_id, "lembaga_keuangan", None)
    ]
    return owner.objected_on is None and any(
        one.recorded_at <= word.recorded_at for one in general for word in words
    )


def by_hand(lender_id):
    """The same figures, from all rows."""
    loans = [
        one
        for one in db.session.scalars(select(Loan))
        if one.lender_id == lender_id and seen_by_hand(one.owner_id, lender_id)
    ]
    classes, at_risk = dict.fromkeys(range(1, 6), (0, 0)), 0
    for loan in loans:
        if loan.state in OPEN:
            days = days_in_arrears(loan.next_due_on, TODAY)
            count, left = classes[collectability(days, BOUNDS)]
            classes[collectability(days, BOUNDS)] = (count + 1, left + loan.principal_left)
            at_risk += loan.principal_left if days > 30 else 0
    return list(classes.values()), at_risk, *due_by_hand(loans)


def due_by_hand(loans):
    """What fell due and came in of it; how many payments this week are not paid, and their sum."""
    paid = {}
    for part in db.session.scalars(select(RepaymentPart)):
        paid[part.instalment_id] = paid.get(part.instalment_id, 0) + part.principal + part.interest
    fell_due = came_in = due_count = due_sum = 0
    for loan in loans:
        own = select(Instalment).filter_by(loan_id=loan.id, schedule_no=loan.schedule_no)
        for one in db.session.scalars(own):
            asked, got = one.principal + one.interest, paid.get(one.id, 0)
            if 0 <= (TODAY - one.due_on).days < 30:
                fell_due += got if loan.state == SETTLED else asked
                came_in += got
            if loan.state in OPEN and 0 <= (one.due_on - TODAY).days < 7:
                due_count += asked > got
                due_sum += asked - got
    return fell_due, came_in, due_count, due_sum


def test_figures_of_lenders_are_those_of_a_plain_count(world):
    ids, _ = world

    found = portfolios(ids, on=TODAY)

    assert set(found) == set(ids)
    for key, one in found.items():
        classes = [(line.count, line.principal_left) for line in one.classes]
        told = (one.at_risk, one.fell_due, one.came_in, one.due_count, one.due_sum)
        assert (classes, *told) == by_hand(key)
        assert one.count in (3, 4)
        assert one.fell_due > 0
    assert found[ids[0]].came_in > 0


def test_heads_are_counted_only_of_who_agreed(world):
    ids, clerk_id = world
    scope = scope_of(clerk_id, Permission.LENDER_WORK)

    assert counted(scope, ids[0]).members == len(BEGUN) - len(HIDDEN)
    assert counted(scope, ids[1]).members == 0
