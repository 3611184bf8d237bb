"""A phone is registered after a log-in, opens the sync and nothing else, and can be turned away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Account, LoginSession, Membership
from app.core import settings
from app.core.clock import local_today, utc_now
from app.core.errors import NotFound
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import Scope, everywhere
from app.db import db
from app.db.transaction import transaction
from app.field.models import FieldDevice
from app.field.services.devices import revoke_device
from app.history.models import HistoryEntry
from tests.integration.field.phones import HEADERS

LEAVE = "/api/v1/devices/current"


def asked(**values):
    return {"device_id": str(new_id()), "label": "Redmi 9", "app_version": "1.0.0", **values}


def registered(client, **values):
    return client.post("/api/v1/devices", json=asked(**values), headers=HEADERS)


def test_mentor_registers_a_phone_and_gets_its_keys(mentor_client):
    device_id = str(new_id())

    answer = registered(mentor_client, device_id=device_id)

    assert answer.status_code == 200
    told = answer.get_json()
    assert told["device_id"] == device_id
    assert told["account"]["id"] == str(mentor_client.account_id)
    assert len(told["key"]) == 44
    assert told["older_keys"] == []
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("pulih_ponsel=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    entry = db.session.query(HistoryEntry).filter_by(subject_type="field_device").one()
    assert entry.action == "field_device.registered"


def test_keys_are_given_again_and_live_on_when_the_secret_is_replaced(mentor_client):
    device_id = str(new_id())
    before = registered(mentor_client, device_id=device_id).get_json()

    again = registered(mentor_client, device_id=device_id).get_json()
    present = settings.current()
    settings.bind(
        replace(
            present,
            secret_key="another secret of this office",
            secret_key_fallbacks=(present.secret_key,),
        )
    )
    later = registered(mentor_client, device_id=device_id).get_json()

    assert (again["key"], again["backup_key"]) == (before["key"], before["backup_key"])
    assert later["key"] != before["key"]
    assert later["older_keys"] == [before["key"]]


def test_session_tells_who_is_logged_in(mentor_client, client):
    told = mentor_client.get("/api/v1/session").get_json()
    stranger = client.get("/api/v1/session")

    assert told["account"]["id"] == str(mentor_client.account_id)
    assert told["csrf"]
    assert stranger.status_code == 401
    assert stranger.get_json()["code"] == "masuk_lagi"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MENTOR])
def test_only_mentors_register_phones(as_role, role):
    client = as_role(role)

    answer = registered(client)

    assert answer.status_code == 403
    assert db.session.query(FieldDevice).count() == 0


def test_registering_asks_for_the_header_the_type_and_an_id(mentor_client):
    without_header = mentor_client.post("/api/v1/devices", json=asked())
    as_form = mentor_client.post("/api/v1/devices", data=asked(), headers=HEADERS)
    without_id = registered(mentor_client, device_id="x")
    as_list = mentor_client.post("/api/v1/devices", json=[], headers=HEADERS)
    cut = mentor_client.post(
        "/api/v1/devices", data=b'{"a', content_type="application/json", headers=HEADERS
    )

    assert without_header.status_code == 403
    assert as_form.status_code == 415
    assert without_id.status_code == as_list.status_code == 422
    assert cut.status_code == 400
    assert db.session.query(FieldDevice).count() == 0


def test_registering_asks_for_the_token_of_the_form(app: Flask, mentor_client):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        without = registered(mentor_client)
        token = mentor_client.get("/api/v1/session").get_json()["csrf"]
        with_token = mentor_client.post(
            "/api/v1/devices", json=asked(), headers={**HEADERS, "X-CSRFToken": token}
        )
    finally:
        app.config["WTF_CSRF_ENABLED"] = False

    assert without.status_code == 403
    assert without.get_json()["code"] == "csrf_expired"
    assert with_token.status_code == 200


def test_second_mentor_on_one_phone_gets_an_id_and_keys_of_their_own(as_role):
    first, second = as_role(Role.MENTOR), as_role(Role.MENTOR)
    device_id = str(new_id())

    one = registered(first, device_id=device_id).get_json()
    other = registered(second, device_id=device_id).get_json()
    again = registered(second, device_id=device_id).get_json()

    assert one["device_id"] == device_id
    assert other["device_id"] == again["device_id"] != device_id
    assert other["key"] != one["key"]


def test_token_opens_no_page(phone_of, factories):
    phone = phone_of(factories.account(role=Role.MENTOR).id)

    page = phone.get("/hari-ini")
    session = phone.get("/api/v1/session")

    assert page.status_code == 303
    assert page.location.startswith("/masuk")
    assert session.status_code == 401


def test_log_in_of_a_browser_does_not_open_what_is_for_phones(mentor_client):
    answer = mentor_client.delete(LEAVE, headers=HEADERS)

    assert answer.status_code == 401


def test_phone_leaves_and_its_token_opens_nothing_any_more(phone_of, factories):
    phone = phone_of(factories.account(role=Role.MENTOR).id)

    left, again = phone.delete(LEAVE), phone.delete(LEAVE)

    assert left.status_code == 200
    assert "pulih_ponsel=;" in left.headers["Set-Cookie"]
    assert again.status_code == 401


def revoke(phone):
    with transaction():
        revoke_device(scope=everywhere(), device_id=phone.device_id, by=phone.account_id)


def expire(phone):
    db.session.get_one(FieldDevice, phone.device_id).expires_at = utc_now()


def disable(phone):
    db.session.get_one(Account, phone.account_id).is_active = False


def change_password(phone):
    account = db.session.get_one(Account, phone.account_id)
    account.password_changed_at = utc_now() + timedelta(seconds=1)


def ask_for_new_password(phone):
    db.session.get_one(Account, phone.account_id).must_change_password = True


def end_role(phone):
    membership = db.session.query(Membership).filter_by(account_id=phone.account_id).one()
    membership.until_on = local_today() - timedelta(days=1)


ENDS = (revoke, expire, disable, change_password, ask_for_new_password, end_role)


@pytest.mark.parametrize("end", ENDS)
def test_phone_whose_log_in_ended_is_told_to_log_in_and_counted(phone_of, factories, end):
    phone = phone_of(factories.account(role=Role.MENTOR).id)
    if end is revoke:
        end(phone)
    else:
        with transaction():
            end(phone)

    answer = phone.delete(LEAVE)

    assert answer.status_code == 401
    assert answer.get_json()["code"] == "masuk_lagi"
    assert answer.get_json()["pesan"]
    assert db.session.get_one(FieldDevice, phone.device_id).failed_attempts == 1


def test_officer_elsewhere_can_not_revoke_a_phone(phone_of, factories):
    phone = phone_of(factories.account(role=Role.MENTOR, area="33.02").id)
    elsewhere = Scope(account_id=new_id(), areas=("35.07",))

    with pytest.raises(NotFound), transaction():
        revoke_device(scope=elsewhere, device_id=phone.device_id, by=phone.account_id)

    assert db.session.get_one(FieldDevice, phone.device_id).revoked_at is None


def test_a_phone_that_was_turned_away_comes_back_by_the_password_alone(mentor_client):
    device_id = str(new_id())
    registered(mentor_client, device_id=device_id)
    with transaction():
        revoke_device(scope=everywhere(), device_id=UUID(device_id), by=mentor_client.account_id)

    still_logged_in = registered(mentor_client, device_id=device_id)
    with transaction():
        login = db.session.scalars(
            select(LoginSession).where(LoginSession.account_id == mentor_client.account_id)
        ).one()
        login.password_at = utc_now()
    with_password = registered(mentor_client, device_id=device_id)

    assert still_logged_in.status_code == 403
    assert still_logged_in.get_json()["code"] == "ponsel_dicabut"
    assert with_password.status_code == 200


def test_phone_is_told_what_the_other_phones_of_its_account_never_sent(
    phone_of, factories, mentor, mentor_client
):
    own, lost, turned_away, foreign = (
        phone_of(account) for account in (*[mentor.account_id] * 3, factories.mentor().account_id)
    )
    for one, numbers in ((own, 1), (lost, 3), (turned_away, 5), (foreign, 7)):
        one.push(highest_n=numbers)
    with transaction():
        by = mentor.account_id
        revoke_device(scope=everywhere(by), device_id=turned_away.device_id, by=by)

    told = own.get("/api/v1/sync/pull").get_json()
    with_another_account = registered(mentor_client).get_json()

    assert told["missing_elsewhere"] == 3
    assert with_another_account["missing_elsewhere"] == 0
    # What came after all isn't missing any more.
    lost.push(*(factories.visit_operation(factories.enterprise().id, n=n) for n in (1, 2)))
    assert own.get("/api/v1/sync/pull").get_json()["missing_elsewhere"] == 1


@pytest.mark.parametrize("role", [None, *Role])
def test_what_is_opened_without_a_phone_is_opened_to_whom_it_is_for(
    client, as_role, phone_of, mentor, role
):
    caller = client if role is None else as_role(role)
    may = role is Role.MENTOR
    refused = 401 if role is None else 403

    answers = {
        "/session": caller.get("/api/v1/session"),
        "/devices": registered(caller),
        "/openapi.json": caller.get("/api/v1/openapi.json"),
    }

    told = {path: answer.status_code for path, answer in answers.items()}
    assert told == {
        "/session": 200 if may else refused,
        "/devices": 200 if may else refused,
        "/openapi.json": 200,
    }
    assert db.session.query(FieldDevice).count() == (1 if may else 0)
    assert all(answer.headers["Cache-Control"] == "no-store" for answer in answers.values())
    # The description is the same for all, and a phone's token opens neither of the others.
    by_phone = phone_of(mentor.account_id)
    assert answers["/openapi.json"].data == by_phone.get("/api/v1/openapi.json").data
    assert by_phone.get("/api/v1/session").status_code == 401
    assert by_phone.post("/api/v1/devices", asked()).status_code == 401
