"""Members and their savings: only of one's own lender, only with consent, never below nothing."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from app.accounts.queries import scope_of
from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput, NotFound, WrongState
from app.core.permissions import Permission
from app.credit.models import Lender, LenderConsent, Member, SavingRow
from app.credit.queries.members import counted, member_page, members
from app.credit.services.members import join, leave
from app.credit.services.savings import save, undo_saving
from app.db import db
from app.db.transaction import transaction

TODAY = local_today()


@pytest.fixture
def work(factories):
    lender = factories.lender(name="Koperasi Mekar")
    clerk = factories.lender_officer(lender)
    owner_id = factories.enterprise().owner_id
    acting = {"scope": scope_of(clerk.id, Permission.LENDER_WORK), "by": clerk.id}
    return SimpleNamespace(lender_id=lender.id, owner_id=owner_id, acting=acting, clerk=clerk)


def joined(work, **changes):
    with transaction():
        return join(
            **work.acting,
            **{
                "lender_id": work.lender_id,
                "owner_id": work.owner_id,
                "joined_on": TODAY,
                **changes,
            },
        )


def saved(work, member, amount, **changes):
    told = {
        "row_id": uuid4(),
        "member_id": member.id,
        "kind": "sukarela",
        "direction": "setor",
        "amount": amount,
        "happened_on": TODAY,
        **changes,
    }
    with transaction():
        return save(**work.acting, **told)


def test_an_owner_who_agreed_becomes_a_member_once(factories, work):
    factories.lender_consent(work.owner_id, work.lender_id)
    key = uuid4()

    first, second = joined(work, member_id=key), joined(work, member_id=key)

    assert (first.id, first.number) == (second.id, 1)
    listed = members(work.acting["scope"], work.lender_id)
    assert [line.id for line in listed.lines] == [first.id]
    with pytest.raises(Conflict):
        joined(work)


@pytest.mark.parametrize("general", [True, False], ids=["other lender", "not for lenders"])
def test_nobody_becomes_a_member_without_agreeing_to_this_lender(factories, work, general):
    agreed = factories.lender().id if general else work.lender_id
    factories.lender_consent(work.owner_id, agreed, general=general)

    with pytest.raises(NotFound):
        joined(work)


def test_who_works_elsewhere_takes_nobody_in_and_sees_nobody(factories, work):
    member = factories.member(db.session.get_one(Lender, work.lender_id), work.owner_id)
    stranger = factories.lender_officer(factories.lender())
    scope = scope_of(stranger.id, Permission.LENDER_WORK)

    with pytest.raises(NotFound):
        member_page(scope, member.id)
    with pytest.raises(NotFound), transaction():
        join(
            scope=scope,
            by=stranger.id,
            lender_id=work.lender_id,
            owner_id=work.owner_id,
            joined_on=TODAY,
        )
    assert members(scope, work.lender_id).lines == ()
    assert counted(scope, work.lender_id).members == 0


def test_with_the_consent_goes_the_member_out_of_lists_sums_and_reach(factories, work):
    factories.lender_consent(work.owner_id, work.lender_id)
    member = joined(work)
    row = saved(work, member, 50_000)
    scope = work.acting["scope"]
    assert (counted(scope, work.lender_id).members, counted(scope, work.lender_id).saved) == (
        1,
        50_000,
    )

    with transaction():
        db.session.query(LenderConsent).one().withdrawn_at = utc_now()

    assert members(scope, work.lender_id).lines == ()
    assert (counted(scope, work.lender_id).members, counted(scope, work.lender_id).saved) == (0, 0)
    with pytest.raises(NotFound):
        saved(work, member, 10_000)
    with pytest.raises(NotFound), transaction():
        undo_saving(**work.acting, row_id=uuid4(), undone_id=row.id)


def test_savings_add_up_and_never_go_below_nothing(factories, work):
    factories.lender_consent(work.owner_id, work.lender_id)
    member = joined(work)

    saved(work, member, 100_000)
    saved(work, member, 20_000, kind="wajib")
    saved(work, member, 60_000, direction="tarik")
    with pytest.raises(InvalidInput) as refused:
        saved(work, member, 40_001, direction="tarik")

    assert refused.value.field == "amount"
    page = member_page(work.acting["scope"], member.id)
    assert [(key, amount) for key, _, amount in page.balances] == [
        ("pokok", 0),
        ("wajib", 20_000),
        ("sukarela", 40_000),
    ]
    assert [line.balance for line in page.lines] == [40_000, 20_000, 100_000]
    assert len({line.receipt for line in page.lines}) == 3


def test_the_same_saving_sent_twice_is_one_and_another_under_its_id_is_refused(factories, work):
    factories.lender_consent(work.owner_id, work.lender_id)
    member, key = joined(work), uuid4()

    first = saved(work, member, 30_000, row_id=key)
    again = saved(work, member, 30_000, row_id=key)

    assert first.receipt == again.receipt
    with pytest.raises(Conflict):
        saved(work, member, 31_000, row_id=key)
    assert db.session.query(SavingRow).count() == 1


def test_a_wrong_saving_is_undone_once_and_both_rows_stay(factories, work):
    factories.lender_consent(work.owner_id, work.lender_id)
    member = joined(work)
    wrong = saved(work, member, 500_000)

    with transaction():
        undo_saving(**work.acting, row_id=uuid4(), undone_id=wrong.id, note="Salah ketik")

    page = member_page(work.acting["scope"], member.id)
    assert page.saved == 0
    assert [line.may_be_undone for line in page.lines] == [False, False]
    for undone in (wrong.id, page.lines[0].id):
        with pytest.raises((Conflict, WrongState)), transaction():
            undo_saving(**work.acting, row_id=uuid4(), undone_id=undone)


def test_what_was_taken_out_since_cannot_be_undone(factories, work):
    factories.lender_consent(work.owner_id, work.lender_id)
    member = joined(work)
    paid_in = saved(work, member, 50_000)
    saved(work, member, 50_000, direction="tarik")

    with pytest.raises(WrongState), transaction():
        undo_saving(**work.acting, row_id=uuid4(), undone_id=paid_in.id)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0},
        {"amount": 1_000_000_001},
        {"kind": "arisan"},
        {"direction": "pinjam"},
        {"happened_on": TODAY + timedelta(days=1)},
        {"happened_on": TODAY - timedelta(days=1)},
        {"kind": "pokok", "direction": "tarik", "amount": 1},
    ],
)
def test_what_is_no_saving_is_refused(factories, work, wrong):
    factories.lender_consent(work.owner_id, work.lender_id)
    member = joined(work)

    with pytest.raises((InvalidInput, WrongState)):
        saved(work, member, **{"amount": 10_000, **wrong})

    assert db.session.query(SavingRow).count() == 0


def test_who_leaves_gets_everything_back_and_may_come_again(factories, work):
    factories.lender_consent(work.owner_id, work.lender_id)
    member = joined(work)
    saved(work, member, 100_000, kind="pokok")

    with transaction():
        leave(**work.acting, member_id=member.id, version=1, left_on=TODAY)
    saved(work, member, 100_000, kind="pokok", direction="tarik")

    assert members(work.acting["scope"], work.lender_id).lines == ()
    with pytest.raises(WrongState):
        saved(work, member, 10_000)
    assert joined(work).id == member.id
    assert db.session.get(Member, member.id).left_on is None


def test_nobody_leaves_with_a_loan_and_nobody_joins_what_is_still_formed(factories, work):
    factories.lender_consent(work.owner_id, work.lender_id)
    member = joined(work)
    enterprise = factories.enterprise(owner=None)
    factories.loan(
        SimpleNamespace(id=work.lender_id),
        SimpleNamespace(id=enterprise.id, owner_id=work.owner_id),
        state="berjalan",
    )

    with pytest.raises(WrongState), transaction():
        leave(**work.acting, member_id=member.id, version=1, left_on=TODAY)
    forming = factories.lender(is_forming=True)
    clerk = factories.lender_officer(forming)
    factories.lender_consent(enterprise.owner_id, forming.id)
    with pytest.raises(WrongState), transaction():
        join(
            scope=scope_of(clerk.id, Permission.LENDER_WORK),
            by=clerk.id,
            lender_id=forming.id,
            owner_id=enterprise.owner_id,
            joined_on=TODAY,
        )
