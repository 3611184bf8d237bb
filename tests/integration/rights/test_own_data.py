"""Data saya: what is held, who looked, what is allowed, and requests whose clock runs."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pytest
from sqlalchemy import select

from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.enterprises import queries as register
from app.enterprises.models import Consent, Owner
from app.enterprises.rules.consents import BASE, LENDER, texts_on
from app.rights.models import PersonRequest
from tests.integration.rights.person import CANARY, NIK, filled_person, unpacked

SURE = {"is_sure": "y"}


@pytest.fixture
def own(as_role, factories) -> SimpleNamespace:
    """An owner with an account and an enterprise."""
    account = factories.account(role=Role.ENTREPRENEUR)
    mentor = factories.account(role=Role.MENTOR, name="Pendamping Rina")
    owner = factories.owner(name="Sri Rahayu", account_id=account.id)
    row = factories.enterprise(owner=owner, mentor=mentor, name="Keripik Sri")
    return SimpleNamespace(
        client=as_role(Role.ENTREPRENEUR, account=account),
        mentor=as_role(Role.MENTOR, account=mentor),
        account_id=account.id,
        owner_id=owner.id,
        enterprise_id=row.id,
    )


def only_request():
    statement = select(PersonRequest).execution_options(populate_existing=True)
    return db.session.scalars(statement).one()


def test_it_tells_what_is_held_and_who_looked(own, officer_client):
    own.mentor.get(f"/usaha/{own.enterprise_id}")
    own.mentor.get(f"/usaha/{own.enterprise_id}")
    officer_client.get(f"/pemilik/{own.owner_id}")

    page = own.client.get("/saya/data").text
    looks = own.client.get("/saya/data/dilihat").text

    assert "<strong>Usaha</strong>: 1 catatan" in page
    assert "<strong>Data diri</strong>: 1 catatan" in page
    assert "Pendamping Rina, pendamping" in looks
    assert "membuka data Anda 2 kali" in looks
    assert "petugas disnaker" in looks


def test_a_file_in_which_the_owner_stands_is_told(own, officer_client, factories):
    officer_client.post("/usaha/unduh", data={"reason": "rapat bulanan kantor"})

    looks = own.client.get("/saya/data/dilihat").text

    assert "mengunduh data" in looks


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("betulkan", "perbaikan", {"detail": "Nama saya Sri Rahayu"}),
        ("keberatan", "keberatan", {"detail": "Foto rumah saya dipakai"}),
        ("tarik-diri", "penarikan", {}),
        ("hapus", "penghapusan", SURE),
    ],
)
def test_each_wish_starts_the_clock_that_the_officer_sees_and_is_answered(
    own, officer_client, name, kind, said
):
    asked = own.client.post(f"/saya/data/minta/{name}", data=said)

    row = only_request()
    assert asked.status_code == 303
    assert (row.kind, row.came_by, row.recorded_by) == (kind, "halaman", own.account_id)
    assert row.due_at - row.received_at == timedelta(hours=72)
    assert "tersisa 2 hari 23 jam" in officer_client.get("/permintaan").text
    assert "Menunggu" in own.client.get("/saya/data").text
    officer_client.post(f"/permintaan/{row.id}/tolak", data={"answer": "Kami telepon dahulu."})
    assert "Kami telepon dahulu." in own.client.get("/saya/data").text


def test_a_wish_without_its_words_or_its_tick_is_asked_again(own):
    for name in ("betulkan", "keberatan", "hapus"):
        assert own.client.post(f"/saya/data/minta/{name}", data={}).status_code == 422

    assert db.session.scalars(select(PersonRequest)).all() == []


def test_what_is_asked_twice_waits_once(own):
    for _ in range(2):
        own.client.post("/saya/data/minta/hapus", data=SURE)

    assert only_request().kind == "penghapusan"


def test_the_mentor_is_not_told_what_the_owner_asks_for(own):
    own.client.post("/saya/data/minta/keberatan", data={"detail": f"pendamping {CANARY}"})

    pages = [
        own.mentor.get(f"/usaha/{own.enterprise_id}/riwayat").text,
        own.mentor.get(f"/pemilik/{own.owner_id}/permintaan").text,
    ]

    assert all(CANARY not in page and "Permintaan pemilik dicatat" not in page for page in pages)
    assert own.mentor.get("/permintaan").status_code == 403


def test_to_withdraw_acts_at_once_and_can_be_taken_back(own):
    own.client.post("/saya/data/minta/tarik-diri", data={})
    while_out = register.is_allowed(own.owner_id, BASE)

    own.client.post(f"/saya/data/izin/{BASE}")

    assert not while_out
    assert register.is_allowed(own.owner_id, BASE)


def test_a_consent_is_given_to_the_text_on_the_screen_and_withdrawn_at_once(own):
    text = own.client.get(f"/saya/data/izin/{LENDER}").text

    own.client.post(f"/saya/data/izin/{LENDER}")
    own.client.post(f"/saya/data/izin/{LENDER}")
    given = register.is_allowed(own.owner_id, LENDER)
    own.client.post(f"/saya/data/izin/{LENDER}/tarik")

    row = db.session.scalars(select(Consent)).one()
    assert texts_on(local_today()).texts[LENDER] in text
    assert given
    assert (row.way, row.text_version, row.recorded_by) == (
        "layar",
        texts_on(local_today()).version,
        own.account_id,
    )
    assert not register.is_allowed(own.owner_id, LENDER)
    assert "ditarik" in own.client.get("/saya/data").text


def test_what_is_no_purpose_is_neither_given_nor_taken(own):
    assert own.client.get("/saya/data/izin/apa").status_code == 404
    assert own.client.post("/saya/data/izin/apa").status_code == 404
    assert own.client.post("/saya/data/izin/apa/tarik").status_code == 404
    # To leave altogether is a request that the office answers.
    assert own.client.post(f"/saya/data/izin/{BASE}/tarik").status_code == 404


def test_the_owner_takes_everything_along_and_it_is_noted_once_a_day(as_role, factories):
    person = filled_person(factories)
    account = SimpleNamespace(id=person.account_id)
    client = as_role(Role.ENTREPRENEUR, account=account)

    book, told, pack = (
        client.post(f"/saya/data/salinan/{shape}") for shape in ("xlsx", "json", "zip")
    )

    assert openpyxl.load_workbook(BytesIO(book.data))["Pemilik"].max_row == 2
    held = told.get_data(as_text=True)
    assert NIK in held
    assert f"temuan {CANARY}" in held
    assert "Pemilik" in json.loads(held)["data"]
    assert "foto/001.jpg" in unpacked(pack.data)
    assert (only_request().kind, only_request().state) == ("salinan", "dipenuhi")
    assert client.post("/saya/data/salinan/exe").status_code == 404


def test_money_and_wishes_ask_for_the_number_first(own, app, factories, officer_client):
    made = officer_client.post(f"/pemilik/{own.owner_id}/kartu-masuk", data={"days": "365"})
    code = re.search(r"\d{4} \d{4} \d{4} \d{4}", officer_client.get(made.location).text)[0]
    client = app.test_client()
    client.post("/masuk/kartu", data={"code": code})

    asked = [client.get("/saya/data/salinan"), client.post("/saya/data/minta/hapus", data=SURE)]

    assert [answer.status_code for answer in asked] == [303, 303]
    assert all(answer.location.startswith("/saya/pin") for answer in asked)
    assert db.session.scalars(select(PersonRequest)).all() == []
    assert client.get("/saya/data").status_code == 200


def test_nobody_reaches_anothers_data_here(own, as_role):
    stranger = as_role(Role.ENTREPRENEUR)

    pages = ("/saya/data", "/saya/data/dilihat", "/saya/data/salinan", "/saya/data/minta/hapus")

    assert [stranger.get(page).status_code for page in pages] == [404] * 4
    assert [own.mentor.get(page).status_code for page in pages] == [403] * 4
    assert stranger.post("/saya/data/minta/hapus", data=SURE).status_code == 404
    assert db.session.get(Owner, own.owner_id).erased_on is None
