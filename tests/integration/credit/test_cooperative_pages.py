"""The pages of those who work for a lender: members, savings with receipts, and what stays shut."""

from __future__ import annotations

import re
from types import SimpleNamespace
from uuid import uuid4

import pytest

from app.core.clock import local_today, utc_now
from app.core.permissions import Role
from app.credit.models import LenderConsent, Member, SavingRow
from app.db import db
from app.db.transaction import transaction
from app.web.filters import tanggal

TODAY = tanggal(local_today())


@pytest.fixture
def work(factories, as_role):
    lender = factories.lender(name="Koperasi Mekar", principal_saving=100_000)
    clerk = factories.lender_officer(lender)
    owner = factories.owner(name="Siti Aminah", nik=factories.nik())
    owner_id, nik = owner.id, owner.nik_masked
    factories.enterprise(owner=owner, name="Tempe Bu Siti")
    factories.lender_consent(owner_id, lender.id)
    client = as_role(Role.COOPERATIVE_OFFICER, account=clerk)
    return SimpleNamespace(lender_id=lender.id, owner_id=owner_id, client=client, nik=nik)


def test_a_member_is_taken_in_saves_gets_a_receipt_and_a_slip_is_undone(work):
    client, members = work.client, f"/koperasi/{work.lender_id}/anggota"
    assert client.get("/").location.endswith("/koperasi")
    assert "Siti Aminah" in client.get(f"{members}/baru?cari=aminah").text

    taken = client.post(f"{members}/baru/{work.owner_id}", data={"joined_on": TODAY})
    page = client.get(taken.location).text
    said = {"direction": "setor", "kind": "pokok", "amount": "100.000", "happened_on": TODAY}
    number = {"number": str(uuid4())}
    answers = [client.post(f"{taken.location}/simpanan", data=said | number) for _ in range(2)]
    slip = client.get(answers[0].location).text

    assert work.nik in page
    assert {one.location for one in answers} == {answers[0].location}
    assert db.session.query(SavingRow).count() == 1
    assert "Rp 100.000" in slip
    sheet = client.get(f"{answers[0].location}/bukti.pdf")
    assert (sheet.status_code, sheet.data[:5]) == (200, b"%PDF-")
    assert "Siti Aminah" in client.get(f"{members}?cari=siti").text
    assert "Rp 100.000" in client.get("/koperasi").text
    assert client.post(f"{answers[0].location}/batal", data={}).status_code == 422
    undone = client.post(f"{answers[0].location}/batal", data={"note": "Salah orang"})
    assert undone.status_code == 303
    ledger = client.get(taken.location).text
    for words in ("dibatalkan", "Salah orang"):
        assert words in ledger
    left = client.post(
        f"{taken.location}/keluar",
        data={
            "left_on": TODAY,
            "version": re.search(
                r'name="version"[^>]*value="(\d+)"', client.get(f"{taken.location}/keluar").text
            ).group(1),
        },
    )
    assert left.status_code == 303
    assert "Siti Aminah" in client.get(f"{members}?keluar=ya").text


def test_too_much_is_refused_at_its_box(work, factories):
    member = factories.member(
        SimpleNamespace(id=work.lender_id, next_member_number=1), work.owner_id, is_consented=False
    )
    said = {"direction": "tarik", "kind": "sukarela", "amount": "1.000", "happened_on": TODAY}

    answer = work.client.post(f"/koperasi/anggota/{member.id}/simpanan", data=said)

    assert answer.status_code == 422
    assert "hanya Rp 0" in answer.text


def test_after_a_withdrawal_the_next_request_finds_nothing(work, factories):
    member = factories.member(
        SimpleNamespace(id=work.lender_id, next_member_number=1), work.owner_id, is_consented=False
    )
    at, members = f"/koperasi/anggota/{member.id}", f"/koperasi/{work.lender_id}/anggota"
    assert work.client.get(at).status_code == 200

    with transaction():
        db.session.query(LenderConsent).one().withdrawn_at = utc_now()

    for path in (at, f"{at}/simpanan", f"{at}/keluar", f"{members}/baru/{work.owner_id}"):
        assert work.client.get(path).status_code == 404
    for path in ("/koperasi", members, f"{members}?cari=siti", f"{members}/baru"):
        assert "Siti Aminah" not in work.client.get(path).text


def test_who_works_elsewhere_or_nowhere_sees_nothing_of_it(work, factories, as_role):
    member = factories.member(
        SimpleNamespace(id=work.lender_id, next_member_number=1), work.owner_id, is_consented=False
    )
    other = factories.lender_officer(factories.lender(name="BMT Lain"))
    stranger = as_role(Role.COOPERATIVE_OFFICER, account=other)
    nobody = as_role(Role.COOPERATIVE_OFFICER)

    for client in (stranger, nobody):
        assert "Koperasi Mekar" not in client.get("/koperasi").text
        for path in (f"/koperasi/{work.lender_id}/anggota", f"/koperasi/anggota/{member.id}"):
            assert client.get(path).status_code == 404
        posted = client.post(
            f"/koperasi/{work.lender_id}/anggota/baru/{work.owner_id}", data={"joined_on": TODAY}
        )
        assert posted.status_code == 404
    assert "belum ditunjuk" in nobody.get("/koperasi").text
    assert db.session.query(Member).count() == 1


@pytest.mark.parametrize(
    "role", [one for one in Role if one is not Role.COOPERATIVE_OFFICER], ids=str
)
def test_no_other_role_opens_these_pages(as_role, work, role):
    client = as_role(role)

    paths = ("/koperasi", f"/koperasi/{work.lender_id}/anggota")
    assert [client.get(path).status_code for path in paths] == [403, 403]
