"""The sheet of readiness: who reads it, what stands in it and what never does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import everywhere
from app.credit.models import InformalDebt
from app.credit.services.consents import withdraw_lender_consent
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from tests.pdf_text import pdf_text

TODAY = local_today()


@pytest.fixture
def lender(factories):
    return factories.lender(name="Koperasi Mekar")


@pytest.fixture
def clerk_client(factories, as_role, lender):
    return as_role(Role.COOPERATIVE_OFFICER, account=factories.lender_officer(lender))


@pytest.fixture
def mentor(factories):
    return factories.account(role=Role.MENTOR)


@pytest.fixture
def enterprise(factories, mentor, lender):
    """With a class that got better, a visit, a late loan here, one elsewhere, and a debt."""
    owner = factories.owner(name="Siti Aminah", nik=factories.nik())
    row = factories.enterprise(mentor=mentor, owner=owner, name="Keripik Sari")
    key = row.id
    for health_class, days in (("sakit", 90), ("sehat", 10)):
        factories.assessment(
            enterprise=db.session.get_one(Enterprise, key),
            health_class=health_class,
            assessed_on=TODAY - timedelta(days=days),
        )
    factories.visit(
        db.session.get_one(Enterprise, key), mentor.id, findings="rahasia temuan pendamping"
    )
    late = {"state": "berjalan", "next_due_on": TODAY - timedelta(days=12)}
    row = db.session.get_one(Enterprise, key)
    factories.loan(lender, row, principal_left=4_000_000, **late)
    factories.loan(factories.lender(), row, principal_left=9_111_000, state="berjalan")
    with transaction():
        db.session.add(
            InformalDebt(
                id=new_id(),
                enterprise_id=key,
                kind="rentenir",
                amount=6_222_000,
                monthly=900_000,
                told_on=TODAY,
                recorded_by=mentor.id,
                recorded_at=utc_now(),
            )
        )
    return db.session.get_one(Enterprise, key)


def test_a_lender_reads_it_with_the_owners_word_and_never_without(
    factories, clerk_client, mentor, lender, enterprise
):
    key, owner_id = enterprise.id, enterprise.owner_id
    address = f"/koperasi/{lender.id}/usaha/{key}/kesiapan"
    assert clerk_client.get(address).status_code == 404
    factories.lender_consent(owner_id, lender.id)

    page = clerk_client.get(address)
    paper = clerk_client.get(f"{address}.pdf")

    assert page.status_code == paper.status_code == 200
    for said in (page.text, pdf_text(paper.data)):
        assert "Sehat" in said
        assert "membaik" in said
        assert "12 hari" in said
        assert "4.000.000" in said
        for hidden in ("rahasia", "9.111", "6.222", "13.111", "rentenir", "Rentenir"):
            assert hidden not in said, hidden

    with transaction():
        withdraw_lender_consent(
            scope=everywhere(), by=mentor.id, owner_id=owner_id, lender_id=lender.id
        )
    assert clerk_client.get(address).status_code == 404
    assert clerk_client.get(f"{address}.pdf").status_code == 404


def test_another_lender_reads_nothing_of_it(factories, clerk_client, lender, enterprise):
    other = factories.lender()
    factories.lender_consent(enterprise.owner_id, other.id)

    for lender_id in (other.id, lender.id, new_id()):
        address = f"/koperasi/{lender_id}/usaha/{enterprise.id}/kesiapan"
        assert clerk_client.get(address).status_code == 404


def test_a_mentor_reads_all_loans_and_prints_only_for_who_may_have_it(
    factories, as_role, mentor, lender, enterprise
):
    client = as_role(Role.MENTOR, account=mentor)
    address = f"/usaha/{enterprise.id}/pinjaman/kesiapan"
    paper = f"{address}/{lender.id}.pdf"

    assert "Belum ada lembaga yang boleh melihatnya" in client.get(address).text
    assert "13.111.000" in client.get(address).text
    assert client.get(paper).status_code == 404
    factories.lender_consent(enterprise.owner_id, lender.id)
    assert "Cetak untuk Koperasi Mekar" in client.get(address).text
    assert "13.111.000" not in pdf_text(client.get(paper).data)

    assert as_role(Role.VILLAGE_OFFICER).get(address).status_code == 403
    assert as_role(Role.MENTOR).get(address).status_code == 404


def test_the_owner_is_told_which_lender_looked(factories, as_role, clerk_client, lender):
    account = factories.account(role=Role.ENTREPRENEUR)
    row = factories.enterprise(owner=factories.owner(account_id=account.id))
    factories.lender_consent(row.owner_id, lender.id)

    clerk_client.get(f"/koperasi/{lender.id}/usaha/{row.id}/kesiapan")

    looks = as_role(Role.ENTREPRENEUR, account=account).get("/saya/data/dilihat").text
    assert "petugas koperasi" in looks
