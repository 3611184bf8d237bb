"""Objections get an answer with a day; another class needs two people and stands beside."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.health.models import Objection, SettledClass

TODAY = local_today()
SAID = {"words": "Buku saya ada, tidak dilihat", "way": "lisan", "received_on": f"{TODAY:%d/%m/%Y}"}
ANSWER = {"outcome": "diterima", "answer": "Kami lihat bukunya minggu ini."}
OTHER = {"health_class": "kurang_sehat", "reason": "Pesanan sudah ada lagi"}


@pytest.fixture
def assessment(factories):
    enterprise = factories.enterprise(sector="D")
    return factories.assessment(enterprise=enterprise, health_class="sakit")


def only(table):
    return db.session.scalars(select(table).execution_options(populate_existing=True)).one()


def test_an_objection_waits_for_an_answer_which_carries_its_day(officer_client, assessment):
    page = f"/usaha/{assessment.enterprise_id}/kesehatan"
    answer = officer_client.post(f"/penilaian/{assessment.id}/keberatan", data=SAID)
    assert answer.location == page
    assert "14 hari lagi" in officer_client.get("/keberatan").text
    assert "Keberatan belum dijawab" in officer_client.get("/daftar-kerja").text
    objection = only(Objection)
    assert objection.due_on == TODAY + timedelta(days=14)

    officer_client.post(f"/keberatan/{objection.id}", data=ANSWER)

    shown = officer_client.get(page).text
    assert "Diterima: usaha dinilai ulang" in shown
    assert "Kami lihat bukunya minggu ini." in shown
    assert only(Objection).answered_on == TODAY
    assert "Semua keberatan sudah dijawab" in officer_client.get("/keberatan").text
    history = officer_client.get(f"/usaha/{assessment.enterprise_id}/riwayat").text
    assert "Keberatan dijawab" in history


def test_a_late_answer_is_shown_as_late(officer_client, assessment):
    officer_client.post(f"/penilaian/{assessment.id}/keberatan", data=SAID)
    with transaction() as session:
        session.scalars(select(Objection)).one().due_on = TODAY - timedelta(days=2)

    assert "terlambat 2 hari" in officer_client.get("/keberatan").text


def test_an_objection_is_answered_once(officer_client, assessment):
    officer_client.post(f"/penilaian/{assessment.id}/keberatan", data=SAID)
    address = f"/keberatan/{only(Objection).id}"
    officer_client.post(address, data=ANSWER)

    again = officer_client.post(address, data={**ANSWER, "outcome": "ditolak"})

    assert again.status_code == 422
    assert only(Objection).outcome == "diterima"


def test_who_made_the_assessment_does_not_answer_the_objection(as_role, factories):
    officer = as_role(Role.LABOUR_OFFICER)
    enterprise = factories.enterprise(sector="D")
    own = factories.assessment(
        enterprise=enterprise, by=db.session.get_one(Account, officer.account_id)
    )
    officer.post(f"/penilaian/{own.id}/keberatan", data=SAID)

    refused = officer.post(f"/keberatan/{only(Objection).id}", data=ANSWER)

    assert refused.status_code == 422
    assert only(Objection).outcome is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"words": " "}, "Isi keberatan menurut pemilik."),
        ({"way": "halaman"}, "Pilih"),
        ({"received_on": "1/1/2020"}, "tidak boleh sebelum tanggal penilaian"),
        ({"received_on": "kemarin dulu"}, "kemarin dulu"),
        ({"words": "x" * 1001}, "Paling banyak 1.000 huruf."),
    ],
)
def test_what_can_not_be_meant_is_given_back(officer_client, assessment, changes, said):
    answer = officer_client.post(f"/penilaian/{assessment.id}/keberatan", data={**SAID, **changes})

    assert answer.status_code == 422
    assert said in answer.text
    assert db.session.scalars(select(Objection)).all() == []


def test_another_class_needs_a_second_person_and_stands_beside_the_computed_one(
    as_role, assessment
):
    first, second = as_role(Role.LABOUR_OFFICER), as_role(Role.LABOUR_OFFICER)
    first.post(f"/penilaian/{assessment.id}/kelas-lain", data=OTHER)
    address = f"/usulan-kelas/{only(SettledClass).id}"

    alone = first.post(address, data={"is_agreed": "ya"})
    assert alone.status_code == 422
    assert only(SettledClass).state == "diusulkan"
    second.post(address, data={"is_agreed": "ya"})

    page = first.get(f"/usaha/{assessment.enterprise_id}/kesehatan").text
    assert "Ditetapkan petugas:" in page
    assert "Pesanan sudah ada lagi" in page
    row = db.session.get(Enterprise, assessment.enterprise_id, populate_existing=True)
    assert row.health_class == "sakit"


def test_a_declined_class_is_gone_and_makes_room(as_role, assessment):
    first, second = as_role(Role.LABOUR_OFFICER), as_role(Role.LABOUR_OFFICER)
    address = f"/penilaian/{assessment.id}/kelas-lain"
    first.post(address, data=OTHER)
    decide = f"/usulan-kelas/{only(SettledClass).id}"

    unexplained = second.post(decide, data={"is_agreed": "tidak"})
    assert "Isi alasan tidak setuju." in unexplained.text
    assert first.post(address, data=OTHER).status_code == 422
    second.post(decide, data={"is_agreed": "tidak", "note": "Buktinya belum ada"})

    assert only(SettledClass).state == "tidak"
    assert first.post(address, data=OTHER).status_code == 303


def test_the_computed_class_itself_is_no_other_class(officer_client, assessment):
    answer = officer_client.post(
        f"/penilaian/{assessment.id}/kelas-lain", data={**OTHER, "health_class": "sakit"}
    )

    assert answer.status_code == 422
    assert "sudah kelas hasil hitungan" in answer.text


def test_the_next_assessment_begins_without_the_settled_class(as_role, assessment, factories):
    first, second = as_role(Role.LABOUR_OFFICER), as_role(Role.LABOUR_OFFICER)
    first.post(f"/penilaian/{assessment.id}/kelas-lain", data=OTHER)
    second.post(f"/usulan-kelas/{only(SettledClass).id}", data={"is_agreed": "ya"})
    enterprise = db.session.get(Enterprise, assessment.enterprise_id)

    factories.assessment(enterprise=enterprise, health_class="sehat")

    page = first.get(f"/usaha/{assessment.enterprise_id}/kesehatan").text
    assert "Ditetapkan petugas" not in page


def test_a_mentor_may_pass_an_objection_on_but_not_answer_it(as_role, assessment, officer_client):
    mentor = as_role(Role.MENTOR)
    with transaction() as session:
        session.get_one(Enterprise, assessment.enterprise_id).mentor_id = mentor.account_id
    address = f"/penilaian/{assessment.id}/keberatan"

    assert mentor.post(address, data=SAID).status_code == 303
    objection = only(Objection)
    assert mentor.get("/keberatan").status_code == 403
    assert mentor.post(f"/keberatan/{objection.id}", data=ANSWER).status_code == 403
    assert mentor.post(f"/penilaian/{assessment.id}/kelas-lain", data=OTHER).status_code == 403


@pytest.mark.parametrize(
    "role", [Role.VILLAGE_OFFICER, Role.ENTREPRENEUR, Role.COOPERATIVE_OFFICER]
)
def test_others_may_not(as_role, assessment, role):
    client = as_role(role)

    assert client.post(f"/penilaian/{assessment.id}/keberatan", data=SAID).status_code == 403
    assert client.post(f"/penilaian/{assessment.id}/kelas-lain", data=OTHER).status_code == 403
    assert client.get("/usulan-kelas").status_code == 403


def test_what_lies_in_another_area_does_not_exist(as_role, assessment, officer_client):
    officer_client.post(f"/penilaian/{assessment.id}/keberatan", data=SAID)
    officer_client.post(f"/penilaian/{assessment.id}/kelas-lain", data=OTHER)
    far = as_role(Role.LABOUR_OFFICER, "33.03")

    for address, data in (
        (f"/penilaian/{assessment.id}/keberatan", SAID),
        (f"/penilaian/{assessment.id}/kelas-lain", OTHER),
        (f"/keberatan/{only(Objection).id}", ANSWER),
        (f"/usulan-kelas/{only(SettledClass).id}", {"is_agreed": "ya"}),
    ):
        assert far.get(address).status_code == 404
        assert far.post(address, data=data).status_code == 404
    assert "Semua keberatan sudah dijawab" in far.get("/keberatan").text
    assert "Tidak ada usulan" in far.get("/usulan-kelas").text


@pytest.mark.parametrize("list_of", ["keberatan", "kelas-lain"])
def test_long_lists_of_the_desk_go_on_to_their_end(factories, officer_client, monkeypatch, list_of):
    monkeypatch.setattr("app.health.queries.disputes.PAGE_SIZE", 2)
    address = {"keberatan": "/keberatan", "kelas-lain": "/usulan-kelas"}[list_of]
    for name in ("Satu", "Dua", "Tiga", "Empat", "Lima"):
        rated = factories.assessment(
            enterprise=factories.enterprise(name=name, sector="D"), health_class="sakit"
        )
        data = {"keberatan": SAID, "kelas-lain": OTHER}[list_of]
        officer_client.post(f"/penilaian/{rated.id}/{list_of}", data=data)

    seen, following = [], address
    while following:
        page = officer_client.get(following).text
        assert "<strong>5 " in page
        seen += re.findall(r">(Satu|Dua|Tiga|Empat|Lima)</a>", page)
        found = re.search(r'href="([^"]+)" rel="next"', page)
        following = found and found[1].replace("&amp;", "&")

    assert sorted(seen) == ["Dua", "Empat", "Lima", "Satu", "Tiga"]
    assert officer_client.get(f"{address}?setelah=rusak").status_code == 422
