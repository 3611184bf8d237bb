"""Who notes, sees and takes back which lender may see a business."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.credit.models import InformalDebt, LenderConsent, Loan
from app.credit.queries.consented import has_consented
from app.credit.rules.debts import DEBT_KINDS
from app.db import db
from app.db.transaction import transaction
from app.rights.services.erasing import erase
from tests.factories.enterprises import OTHER_VILLAGE

SAID = {"consented_on": "", "consent_way": "lisan_saksi", "consent_witness": "Pak RT"}


@pytest.fixture
def lender(factories):
    return factories.lender(name="Koperasi Mekar")


@pytest.fixture
def mentor(factories):
    return factories.account(role=Role.MENTOR)


@pytest.fixture
def owner_account(factories):
    return factories.account(role=Role.ENTREPRENEUR)


@pytest.fixture
def enterprise(factories, mentor, owner_account):
    return factories.enterprise(
        mentor=mentor, owner=factories.owner(account_id=owner_account.id), name="Keripik Sari"
    )


def said() -> dict[str, str]:
    return {**SAID, "consented_on": local_today().isoformat()}


def test_a_mentor_notes_the_word_and_that_it_was_taken_back(as_role, mentor, enterprise, lender):
    client = as_role(Role.MENTOR, account=mentor)
    pages = f"/usaha/{enterprise.id}/pinjaman/persetujuan"

    assert "belum ditanya" in client.get(pages).text
    assert "Koperasi Mekar" in client.get(f"{pages}/{lender.id}").text
    missing = client.post(f"{pages}/{lender.id}", data={**said(), "consent_witness": ""})
    assert missing.status_code == 422
    assert client.post(f"{pages}/{lender.id}", data=said()).status_code == 303
    assert has_consented(enterprise.owner_id, lender.id)
    assert "saksi Pak RT" in client.get(pages).text

    assert client.post(f"{pages}/{lender.id}", data=said()).status_code == 409
    assert client.post(f"{pages}/{lender.id}/tarik").status_code == 303
    assert not has_consented(enterprise.owner_id, lender.id)
    assert "ditarik" in client.get(pages).text


def test_neither_the_village_nor_the_lender_itself_nor_a_foreign_mentor_writes_it(
    factories, as_role, enterprise, lender
):
    address = f"/usaha/{enterprise.id}/pinjaman/persetujuan/{lender.id}"
    clerk = factories.lender_officer(lender)

    assert as_role(Role.VILLAGE_OFFICER).post(address, data=said()).status_code == 403
    assert (
        as_role(Role.COOPERATIVE_OFFICER, account=clerk).post(address, data=said()).status_code
        == 403
    )
    assert as_role(Role.MENTOR).post(address, data=said()).status_code == 404
    assert as_role(Role.LABOUR_OFFICER).post(address, data=said()).status_code == 303
    assert db.session.scalars(select(LenderConsent)).one().witness == "Pak RT"


def test_an_owner_switches_each_lender_on_and_off(
    as_role, factories, owner_account, enterprise, lender
):
    factories.lender(name="Bank Jauh", village_code=OTHER_VILLAGE)
    client = as_role(Role.ENTREPRENEUR, account=owner_account)
    address = f"/saya/data/lembaga/{lender.id}"

    page = client.get("/saya/data").text
    assert "Koperasi Mekar" in page
    assert "Bank Jauh" not in page
    assert "Koperasi Mekar" in client.get(address).text
    for _ in range(2):
        assert client.post(address).status_code == 303
    assert has_consented(enterprise.owner_id, lender.id)
    assert db.session.scalars(select(LenderConsent)).one().way == "layar"

    assert client.post(f"{address}/tarik").status_code == 303
    assert not has_consented(enterprise.owner_id, lender.id)


def test_an_owner_without_a_word_for_that_lender_finds_no_far_one(
    as_role, factories, owner_account, enterprise
):
    far = factories.lender(village_code=OTHER_VILLAGE)
    client = as_role(Role.ENTREPRENEUR, account=owner_account)

    for path in (f"/saya/data/lembaga/{far.id}", f"/saya/data/lembaga/{new_id()}"):
        assert client.get(path).status_code == client.post(path).status_code == 404


def test_data_saya_counts_savings_and_loans_and_an_erasure_forgets_debts(
    as_role, factories, owner_account, enterprise, lender
):
    by, key = owner_account.id, enterprise.owner_id
    factories.member(lender, key)
    loan_id = factories.loan(lender, enterprise, purpose_note="untuk biaya anak sakit").id
    with transaction():
        db.session.add(
            InformalDebt(
                id=new_id(),
                enterprise_id=enterprise.id,
                kind=next(iter(DEBT_KINDS)),
                amount=1_000_000,
                monthly=100_000,
                told_on=local_today(),
                recorded_by=by,
                recorded_at=utc_now(),
            )
        )
    page = as_role(Role.ENTREPRENEUR, account=owner_account).get("/saya/data").text
    assert "<strong>Simpanan</strong>: 1 catatan" in page
    assert "<strong>Pinjaman dan utang</strong>: 2 catatan" in page

    with transaction():
        erase(owner_id=key, by=by)

    assert db.session.scalars(select(InformalDebt)).all() == []
    kept = db.session.get_one(Loan, loan_id)
    assert (kept.amount, kept.purpose_note) == (5_000_000, "(dihapus)")
    assert not has_consented(key, lender.id)
