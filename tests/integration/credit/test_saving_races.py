"""Two at the same moment: what is saved once is taken out once, fifty times of fifty."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from app.accounts.queries import scope_of
from app.core.clock import local_today
from app.core.errors import PulihError
from app.core.ids import new_id
from app.core.permissions import Permission
from app.credit.models import SavingRow
from app.credit.rules.savings import FREE, IN, OUT
from app.credit.services.savings import save
from app.db import db
from app.db.transaction import transaction

ROUNDS = 50
SAVED = 100_000


def test_of_two_withdrawals_of_all_that_is_saved_exactly_one_goes_through(app, factories):
    lender = factories.lender()
    clerks = [factories.lender_officer(lender).id for _ in range(2)]
    owner_id = factories.enterprise().owner_id
    member_id = factories.member(lender=lender, owner_id=owner_id).id
    db.session.remove()
    gate = Barrier(2)

    def write(person, direction):
        with transaction():
            save(
                scope=scope_of(person, Permission.LENDER_WORK),
                by=person,
                row_id=new_id(),
                member_id=member_id,
                kind=FREE,
                direction=direction,
                amount=SAVED,
                happened_on=local_today(),
            )

    def take_out_all(person):
        told = []
        with app.app_context():
            for _ in range(ROUNDS):
                # One of the two pays in what both then want.
                if gate.wait(timeout=60) == 0:
                    write(person, IN)
                    db.session.remove()
                gate.wait(timeout=60)
                try:
                    write(person, OUT)
                except PulihError as refusal:
                    told.append(refusal.code)
                else:
                    told.append("taken")
                db.session.remove()
        return told

    with ThreadPoolExecutor(2) as pool:
        both = [sorted(pair) for pair in zip(*pool.map(take_out_all, clerks), strict=True)]

    assert both == [["saving_short", "taken"]] * ROUNDS
    rows = db.session.scalars(select(SavingRow).order_by(SavingRow.turn)).all()
    assert [row.turn for row in rows] == [*range(1, 2 * ROUNDS + 1)]
    assert [row.balance for row in rows] == [SAVED, 0] * ROUNDS
    assert db.session.scalar(select(func.count(SavingRow.receipt.distinct()))) == 2 * ROUNDS
