"""A new password by a code for once; passwords given again; devices sent out."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from app.accounts import services
from app.accounts.models import Account, PasswordReset
from app.core import settings
from app.core.clock import utc_now
from app.core.errors import InvalidInput
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.history.models import HistoryEntry
from tests.factories.accounts import PASSWORD

EMAIL = "tono@contoh.test"
NEW = "angin laut membawa garam"


def handed_over(officer_client, person):
    page = officer_client.post(f"/akun/{person.id}/sandi")
    assert page.status_code == 200, page.text
    return re.search(r"<code>([\w-]+)</code>", page.text)[1]


def use(client, code, *, name=EMAIL, password=NEW):
    return client.post(
        "/masuk/kode-pengganti", data={"name": name, "code": code, "password": password}
    )


def sign_in(client, password, name=EMAIL):
    return client.post("/masuk", data={"name": name, "password": password}).status_code == 303


@pytest.fixture
def person(factories):
    return factories.account(role=Role.MENTOR, email=EMAIL)


def test_a_code_sets_the_password_that_the_person_chooses(officer_client, client, person, as_role):
    other = as_role(Role.MENTOR, account=person)
    code = handed_over(officer_client, person)

    answer = use(client, code.lower().replace("-", " "))

    assert (answer.status_code, answer.location) == (303, "/masuk")
    assert other.get("/akun-saya").status_code == 303
    assert not sign_in(client, PASSWORD)
    assert sign_in(client, NEW)
    assert client.get("/akun-saya").status_code == 200
    actions = db.session.scalars(sa.select(HistoryEntry.action).order_by(HistoryEntry.n)).all()
    assert actions == ["account.reset_code_made", "account.password_changed"]


def test_a_code_is_for_once(officer_client, client, person):
    code = handed_over(officer_client, person)
    use(client, code)

    assert use(client, code, password="gunung biru di balik awan").status_code == 422
    assert sign_in(client, NEW)


def test_a_code_at_two_workers_at_once_sets_one_password(app, officer_client, person):
    code, outcomes = handed_over(officer_client, person), []
    passwords = ("angin laut membawa garam", "gunung biru di balik awan")

    def try_once(password):
        with app.app_context():
            try:
                services.use_reset_code(
                    name=EMAIL, code=code, password=password, address="203.0.113.9"
                )
            except InvalidInput:
                outcomes.append(False)
            else:
                outcomes.append(True)

    threads = [threading.Thread(target=try_once, args=(one,)) for one in passwords]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == [False, True]


def test_a_code_lives_for_a_day(officer_client, client, person):
    code = handed_over(officer_client, person)

    with time_machine.travel(utc_now() + timedelta(hours=24, seconds=1)):
        assert use(client, code).status_code == 422
    with time_machine.travel(utc_now() + timedelta(hours=23, minutes=59)):
        assert use(client, code).status_code == 303


def test_a_newer_code_makes_the_older_void(officer_client, client, person):
    older = handed_over(officer_client, person)
    handed_over(officer_client, person)

    assert use(client, older).status_code == 422


def test_a_weak_password_is_refused_and_the_code_stays_good(officer_client, client, person):
    code = handed_over(officer_client, person)

    answer = use(client, code, password="desmigratif2026")

    assert answer.status_code == 422
    assert "mudah ditebak" in answer.text
    assert use(client, code).status_code == 303


def test_unknown_name_and_wrong_code_get_the_same_answer(officer_client, client, person):
    handed_over(officer_client, person)

    answers = [
        re.sub(r'value="[^"]*"', "", use(client, "AAAA-BBBB-CCCC", name=name).text)
        for name in (EMAIL, "siapa@contoh.test")
    ]

    assert answers[0] == answers[1]
    assert "tidak cocok" in answers[0]


def test_guessing_a_code_is_slowed_down(officer_client, client, person):
    code = handed_over(officer_client, person)
    for _ in range(5):
        use(client, "AAAA-BBBB-CCCC")

    answer = use(client, code)

    assert answer.status_code == 422
    assert "Terlalu banyak percobaan" in answer.text


def test_the_code_is_kept_hashed_and_the_second_factor_stays(officer_client, client, person):
    with transaction():
        db.session.get_one(Account, person.id).second_factor_at = utc_now()
    code = handed_over(officer_client, person)
    use(client, code)
    sign_in(client, NEW)

    kept = db.session.scalars(sa.select(PasswordReset.code_hash)).one()
    assert kept.startswith("$argon2id$")
    assert client.get("/akun-saya").location == "/masuk/kode"


@pytest.mark.parametrize("role", [Role.MENTOR, Role.VILLAGE_OFFICER, Role.ENTREPRENEUR])
def test_who_manages_nobody_hands_over_no_code(as_role, person, role):
    assert as_role(role).post(f"/akun/{person.id}/sandi").status_code == 403


def test_people_of_another_regency_get_no_code(as_role, person):
    assert as_role(Role.LABOUR_OFFICER, "32.12").post(f"/akun/{person.id}/sandi").status_code == 404


def test_an_officer_sends_a_person_out_of_every_device_at_once(
    officer_client, client, person, as_role
):
    phone = as_role(Role.MENTOR, account=person)
    sign_in(client, PASSWORD)
    assert "Keluarkan dari semua perangkat" in officer_client.get(f"/akun/{person.id}").text

    answer = officer_client.post(f"/akun/{person.id}/perangkat/akhiri")

    assert answer.status_code == 303
    assert phone.get("/akun-saya").status_code == client.get("/akun-saya").status_code == 303


def test_a_mentor_ends_one_of_their_own_devices_and_nobody_elses(client, person, as_role):
    phone = as_role(Role.MENTOR, account=person)
    stranger = as_role(Role.MENTOR)
    sign_in(client, PASSWORD)
    paths = re.findall(r"/saya/sesi/\w+/akhiri", client.get("/akun-saya").text)

    assert len(paths) == 1
    assert stranger.post(paths[0]).status_code == 404
    assert phone.get("/akun-saya").status_code == 200
    assert client.post(paths[0]).status_code == 303
    assert phone.get("/akun-saya").status_code == 303


def test_half_a_year_old_passwords_are_changed_first_where_bssn_is_chosen(client, person):
    later = utc_now() + timedelta(days=181)
    with time_machine.travel(later):
        sign_in(client, PASSWORD)
        assert client.get("/akun-saya").status_code == 200

        settings.bind(replace(settings.current(), password_policy="bssn"))

        assert client.get("/akun-saya").location == "/saya/sandi"
        assert "masa berlakunya" in client.get("/saya/sandi").text
        data = {"present": PASSWORD, "password": NEW}
        assert "huruf besar" in client.post("/saya/sandi", data=data).text
        data["password"] = "Angin laut 7 membawa garam!"
        assert client.post("/saya/sandi", data=data).status_code == 303
        assert sign_in(client, data["password"])
        assert client.get("/akun-saya").status_code == 200


def test_the_names_of_ones_village_and_oneself_are_too_easy(client, factories):
    factories.account(
        role=Role.MENTOR, area="33.02.04.2001", email="wagiman@contoh.test", name="Wagiman Suryono"
    )
    sign_in(client, PASSWORD, name="wagiman@contoh.test")
    village = re.search(r"Pendamping – (\w+)", client.get("/akun-saya").text)[1]

    for guess in (f"{village}{village}123", "suryono wagiman 1", f"{village} banyumas 2026"):
        answer = client.post("/saya/sandi", data={"present": PASSWORD, "password": guess})
        assert answer.status_code == 422, guess
        assert "mudah ditebak" in answer.text, guess


def test_a_password_given_long_ago_is_asked_for_again(client, factories):
    person = factories.account(role=Role.MENTOR, email=EMAIL)
    sign_in(client, PASSWORD)
    with time_machine.travel(utc_now() + timedelta(hours=13)):
        asked = client.post("/saya/dua-langkah/mulai", headers={"Referer": "/saya/dua-langkah"})
        assert asked.location == "/saya/konfirmasi?next=/saya/dua-langkah"
        wrong = client.post("/saya/konfirmasi", data={"present": "bukan yang ini sama sekali"})
        assert wrong.status_code == 422

        right = client.post(
            "/saya/konfirmasi", data={"present": PASSWORD, "next": "/saya/dua-langkah"}
        )

        assert right.location == "/saya/dua-langkah"
        assert client.post("/saya/dua-langkah/mulai").location == "/saya/dua-langkah"
    assert person.id
