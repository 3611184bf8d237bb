"""Two owners who belong to one lender become one member, and nobody's money changes hands."""

from __future__ import annotations

from uuid import uuid4

import pytest

from app.core.clock import local_today
from app.core.errors import WrongState
from app.core.scope import Scope
from app.credit.models import Lender, Member, SavingRow
from app.credit.queries.members import balances
from app.credit.services.savings import save, undo_saving
from app.db import db
from app.db.belongings import Pair, settle
from app.db.transaction import transaction


@pytest.fixture
def two(factories):
    lender_id = factories.lender().id
    clerk = factories.lender_officer(db.session.get_one(Lender, lender_id))
    made = []
    for _ in range(2):
        enterprise = factories.enterprise()
        ids = (enterprise.id, enterprise.owner_id)
        member = factories.member(db.session.get_one(Lender, lender_id), ids[1])
        made.append((*ids, member.id))
    (kept, kept_owner, first), (gone, gone_owner, second) = made
    pair = Pair(kept_id=kept, gone_id=gone, kept_owner_id=kept_owner, gone_owner_id=gone_owner)
    return pair, first, second, clerk


def saved(member_id, clerk, amount):
    with transaction():
        return save(
            scope=clerk_scope(clerk),
            by=clerk.id,
            row_id=uuid4(),
            member_id=member_id,
            kind="sukarela",
            direction="setor",
            amount=amount,
            happened_on=local_today(),
        ).id


def clerk_scope(clerk):
    return Scope(account_id=clerk.id)


def test_while_savings_are_left_they_do_not_become_one(two):
    pair, first, second, clerk = two
    saved(first, clerk, 40_000)
    saved(second, clerk, 25_000)

    with pytest.raises(WrongState), transaction():
        settle(pair)

    assert balances([second])[second] == {"sukarela": 25_000}


def test_the_rows_of_who_has_nothing_left_follow_those_of_who_stays(two):
    pair, first, second, clerk = two
    saved(first, clerk, 40_000)
    row = saved(second, clerk, 25_000)
    with transaction():
        undo_saving(scope=clerk_scope(clerk), by=clerk.id, row_id=uuid4(), undone_id=row)

    with transaction():
        settle(pair)

    rows = db.session.query(SavingRow).filter_by(member_id=first).order_by(SavingRow.turn).all()
    assert [(one.turn, one.balance) for one in rows] == [(1, 40_000), (2, 65_000), (3, 40_000)]
    assert balances([first])[first] == {"sukarela": 40_000}
    assert db.session.query(SavingRow).filter_by(member_id=second).count() == 0
    assert db.session.query(Member).count() == 2
