"""Who reaches which lender: who works there, and whose area it stands in."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from app.accounts.queries import scope_of
from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.permissions import Permission, Role
from app.credit.queries.reach import lender, lenders_near, own_lender, own_lenders
from app.credit.services.lenders import LenderFacts, appoint, create_lender, dismiss
from app.credit.services.receipts import SAVING, next_receipt
from app.db.transaction import transaction
from tests.factories.enterprises import OTHER_VILLAGE, VILLAGE

TODAY = local_today()


def reach(person, permission=Permission.LENDER_WORK):
    return scope_of(person.id, permission)


def test_who_works_for_a_lender_reaches_that_lender_and_no_other(factories):
    own, other = factories.lender(name="Koperasi Mekar"), factories.lender()
    clerk = factories.lender_officer(own)

    reached = own_lenders(reach(clerk))

    assert [(one.id, one.name, one.duty) for one in reached] == [
        (own.id, "Koperasi Mekar", "petugas")
    ]
    assert own_lender(reach(clerk), own.id).id == own.id
    with pytest.raises(NotFound):
        own_lender(reach(clerk), other.id)


@pytest.mark.parametrize(
    "values", [{"until_on": TODAY}, {"from_on": TODAY + timedelta(days=1)}], ids=["was", "will be"]
)
def test_who_works_there_no_more_or_not_yet_reaches_nothing(factories, values):
    own = factories.lender()
    clerk = factories.lender_officer(own, **values)

    assert own_lenders(reach(clerk)) == []


def test_lenders_are_read_where_one_works(factories):
    here, there = factories.lender(), factories.lender(village_code=OTHER_VILLAGE)
    officer = factories.account(role=Role.LABOUR_OFFICER, area="33.02")
    mentor = factories.account(role=Role.MENTOR)
    factories.enterprise(mentor=mentor, village_code="35.07.10.2004")

    assert lender(reach(officer, Permission.LENDER_READ), here.id).id == here.id
    assert lender(reach(mentor, Permission.LENDER_READ), there.id).id == there.id
    for person, elsewhere in ((officer, there), (mentor, here)):
        with pytest.raises(NotFound):
            lender(reach(person, Permission.LENDER_READ), elsewhere.id)


def test_an_enterprise_may_turn_to_lenders_at_work_in_its_regency(factories):
    near = factories.lender(village_code="33.02.05.2001")
    factories.lender(village_code=OTHER_VILLAGE)
    factories.lender(is_forming=True)
    factories.lender(is_closed=True)

    assert [one.id for one in lenders_near([VILLAGE])] == [near.id]


def test_an_officer_writes_a_lender_down_once_and_lets_people_work_for_it(factories):
    factories.village_rows()
    officer = factories.account(role=Role.LABOUR_OFFICER, area="33.02")
    clerk = factories.account(role=Role.COOPERATIVE_OFFICER, area="33.02")
    acting = {"scope": reach(officer, Permission.LENDER_WRITE), "by": officer.id}
    facts = LenderFacts(kind="bmt", name="BMT Amanah", village_code=VILLAGE)
    key = uuid4()

    for _ in range(2):
        with transaction():
            made = create_lender(lender_id=key, facts=facts, **acting)
    with transaction():
        working = appoint(
            officer_id=uuid4(),
            lender_id=made.id,
            account_id=clerk.id,
            duty="pengurus",
            from_on=TODAY,
            **acting,
        )

    assert [one.duty for one in own_lenders(reach(clerk))] == ["pengurus"]
    with pytest.raises(Conflict), transaction():
        appoint(
            officer_id=uuid4(),
            lender_id=key,
            account_id=clerk.id,
            duty="petugas",
            from_on=TODAY,
            **acting,
        )
    with transaction():
        dismiss(lender_id=key, officer_id=working.id, **acting)
    assert own_lenders(reach(clerk)) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "rentenir"}, "kind"),
        ({"nib": "123"}, "nib"),
        ({"npwp": "3302144808850001"}, "npwp"),
        ({"legal_on": TODAY + timedelta(days=1)}, "legal_on"),
        ({"principal_saving": -1}, "principal_saving"),
        ({"village_code": "33.02"}, "village_code"),
    ],
)
def test_what_cannot_be_so_of_a_lender_is_refused(factories, changes, field):
    factories.village_rows()
    officer = factories.account(role=Role.LABOUR_OFFICER, area="33.02")
    told = {"kind": "bmt", "name": "BMT Amanah", "village_code": VILLAGE, **changes}

    with pytest.raises(InvalidInput) as refused, transaction():
        create_lender(
            scope=reach(officer, Permission.LENDER_WRITE),
            by=officer.id,
            lender_id=uuid4(),
            facts=LenderFacts(**told),
        )

    assert refused.value.field == field


def test_numbers_of_receipts_follow_each_other(factories):
    made = factories.lender()

    numbers = []
    for _ in range(2):
        with transaction():
            numbers.append(next_receipt(made, SAVING))

    assert numbers == [f"S-{TODAY.year}-000001", f"S-{TODAY.year}-000002"]
