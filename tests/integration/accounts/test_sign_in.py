"""Logging in, staying in, being sent out."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine

from app.accounts import services
from app.accounts.models import LoginAttempt, LoginSession
from app.accounts.rules import THROTTLE_PER_ACCOUNT
from app.core.clock import utc_now
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from tests.factories.accounts import PASSWORD


def _try(client, name, password=PASSWORD):
    return client.post("/masuk", data={"name": name, "password": password})


def test_right_password_opens_a_session_that_is_kept_hashed(client, factories):
    person = factories.account(role=Role.VILLAGE_OFFICER, email="siti@contoh.test")

    answer = _try(client, "Siti@Contoh.test")

    assert answer.status_code == 303
    assert client.get("/akun-saya").status_code == 200
    kept = db.session.query(LoginSession).one()
    assert kept.account_id == person.id
    with client.session_transaction() as cookie:
        assert cookie["token"] != kept.token_sha256


def test_phone_in_any_writing_opens_the_same_account(client, factories):
    factories.account(role=Role.MENTOR, phone="+6281234567890")

    assert _try(client, "0812-3456-7890").status_code == 303


@pytest.mark.parametrize("name", ["siapa@contoh.test", "tono@contoh.test", "0811"])
def test_unknown_name_and_wrong_password_get_the_same_answer(client, factories, name):
    factories.account(role=Role.MENTOR, email="tono@contoh.test")

    answer = _try(client, name, "salah sekali ini")

    assert answer.status_code == 422
    assert "tidak cocok" in answer.text


def test_disabled_account_cannot_log_in(client, factories):
    factories.account(role=Role.MENTOR, email="tono@contoh.test", is_active=False)

    assert _try(client, "tono@contoh.test").status_code == 422


def test_eleventh_wrong_try_has_to_wait_and_others_do_not(client, factories):
    factories.account(role=Role.MENTOR, email="tono@contoh.test")
    factories.account(role=Role.MENTOR, email="siti@contoh.test")
    for _ in range(THROTTLE_PER_ACCOUNT):
        assert _try(client, "tono@contoh.test", "salah sekali ini").status_code == 422

    answer = _try(client, "TONO@contoh.test")

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert _try(client, "siti@contoh.test").status_code == 303


def test_after_the_wait_the_right_password_opens_again(client, factories):
    factories.account(role=Role.MENTOR, email="tono@contoh.test")
    for _ in range(THROTTLE_PER_ACCOUNT):
        _try(client, "tono@contoh.test", "salah sekali ini")

    with time_machine.travel(utc_now() + timedelta(minutes=6)):
        answer = _try(client, "tono@contoh.test")

    assert answer.status_code == 303


def test_success_is_not_counted_as_failure(client, factories):
    factories.account(role=Role.MENTOR, email="tono@contoh.test")
    for _ in range(THROTTLE_PER_ACCOUNT + 1):
        assert _try(client, "tono@contoh.test").status_code == 303

    assert db.session.query(LoginAttempt).filter_by(succeeded_at=None).count() == 0


def test_signed_out_cookie_is_dead_even_when_it_was_copied(client, factories):
    factories.account(role=Role.MENTOR, email="tono@contoh.test")
    _try(client, "tono@contoh.test")
    with client.session_transaction() as cookie:
        token = cookie["token"]

    client.post("/keluar")
    with client.session_transaction() as cookie:
        cookie["token"] = token

    assert client.get("/akun-saya").status_code == 303


def test_token_changes_at_log_in(client, factories):
    factories.account(role=Role.MENTOR, email="tono@contoh.test")
    with client.session_transaction() as cookie:
        cookie["token"] = "planted"

    _try(client, "tono@contoh.test")

    with client.session_transaction() as cookie:
        assert cookie["token"] != "planted"


def _live(client, *, after):
    with time_machine.travel(utc_now() + after):
        return client.get("/akun-saya").status_code == 200


@pytest.mark.parametrize(
    "role", [Role.ADMIN, Role.LABOUR_OFFICER, Role.COOPERATIVE_OFFICER, Role.VILLAGE_OFFICER]
)
def test_a_desk_is_logged_out_after_half_an_hour_of_rest_and_after_half_a_day(
    client, factories, role
):
    factories.account(role=role, email="tono@contoh.test")
    _try(client, "tono@contoh.test")

    assert _live(client, after=timedelta(minutes=28))
    assert not _live(client, after=timedelta(minutes=28 + 31))
    _try(client, "tono@contoh.test")
    for minutes in range(25, 12 * 60, 25):
        assert _live(client, after=timedelta(minutes=minutes))
    assert not _live(client, after=timedelta(hours=12, minutes=1))


def test_a_mentor_stays_logged_in_for_thirty_days_with_rests_of_up_to_fourteen(client, factories):
    factories.account(role=Role.MENTOR, email="tono@contoh.test")
    _try(client, "tono@contoh.test")

    assert _live(client, after=timedelta(days=13))
    assert _live(client, after=timedelta(days=26))
    assert not _live(client, after=timedelta(days=30, minutes=1))


def test_disabling_an_account_acts_on_its_open_sessions(mentor_client, admin_client):
    account_id = mentor_client.account_id
    assert mentor_client.get("/akun-saya").status_code == 200

    admin_client.post(f"/akun/{account_id}/aktif", data={"aktif": "tidak"})

    assert mentor_client.get("/akun-saya").status_code == 303


def test_ended_role_acts_on_open_sessions(as_role, factories):
    yesterday = (utc_now() - timedelta(days=1)).date()
    person = factories.account(role=Role.LABOUR_OFFICER, until_on=yesterday)
    client = as_role(Role.LABOUR_OFFICER, account=person)

    assert client.get("/akun").status_code == 403


def test_after_log_in_people_are_sent_to_pages_of_this_site_only(client, factories):
    factories.account(role=Role.MENTOR, email="tono@contoh.test")
    for target in (
        "https://jahat.test/",
        "//jahat.test",
        "/\\jahat.test",
        "javascript:alert(1)",
        "//[jahat",
        "http://[",
        "/usaha?x=1\r\nX-Inj: 1",
    ):
        assert client.get("/masuk", query_string={"next": target}).status_code == 200
        answer = client.post(
            "/masuk",
            data={"name": "tono@contoh.test", "password": PASSWORD, "next": target},
        )
        assert answer.headers["Location"] == "/"


def test_changing_the_password_ends_every_session(client, factories, as_role):
    person = factories.account(role=Role.MENTOR, email="tono@contoh.test")
    other = as_role(Role.MENTOR, account=person)
    _try(client, "tono@contoh.test")

    answer = client.post(
        "/saya/sandi", data={"present": PASSWORD, "password": "angin laut membawa garam"}
    )

    assert answer.status_code == 303
    assert other.get("/akun-saya").status_code == 303
    assert _try(client, "tono@contoh.test", "angin laut membawa garam").status_code == 303


def test_password_is_not_changed_without_the_present_one(client, factories):
    factories.account(role=Role.MENTOR, email="tono@contoh.test")
    _try(client, "tono@contoh.test")

    answer = client.post(
        "/saya/sandi",
        data={"present": "bukan yang ini sama sekali", "password": "angin laut membawa garam"},
    )

    assert answer.status_code == 422
    assert "tidak cocok" in answer.text


def test_temporary_password_must_be_changed_first(client, factories):
    person = factories.account(role=Role.MENTOR, email="tono@contoh.test")
    with transaction():
        db.session.merge(person).must_change_password = True
    _try(client, "tono@contoh.test")

    answer = client.get("/akun-saya")

    assert answer.headers["Location"] == "/saya/sandi"


def test_tries_at_the_same_moment_are_counted_one_by_one(app, factories):
    factories.account(role=Role.MENTOR, email="tono@contoh.test", phone="+6281234567890")
    outcomes = []

    def try_once(name):
        with app.app_context():
            outcomes.append(
                services.sign_in(name=name, password="salah", address="203.0.113.9", device="")
            )

    names = ["tono@contoh.test", "+6281234567890"] * 10
    threads = [threading.Thread(target=try_once, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    waited = [one for one in outcomes if one.wait is not None]
    assert len(outcomes) == len(names)
    assert len(outcomes) - len(waited) == THROTTLE_PER_ACCOUNT


@pytest.mark.parametrize(
    ("role", "now", "other"),
    [
        (Role.ENTREPRENEUR, "Buka halaman usaha saya", "halaman koperasi"),
        (Role.COOPERATIVE_OFFICER, "Buka halaman koperasi", "usaha saya"),
    ],
)
def test_people_without_work_lists_are_led_to_their_own_pages(as_role, role, now, other):
    page = as_role(role).get("/akun-saya").text

    assert now in page
    assert other not in page


def test_officers_are_not_told_to_wait(officer_client):
    page = officer_client.get("/akun-saya").text

    assert "Sekarang Anda dapat" not in page
