"""An application from its draft to the money: who may do what, what blocks, who decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.queries import scope_of
from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, WrongState
from app.core.ids import new_id
from app.core.permissions import Permission, Role
from app.credit.models import Instalment, LenderConsent, Loan, LoanDecision, LoanStep
from app.credit.rules.asked import Asked
from app.credit.rules.judging import EXCEPTION, NEVER, from_json
from app.credit.services.applications import (
    cancel,
    change_draft,
    check,
    decide,
    draft_loan,
    hand_in,
    refuse,
    send_back,
    to_committee,
)
from app.credit.services.disbursing import disburse
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise, Owner

TODAY = local_today()
FIRST_DUE = TODAY + timedelta(days=30)
REASON = "Panen bulan depan sudah dipesan pembeli."


class World:
    """A lender with three people, a mentor with an enterprise whose owner agreed."""

    def __init__(self, factories, *, health_class=None, is_consented=True):
        self.factories = factories
        lender = factories.lender()
        self.lender_id = lender.id
        self.clerk, self.head, self.third = (factories.lender_officer(lender).id for _ in range(3))
        self.mentor = factories.account(role=Role.MENTOR)
        self.mentor_id = self.mentor.id
        enterprise = factories.enterprise(mentor=self.mentor)
        self.enterprise_id, self.owner_id = enterprise.id, enterprise.owner_id
        if health_class:
            factories.assessment(enterprise=enterprise, health_class=health_class)
        if is_consented:
            factories.lender_consent(self.owner_id, self.lender_id)

    def asked(self, **values):
        told = {
            "amount": 1_200_000,
            "method": "flat",
            "count": 12,
            "every": "bulan",
            "purpose": "barang",
            "needs": 500_000,
            "is_calculated": True,
            "has_arrears": False,
        }
        return Asked(lender_id=self.lender_id, **{**told, **values})

    def at(self, state, **values):
        """A loan of the enterprise that stands somewhere, handed in and checked by the clerk."""
        key = self.do(
            draft_loan, self.mentor_id, enterprise_id=self.enterprise_id, asked=self.asked(**values)
        )
        for step, to_state in (
            (hand_in, "diajukan"),
            (check, "diperiksa"),
            (to_committee, "komite"),
        ):
            if self.loan(key).state == state:
                break
            by = self.mentor_id if step is hand_in else self.clerk
            self.do(step, by, loan_id=key)
            assert self.loan(key).state == to_state
        return key

    def do(self, service, by, **values):
        is_lender = by != self.mentor_id
        permission = Permission.LENDER_WORK if is_lender else Permission.LOAN_ASK
        if service in (draft_loan, change_draft, hand_in, cancel):
            values["as_lender"] = is_lender
        if "loan_id" in values and service not in (draft_loan, disburse):
            values.setdefault("version", self.loan(values["loan_id"]).version)
        with transaction():
            return service(scope=scope_of(by, permission), by=by, **values).id

    def pay_out(self, by, key, **values):
        days = {"disbursed_on": TODAY, "first_due_on": FIRST_DUE, **values}
        return self.do(disburse, by, loan_id=key, **days)

    def loan(self, key):
        db.session.rollback()
        return db.session.get_one(Loan, key)


@pytest.fixture
def world(factories):
    return World(factories, health_class="kurang_sehat")


def test_from_the_draft_to_the_money_by_two_people_twice(world):
    key = world.at("komite")

    world.do(decide, world.head, loan_id=key, reason=REASON)
    assert world.loan(key).state == "komite"
    world.do(decide, world.clerk, loan_id=key)
    assert world.loan(key).state == "disetujui"
    world.pay_out(world.head, key)
    assert (world.loan(key).state, world.loan(key).principal_left) == ("disetujui", 0)
    world.pay_out(world.clerk, key)

    loan = world.loan(key)
    assert (loan.state, loan.principal_left, loan.next_due_on) == (
        "berjalan",
        1_200_000,
        FIRST_DUE,
    )
    assert db.session.query(Instalment).filter_by(loan_id=key, schedule_no=1).count() == 12
    steps = db.session.scalars(
        select(LoanStep.to_state).where(LoanStep.loan_id == key).order_by(LoanStep.id)
    ).all()
    assert steps == [
        "diajukan",
        "diperiksa",
        "komite",
        "komite",
        "disetujui",
        "disetujui",
        "dicairkan",
        "berjalan",
    ]


def test_the_same_draft_is_one_and_a_draft_can_be_changed(world):
    key = new_id()
    for _ in range(2):
        world.do(
            draft_loan,
            world.mentor_id,
            loan_id=key,
            enterprise_id=world.enterprise_id,
            asked=world.asked(),
        )

    world.do(change_draft, world.mentor_id, loan_id=key, asked=world.asked(amount=900_000))

    assert db.session.query(Loan).count() == 1
    assert world.loan(key).amount == 900_000


def test_what_was_changed_meanwhile_is_not_acted_on(world):
    key = world.at("diajukan")
    seen = world.loan(key).version
    world.do(check, world.clerk, loan_id=key)

    with pytest.raises(Conflict):
        world.do(refuse, world.head, loan_id=key, version=seen, reason=REASON)
    with pytest.raises(WrongState):
        world.do(check, world.head, loan_id=key)


def test_one_person_decides_once_and_those_who_prepared_not_alone(world):
    key = new_id()
    world.do(
        draft_loan, world.clerk, loan_id=key, enterprise_id=world.enterprise_id, asked=world.asked()
    )
    world.do(hand_in, world.clerk, loan_id=key)
    world.do(check, world.head, loan_id=key)
    world.do(to_committee, world.head, loan_id=key)
    world.do(decide, world.clerk, loan_id=key, reason=REASON)

    with pytest.raises(Conflict):
        world.do(decide, world.clerk, loan_id=key, reason=REASON)
    with pytest.raises(NotAllowed):
        world.do(decide, world.head, loan_id=key)
    world.do(decide, world.third, loan_id=key)

    assert world.loan(key).state == "disetujui"


def test_nobody_judges_or_pays_out_their_own_loan(world):
    key = world.at("komite")
    with transaction():
        db.session.get_one(Owner, world.owner_id).account_id = world.head

    for act in (
        lambda: world.do(decide, world.head, loan_id=key, reason=REASON),
        lambda: world.do(refuse, world.head, loan_id=key, reason=REASON),
    ):
        with pytest.raises(NotAllowed):
            act()
    world.do(decide, world.clerk, loan_id=key, reason=REASON)
    world.do(decide, world.third, loan_id=key)
    with pytest.raises(NotAllowed):
        world.pay_out(world.head, key)
    assert db.session.query(LoanDecision).filter_by(by=world.head).count() == 0


def test_a_sick_enterprise_gets_a_loan_only_by_a_written_exception(factories):
    world = World(factories, health_class="sakit")
    key = world.at("komite")
    judged = from_json(world.loan(key).judged)
    assert judged.need == EXCEPTION
    assert judged.blocks[0].code == "sakit"
    assert judged.blocks[0].therapies == ("T20", "T21", "T22")

    with pytest.raises(InvalidInput):
        world.do(decide, world.head, loan_id=key, reason="ya")
    world.do(decide, world.head, loan_id=key, reason=REASON)
    world.do(decide, world.clerk, loan_id=key)

    loan = world.loan(key)
    assert (loan.state, loan.exception_reason, loan.exception_by) == (
        "disetujui",
        REASON,
        world.head,
    )


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"loss_months": 3, "book_coverage": 80}, "KO-2"),
        ({"arrears_days": 100}, "KO-3"),
        ({"debt_service_ratio": 60}, "KO-4"),
    ],
)
def test_rules_that_fired_block_by_their_own_words(factories, facts, code):
    world = World(factories)
    enterprise = factories.enterprise(mentor=world.mentor)
    found = factories.findings(3, facts=facts)
    factories.assessment(enterprise=enterprise, found=found)
    factories.lender_consent(enterprise.owner_id, world.lender_id)
    world.enterprise_id = enterprise.id

    key = world.at("diperiksa")

    blocks = from_json(world.loan(key).judged).blocks
    assert code in [one.code for one in blocks]
    assert all(one.reason and "T20" in one.therapies for one in blocks)


def test_an_enterprise_that_rests_is_lent_to_only_by_a_written_exception(world):
    with transaction():
        db.session.get_one(Enterprise, world.enterprise_id).life_cycle = "tutup"

    judged = from_json(world.loan(world.at("diperiksa")).judged)

    assert judged.need == EXCEPTION
    assert [one.code for one in judged.blocks] == ["tidak_berjalan"]
    assert "tutup" not in judged.blocks[0].reason


def test_who_closed_after_the_check_is_not_lent_to(world):
    key = world.at("komite")
    world.do(decide, world.head, loan_id=key, reason=REASON)
    with transaction():
        db.session.get_one(Enterprise, world.enterprise_id).life_cycle = "tutup"

    with pytest.raises(WrongState):
        world.do(decide, world.clerk, loan_id=key)
    assert world.loan(key).state == "komite"


def test_who_got_sick_after_the_check_is_not_lent_to(world, factories):
    key = world.at("komite")
    world.do(decide, world.head, loan_id=key, reason=REASON)
    enterprise = db.session.get_one(Enterprise, world.enterprise_id)
    factories.assessment(enterprise=enterprise, health_class="sakit")

    with pytest.raises(WrongState):
        world.do(decide, world.clerk, loan_id=key)
    assert world.loan(key).state == "komite"


def test_a_loan_for_a_loss_never_reaches_the_committee(world):
    key = world.at("diperiksa", purpose="rugi")
    assert from_json(world.loan(key).judged).need == NEVER

    with pytest.raises(WrongState):
        world.do(to_committee, world.clerk, loan_id=key)
    world.do(send_back, world.clerk, loan_id=key, reason="Ubah tujuan pinjamannya.")

    assert (world.loan(key).state, world.loan(key).judged) == ("draf", {})


def test_without_the_word_of_the_owner_nothing_is_handed_in_or_seen(factories):
    world = World(factories, is_consented=False)
    with pytest.raises(WrongState):
        world.at("diajukan")
    with pytest.raises(NotFound):
        world.do(draft_loan, world.clerk, enterprise_id=world.enterprise_id, asked=world.asked())


def test_a_word_taken_back_ends_what_the_lender_can_do(world):
    key = world.at("komite")
    with transaction():
        row = db.session.scalars(select(LenderConsent)).one()
        row.withdrawn_at = row.recorded_at

    for act in (
        lambda: world.do(decide, world.head, loan_id=key, reason=REASON),
        lambda: world.do(refuse, world.head, loan_id=key, reason=REASON),
        lambda: world.pay_out(world.head, key),
    ):
        with pytest.raises(NotFound):
            act()
    world.do(cancel, world.mentor_id, loan_id=key, reason="Pemilik menarik persetujuannya.")
    assert world.loan(key).state == "dibatalkan"


def test_other_lenders_and_other_mentors_reach_nothing(world, factories):
    key = world.at("diajukan")
    stranger = factories.lender_officer(factories.lender()).id
    other = factories.account(role=Role.MENTOR).id
    reach = scope_of(other, Permission.LOAN_ASK)

    with pytest.raises(NotFound):
        world.do(check, stranger, loan_id=key)
    with pytest.raises(NotFound), transaction():
        cancel(scope=reach, by=other, as_lender=False, loan_id=key, version=2, reason=REASON)
    with pytest.raises(NotFound), transaction():
        draft_loan(
            scope=reach,
            by=other,
            as_lender=False,
            enterprise_id=world.enterprise_id,
            asked=world.asked(),
        )


def test_two_applications_do_not_wait_at_one_lender(world):
    world.at("diajukan")

    with pytest.raises(Conflict):
        world.at("diajukan")


def test_a_refusal_needs_a_reason_and_is_the_end(world):
    key = world.at("diajukan")
    with pytest.raises(InvalidInput):
        world.do(refuse, world.clerk, loan_id=key, reason=" ")

    world.do(refuse, world.clerk, loan_id=key, reason=REASON)

    assert world.loan(key).state == "ditolak"
    with pytest.raises(WrongState):
        world.do(check, world.clerk, loan_id=key)


@pytest.mark.parametrize(
    "values",
    [
        {"amount": 1},
        {"count": 0},
        {"rate": 30_001},
        {"margin": 5},
        {"fee": 1_200_000},
        {"purpose": "lain"},
        {"method": "lain"},
    ],
)
def test_terms_that_are_no_loan_are_refused(world, values):
    with pytest.raises(InvalidInput):
        world.do(
            draft_loan,
            world.mentor_id,
            enterprise_id=world.enterprise_id,
            asked=replace(world.asked(), **values),
        )


def test_money_is_given_on_real_days_only(world):
    key = world.at("komite")
    world.do(decide, world.head, loan_id=key, reason=REASON)
    world.do(decide, world.clerk, loan_id=key)

    for days in (
        {"disbursed_on": TODAY + timedelta(days=1)},
        {"disbursed_on": TODAY - timedelta(days=1)},
        {"first_due_on": TODAY},
        {"first_due_on": TODAY + timedelta(days=400)},
    ):
        with pytest.raises(InvalidInput):
            world.pay_out(world.head, key, **days)
    world.pay_out(world.head, key)
    with pytest.raises(Conflict):
        world.pay_out(world.head, key)
