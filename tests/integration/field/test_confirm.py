"""An owner's number on the mentor's phone: it confirms the visit, and stays nowhere."""

from __future__ import annotations

import pytest

from app.core.ids import new_id
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Owner
from app.field.models import InboxItem, SyncOperation
from app.field.rules.operation import parse_operation
from app.field.services.sealed_payloads import unsealed
from app.mentoring.models import VisitConfirmation
from app.portal.models import OwnerCard
from app.portal.rules.cards import PIN_TRIES
from app.portal.services import cards
from app.portal.services.pins import set_pin

PIN, WRONG = "482915", "771302"


@pytest.fixture
def card(cared, phone):
    with transaction():
        made = cards.hand_out(
            owner_id=cared.owner_id, days="365", scope=everywhere(), by=phone.account_id
        )
    token = cards.enter(code=made.code, address="127.0.0.1", device="Ponsel pemilik")
    account_id = db.session.get_one(Owner, cared.owner_id).account_id
    set_pin(account_id=account_id, token=token, pin=PIN, again=PIN)
    return db.session.query(OwnerCard).one()


def confirm(factories, visit, pin=PIN, **around):
    data = {"visit_id": visit["record_id"], "pin": pin}
    return factories.operation("visit.confirm", visit["enterprise_id"], data, **around)


def kept_pins():
    """Whether the number can be found in what the server keeps."""
    found = []
    for row in db.session.query(SyncOperation):
        if row.payload_sealed is not None:
            found.append(str(unsealed(row.payload_sealed, key=row.op_id)))
        found.append(f"{row.extra} {row.answer}")
    return [text for text in found if PIN in text or WRONG in text]


def seen(phone, enterprise):
    changes = phone.get("/api/v1/sync/pull").get_json()["changes"]
    (one,) = [one["record"] for one in changes if one["enterprise_id"] == str(enterprise.id)]
    return [visit["is_confirmed"] for visit in one["visits"]]


@pytest.mark.usefixtures("card")
def test_the_right_number_confirms_a_visit_once_and_is_not_kept(phone, cared, factories):
    visit = factories.visit_operation(cared.id)
    said = confirm(factories, visit)

    first = phone.results(visit, said)
    again = phone.results(said, confirm(factories, visit))

    assert [one["status"] for one in first] == ["ok", "ok"]
    assert [one["status"] for one in again] == ["duplicate", "ok"]
    row = db.session.query(VisitConfirmation).one()
    assert (str(row.visit_id), row.has_come, row.way) == (visit["record_id"], True, "pin")
    assert row.recorded_by == phone.account_id
    assert kept_pins() == []
    assert seen(phone, cared) == [True]


def test_a_wrong_number_is_told_counted_and_costs_no_visit(phone, cared, factories, card):
    visit = factories.visit_operation(cared.id)
    tries = [confirm(factories, visit, WRONG) for _ in range(PIN_TRIES // 2)]

    told = phone.results(visit, *tries)
    (locked,) = phone.results(confirm(factories, visit))

    assert told[0]["status"] == "ok"
    assert {(one["status"], one["code"]) for one in told[1:]} == {("rejected", "pin_wrong")}
    assert told[1]["pesan"] == "PIN pemilik tidak cocok. Kunjungan tetap tercatat."
    # Phones use up their half; the owner's own page still opens.
    assert (locked["status"], locked["code"]) == ("rejected", "pin_locked")
    assert db.session.get_one(OwnerCard, card.id).pin_tries == PIN_TRIES // 2
    assert db.session.query(VisitConfirmation).count() == 0
    assert kept_pins() == []
    assert seen(phone, cared) == [False]


def test_without_a_card_or_a_number_nothing_is_confirmed(phone, cared, factories):
    visit = factories.visit_operation(cared.id)

    told = phone.results(visit, confirm(factories, visit), confirm(factories, visit, pin=None))

    assert [one["code"] for one in told[1:]] == ["pin_missing", "pin_gone"]
    assert db.session.query(VisitConfirmation).count() == 0


@pytest.mark.usefixtures("card")
def test_it_waits_for_its_visit_and_visits_of_others_are_unknown(phone, cared, factories):
    other = factories.enterprise()
    foreign = factories.visit(other, phone.account_id)
    visit = factories.visit_operation(cared.id)
    early = confirm(factories, visit)
    odd = factories.operation("visit.confirm", cared.id, {"visit_id": str(foreign.id), "pin": PIN})
    nobodys = factories.operation(
        "visit.confirm", cared.id, {"visit_id": str(new_id()), "pin": PIN}
    )

    told = phone.results(early, odd, nobodys)
    phone.results(visit)

    assert {(one["status"], one["code"]) for one in told} == {("held", "visit_unknown")}
    assert told[1]["pesan"] == told[2]["pesan"]
    assert [str(row.visit_id) for row in db.session.query(VisitConfirmation)] == [
        visit["record_id"]
    ]


@pytest.mark.usefixtures("card")
def test_no_fingerprint_is_made_of_a_number(factories, cared, phone):
    visit = factories.visit_operation(cared.id)
    said = confirm(factories, visit)
    other = {**said, "data": {**said["data"], "pin": WRONG}}

    assert parse_operation(said).sha256 == parse_operation(other).sha256

    phone.results(visit, said)
    phone.results({**said, "data": {"visit_id": str(new_id()), "pin": WRONG}})

    assert all(
        WRONG not in str(unsealed(item.values_sealed, key=item.id))
        for item in db.session.query(InboxItem)
        if item.values_sealed is not None
    )
    assert db.session.query(InboxItem).count() == 1
