"""The pages of applications: mentor and office on one side, the lender on the other."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.clock import local_today
from app.core.permissions import ROLE_PERMISSIONS, Permission, Role
from app.credit.models import Lender, LenderConsent, Loan
from app.credit.queries import applications
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise

TODAY = local_today()
REASON = "Pesanan bulan depan sudah pasti dan dibayar di muka."
ASKED = {
    "jumlah": "1.200.000",
    "metode": "flat",
    "bunga": "12",
    "per": "tahun",
    "diangsur": "bulan",
    "kali": "12",
    "tujuan": "barang",
    "keterangan": "Tepung dan minyak",
    "dihitung": "ya",
    "kebutuhan": "500.000",
    "tunggakan": "tidak",
}


@pytest.fixture
def place(factories, as_role):
    """A lender with two people, a mentor with a sick enterprise whose owner agreed."""
    lender = factories.lender(name="Koperasi Mekar")
    clerks = [factories.lender_officer(lender) for _ in range(2)]
    mentor = factories.account(role=Role.MENTOR)
    enterprise = factories.enterprise(mentor=mentor, name="Keripik Bu Sri")
    factories.assessment(enterprise=enterprise, health_class="sakit")
    factories.lender_consent(enterprise.owner_id, lender.id)
    return {
        "lender": lender.id,
        "enterprise": enterprise.id,
        "clerk_id": clerks[0].id,
        "mentor": as_role(Role.MENTOR, account=mentor),
        "clerks": [as_role(Role.COOPERATIVE_OFFICER, account=one) for one in clerks],
    }


def asked_by_mentor(place):
    address = f"/usaha/{place['enterprise']}/pinjaman/ajukan"
    answer = place["mentor"].post(address, data={**ASKED, "lembaga": str(place["lender"])})
    assert answer.status_code == 303, answer.text
    return db.session.scalars(select(Loan.id)).one()


def step(client, base, loan_id, name, **data):
    db.session.rollback()
    version = db.session.get_one(Loan, loan_id).version
    address = f"{base}/{loan_id}/{name}"
    assert client.get(address).status_code == 200
    return client.post(address, data={"version": version, **data})


def state(loan_id):
    db.session.rollback()
    return db.session.get_one(Loan, loan_id).state


MENTOR, LENDER = "/pinjaman/pengajuan", "/koperasi/pengajuan"


def test_an_application_walks_through_the_pages_to_the_money(place):
    loan_id = asked_by_mentor(place)
    one, other = place["clerks"]
    draft = place["mentor"].get(f"{MENTOR}/{loan_id}").text
    assert "Jangan menambah utang dulu" in draft
    assert "terapi/tambah?kode=T20" in draft

    step(place["mentor"], MENTOR, loan_id, "serahkan")
    listed = one.get(LENDER).text
    assert f"{LENDER}/{loan_id}" in listed
    step(one, LENDER, loan_id, "periksa")
    step(one, LENDER, loan_id, "komite")
    short = step(one, LENDER, loan_id, "setujui")
    assert short.status_code == 422
    step(one, LENDER, loan_id, "setujui", reason=REASON)
    twice = step(one, LENDER, loan_id, "setujui", reason=REASON)
    assert twice.status_code == 409
    assert REASON in other.get(f"{LENDER}/{loan_id}/setujui").text
    step(other, LENDER, loan_id, "setujui")
    assert state(loan_id) == "disetujui"
    days = {
        "disbursed_on": TODAY.strftime("%d-%m-%Y"),
        "first_due_on": (TODAY + timedelta(days=30)).strftime("%d-%m-%Y"),
    }
    for client in (one, other):
        assert step(client, LENDER, loan_id, "cairkan", **days).status_code == 303

    assert state(loan_id) == "berjalan"
    assert f"/koperasi/pinjaman/{loan_id}" in one.get(f"{LENDER}/{loan_id}").text
    assert "Berjalan" in place["mentor"].get(f"/usaha/{place['enterprise']}/pinjaman").text
    assert "Disetujui orang pertama" in place["mentor"].get(f"{MENTOR}/{loan_id}").text


def test_an_application_names_its_offer_and_what_does_not_fit_it(place):
    loan_id = asked_by_mentor(place)
    page, form = f"{MENTOR}/{loan_id}", f"{MENTOR}/{loan_id}/ubah"
    assert "Tidak cocok" not in place["mentor"].get(page).text

    said = {**ASKED, "lembaga": str(place["lender"]), "version": "1", "produk": "kur_mikro"}
    answer = place["mentor"].post(form, data=said)
    assert answer.status_code == 303, answer.text

    shown = place["mentor"].get(page).text
    assert "KUR Mikro" in shown
    assert "Jumlah untuk KUR Mikro: lebih dari Rp 10.000.000" in shown
    step(place["mentor"], MENTOR, loan_id, "serahkan")
    assert "Tidak cocok dengan produknya" in place["clerks"][0].get(f"{LENDER}/{loan_id}").text


def test_a_refusal_says_why_to_the_mentor(place):
    loan_id = asked_by_mentor(place)
    step(place["mentor"], MENTOR, loan_id, "serahkan")

    step(place["clerks"][0], LENDER, loan_id, "tolak", reason=REASON)

    assert f"Ditolak: {REASON}" in place["mentor"].get(f"{MENTOR}/{loan_id}").text


def test_a_lender_drafts_for_who_agreed_and_changes_it(place):
    clerk = place["clerks"][0]
    chosen = clerk.get(f"{LENDER}/baru/{place['lender']}").text
    assert "Keripik Bu Sri" in chosen
    address = f"{LENDER}/baru/{place['lender']}/{place['enterprise']}"
    assert clerk.get(address).status_code == 200
    clerk.post(address, data={**ASKED, "lembaga": str(place["lender"])})
    loan_id = db.session.scalars(select(Loan.id)).one()

    changed = {**ASKED, "lembaga": str(place["lender"]), "jumlah": "900.000"}
    step(clerk, LENDER, loan_id, "ubah", **changed)

    db.session.rollback()
    assert db.session.get_one(Loan, loan_id).amount == 900_000


def test_after_the_word_was_taken_back_the_lender_finds_nothing(place):
    loan_id = asked_by_mentor(place)
    step(place["mentor"], MENTOR, loan_id, "serahkan")
    clerk = place["clerks"][0]
    assert clerk.get(f"{LENDER}/{loan_id}").status_code == 200
    with transaction():
        row = db.session.scalars(select(LenderConsent)).one()
        row.withdrawn_at = row.recorded_at

    assert clerk.get(f"{LENDER}/{loan_id}").status_code == 404
    assert clerk.post(f"{LENDER}/{loan_id}/periksa", data={"version": "2"}).status_code == 404
    assert "Keripik Bu Sri" not in clerk.get(LENDER).text
    assert "Keripik Bu Sri" not in clerk.get(f"{LENDER}/baru/{place['lender']}").text
    new = f"{LENDER}/baru/{place['lender']}/{place['enterprise']}"
    assert clerk.get(new).status_code == 404
    assert place["mentor"].get(f"{MENTOR}/{loan_id}").status_code == 200


def test_no_application_waits_unseen_behind_a_full_page(place, factories, monkeypatch):
    """Older drafts of one's own don't push out what was handed in, and the rest has a page."""
    monkeypatch.setattr(applications, "PAGE_SIZE", 2)
    lender, clerk = db.session.get_one(Lender, place["lender"]), place["clerks"][0]
    enterprise = db.session.get_one(Enterprise, place["enterprise"])
    ids = [
        factories.loan(
            lender,
            enterprise,
            state=state,
            made_by=place["clerk_id"],
            state_on=TODAY - timedelta(days=days),
        ).id
        for state, days in (("draf", 9), ("draf", 8), ("diajukan", 2), ("diajukan", 1))
    ]

    pages = [clerk.get(f"{LENDER}?halaman={number}").text for number in (0, 1, 2)]
    shown = [[key for key in ids if f"{LENDER}/{key}" in text] for text in pages]

    assert shown == [ids[2:], ids[:2], []]
    assert f"{LENDER}?halaman=1" in pages[0]


def test_village_officers_see_no_loan(place, as_role):
    loan_id = asked_by_mentor(place)
    village = as_role(Role.VILLAGE_OFFICER)

    for address in (f"{MENTOR}/{loan_id}", f"/usaha/{place['enterprise']}/pinjaman", LENDER):
        assert village.get(address).status_code == 403


def test_what_was_calculated_stands_in_the_form(place):
    page = (
        place["mentor"]
        .get(
            f"/usaha/{place['enterprise']}/pinjaman/ajukan?jumlah=2500000&metode=anuitas&bunga=6&kali=24"
        )
        .text
    )

    assert 'value="2500000"' in page
    assert 'value="24"' in page


@pytest.mark.parametrize("taken", [None, Permission.LENDER_CONSENT, Permission.CASHBOOK_READ])
def test_loan_pages_link_only_what_opens(factories, as_role, monkeypatch, taken):
    mentor = factories.account(role=Role.MENTOR)
    enterprise = factories.enterprise(mentor=mentor)
    loan_id = factories.loan(factories.lender(), enterprise).id
    page = f"/usaha/{enterprise.id}/pinjaman"
    if taken is not None:
        left = ROLE_PERMISSIONS[Role.MENTOR] - {taken}
        monkeypatch.setitem(ROLE_PERMISSIONS, Role.MENTOR, left)
    client = as_role(Role.MENTOR, account=mentor)

    shown = [client.get(one).text for one in (page, f"/pinjaman/pengajuan/{loan_id}")]

    linked = {one for text in shown for one in re.findall(rf'href="({page}[^"]*)"', text)}
    assert {client.get(one).status_code for one in linked} == {200}
    assert (f"{page}/persetujuan" in linked) == (taken is not Permission.LENDER_CONSENT)
    assert (f"{page}/hitung" in linked) == (taken is not Permission.CASHBOOK_READ)
    assert f"{page}/kesiapan" in linked
