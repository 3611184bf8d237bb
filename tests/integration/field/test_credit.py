"""Instalments and savings taken in without signal: once, with one receipt, and only for a lender
that the mentor works for and that the owner lets see the business."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from app.accounts.models import Account
from app.core.clock import local_today
from app.core.ids import new_id
from app.core.scope import everywhere
from app.credit.models import Lender, LenderOfficer, Loan, Repayment, SavingRow
from app.credit.services.consents import withdraw_lender_consent
from app.credit.services.lenders import dismiss
from app.credit.services.repayments import repay
from app.db import db
from app.db.transaction import transaction
from app.field.models import InboxItem

TODAY = local_today()
# 5 million, flat 18%, ten months.
MONTHLY, IN_ALL = 575_000, 5_750_000


@pytest.fixture
def lent(phone, cared, factories):
    """A loan and a membership at a lender that the mentor works for."""
    lender = factories.lender(name="Koperasi Mekar")
    key = lender.id
    factories.lender_officer(lender, account=db.session.get_one(Account, phone.account_id))
    member = factories.member(db.session.get_one(Lender, key), cared.owner_id).id
    loan = factories.running_loan(db.session.get_one(Lender, key), cared).id
    return SimpleNamespace(lender_id=key, member_id=member, loan_id=loan, owner_id=cared.owner_id)


def instalment(factories, enterprise_id, loan_id, amount=MONTHLY, **around):
    data = {"loan_id": str(loan_id), "amount": amount, "paid_on": TODAY.isoformat()}
    return factories.operation("loan.repay", enterprise_id, data, **around)


def saving(factories, enterprise_id, member_id, kind="wajib", amount=20_000):
    data = {
        "member_id": str(member_id),
        "kind": kind,
        "amount": amount,
        "happened_on": TODAY.isoformat(),
    }
    return factories.operation("saving.save", enterprise_id, data)


def card(phone):
    text = phone.get("/api/v1/sync/pull").get_data(as_text=True)
    return json.loads(text)["changes"][0]["record"]


def withdraw(lent, by):
    with transaction():
        withdraw_lender_consent(
            scope=everywhere(), by=by, owner_id=lent.owner_id, lender_id=lent.lender_id
        )


def leave_lender(lent, by):
    officer = db.session.query(LenderOfficer).filter_by(lender_id=lent.lender_id).one().id
    with transaction():
        dismiss(scope=everywhere(), by=by, lender_id=lent.lender_id, officer_id=officer)


def pay_elsewhere(lent, factories, amount):
    clerk = factories.lender_officer(db.session.get_one(Lender, lent.lender_id)).id
    with transaction():
        repay(
            scope=everywhere(clerk),
            by=clerk,
            repayment_id=new_id(),
            loan_id=lent.loan_id,
            amount=amount,
            paid_on=TODAY,
        )


def said(told):
    return [(one["status"], one["code"], one["pesan"]) for one in told]


def test_sums_taken_in_are_kept_once_with_one_receipt_each(phone, cared, factories, lent):
    paid = instalment(factories, cared.id, lent.loan_id)
    saved = saving(factories, cared.id, lent.member_id)

    first = phone.results(paid, saved)
    again = phone.results(saved, paid)
    # As after a phone was set up anew.
    renewed = phone.results({**paid, "op_id": str(new_id())}, {**saved, "op_id": str(new_id())})

    assert [one["status"] for one in first] == ["ok", "ok"]
    row, line = db.session.query(Repayment).one(), db.session.query(SavingRow).one()
    assert [one["receipt"] for one in first] == [row.receipt, line.receipt]
    assert row.receipt in first[0]["pesan"]
    assert [one["receipt"] for one in again] == [line.receipt, row.receipt]
    assert {one["status"] for one in again} == {"duplicate"}
    assert [one["receipt"] for one in renewed] == [row.receipt, line.receipt]
    assert (str(row.id), row.recorded_by) == (paid["record_id"], phone.account_id)
    assert (line.kind, line.direction, line.balance) == ("wajib", "setor", 20_000)


def test_other_content_under_a_known_record_waits_for_a_person(phone, cared, factories, lent):
    paid = instalment(factories, cared.id, lent.loan_id)
    phone.results(paid)

    other = {**paid, "op_id": str(new_id()), "data": {**paid["data"], "amount": 5_000}}
    (told,) = phone.results(other)

    assert (told["status"], told["code"]) == ("review", "repayment_other")
    assert db.session.query(Repayment).one().amount == MONTHLY


def test_what_is_not_the_senders_to_collect_is_answered_as_what_is_nowhere(
    phone, cared, factories, lent
):
    other = factories.lender()
    foreign = factories.running_loan(other, cared).id
    member = factories.member(db.session.merge(other), cared.owner_id, is_consented=False).id
    neighbour, far = (
        factories.enterprise(),
        factories.enterprise(village_code="35.07.10.2003"),
    )
    lender = db.session.get_one(Lender, lent.lender_id)
    near_loan = factories.running_loan(lender, neighbour).id
    far_loan = factories.running_loan(db.session.get_one(Lender, lent.lender_id), far).id

    told = phone.results(
        instalment(factories, cared.id, new_id()),
        instalment(factories, cared.id, foreign),
        saving(factories, cared.id, member),
        instalment(factories, neighbour.id, near_loan),
        instalment(factories, far.id, far_loan),
        # Under an enterprise in care, for the loan of one that is not.
        instalment(factories, cared.id, near_loan),
    )

    assert len(set(said(told))) == 1
    assert (told[0]["status"], told[0]["code"]) == ("rejected", "collecting_unknown")
    assert not any("receipt" in one for one in told)
    assert db.session.query(Repayment).count() + db.session.query(SavingRow).count() == 0


@pytest.mark.parametrize("ends", [withdraw, leave_lender])
def test_what_ends_meanwhile_closes_loan_and_card_and_says_nothing(
    phone, cared, factories, lent, ends
):
    by = factories.account().id
    assert card(phone)["collecting"]["loans"][0]["amount"] == MONTHLY
    cursor = phone.get("/api/v1/sync/pull").get_json()["cursor"]
    ends(lent, by)

    told = phone.results(
        instalment(factories, cared.id, lent.loan_id),
        saving(factories, cared.id, lent.member_id),
        instalment(factories, cared.id, new_id()),
    )
    (change,) = phone.get(f"/api/v1/sync/pull?cursor={cursor}").get_json()["changes"]

    assert len(set(said(told))) == 1
    assert told[0]["code"] == "collecting_unknown"
    assert change["record"]["collecting"] is None
    assert db.session.query(Repayment).count() + db.session.query(SavingRow).count() == 0


def test_the_phone_holds_what_is_due_at_its_lender_and_no_other_debts(
    phone, cared, factories, lent
):
    other = factories.lender(name="Bank Sebelah")
    factories.running_loan(other, cared, amount=8_000_000)
    pay_elsewhere(lent, factories, 75_000)

    told = card(phone)
    text = json.dumps(told["collecting"])

    assert told["collecting"]["loans"] == [
        {
            "id": str(lent.loan_id),
            "lender": "Koperasi Mekar",
            "due_on": TODAY.isoformat(),
            "amount": MONTHLY - 75_000,
        }
    ]
    assert told["collecting"]["members"][0]["kinds"] == ["pokok", "wajib", "sukarela"]
    assert "Bank Sebelah" not in text
    assert "nik" not in text


def test_a_payment_at_the_desk_renews_the_card_of_who_collects_alone(phone, cared, factories, lent):
    other = factories.lender()
    elsewhere = factories.running_loan(other, cared).id
    cursor = phone.get("/api/v1/sync/pull").get_json()["cursor"]
    foreign = SimpleNamespace(lender_id=other.id, loan_id=elsewhere)

    pay_elsewhere(foreign, factories, 50_000)
    nothing = phone.get(f"/api/v1/sync/pull?cursor={cursor}").get_json()["changes"]
    pay_elsewhere(lent, factories, 50_000)
    (change,) = phone.get(f"/api/v1/sync/pull?cursor={cursor}").get_json()["changes"]

    assert nothing == []
    assert change["record"]["collecting"]["loans"][0]["amount"] == MONTHLY - 50_000


def test_a_phone_of_no_officer_holds_nothing_of_loans(phone, cared, factories):
    factories.running_loan(factories.lender(), cared)

    assert card(phone)["collecting"] is None


def test_more_than_is_owed_is_asked_back_unless_others_were_paid_meanwhile(
    phone, cared, factories, lent
):
    (typed_wrong,) = phone.results(instalment(factories, cared.id, lent.loan_id, IN_ALL * 10))
    pay_elsewhere(lent, factories, IN_ALL - 100_000)
    (doubtful,) = phone.results(instalment(factories, cared.id, lent.loan_id, 150_000))

    assert (typed_wrong["status"], typed_wrong["code"]) == ("rejected", "more_than_owed")
    assert "angka nolnya" in typed_wrong["pesan"]
    assert (doubtful["status"], doubtful["code"]) == ("review", "paid_meanwhile")
    assert db.session.query(Repayment).count() == 1


def test_a_loan_settled_meanwhile_is_for_a_person(phone, cared, factories, lent):
    pay_elsewhere(lent, factories, IN_ALL)

    (told,) = phone.results(instalment(factories, cared.id, lent.loan_id))

    assert db.session.get_one(Loan, lent.loan_id).state == "lunas"
    assert (told["status"], told["code"]) == ("review", "loan_settled")
    assert db.session.query(InboxItem).one().code == "loan_settled"
    assert db.session.query(Repayment).count() == 1
