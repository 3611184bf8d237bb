"""Keeping a second factor: another phone, taking it off, losing it, keys that change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import Account, LoginSession
from app.core import settings
from app.core.clock import utc_now
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.history.models import HistoryEntry
from tests.factories.accounts import signed_in_token
from tests.integration.accounts.factors import EMAIL, code, set_up, sign_in, with_factor

pytestmark = pytest.mark.usefixtures("clock")


def test_a_mentor_may_take_it_off_and_an_officer_may_not(app, factories, clock):
    for role, status in ((Role.MENTOR, 303), (Role.LABOUR_OFFICER, 403)):
        client = app.test_client()
        name = f"{role}@contoh.test"
        factories.account(role=role, email=name)
        sign_in(client, name)
        set_up(client)

        assert client.post("/saya/dua-langkah/lepas").status_code == status
        assert ("Lepas kode" in client.get("/saya/dua-langkah").text) is False


def test_another_phone_counts_only_once_its_code_was_given(client, factories, clock):
    _, secret, _ = with_factor(client, factories, clock)
    sign_in(client)
    client.post("/masuk/kode", data={"code": code(secret)})
    client.post("/saya/dua-langkah/mulai")
    client.post("/keluar")
    clock.shift(timedelta(minutes=1))
    sign_in(client)

    assert client.post("/masuk/kode", data={"code": code(secret)}).status_code == 303


def test_setting_up_ends_the_other_devices(client, factories, as_role):
    person = factories.account(role=Role.MENTOR, email=EMAIL)
    other = as_role(Role.MENTOR, account=person)
    sign_in(client)
    set_up(client)

    assert other.get("/akun-saya").status_code == 303
    assert client.get("/akun-saya").status_code == 200


def test_a_superior_takes_a_lost_factor_away_and_it_is_recorded(
    client, factories, clock, admin_client, duty
):
    person, _, _ = with_factor(client, factories, clock)
    with transaction():
        db.session.get_one(Account, admin_client.account_id).second_factor_at = utc_now()
        db.session.execute(
            sa.update(LoginSession).values(factor_at=utc_now(), password_at=utc_now())
        )

    answer = admin_client.post(f"/akun/{person.id}/dua-langkah/hapus")

    assert answer.status_code == 303
    sign_in(client)
    assert client.get("/usaha").location == "/saya/dua-langkah"
    actions = db.session.scalars(sa.select(HistoryEntry.action)).all()
    assert "account.factor_removed" in actions


def test_a_secret_of_an_earlier_key_still_opens(client, factories, clock):
    _, secret, _ = with_factor(client, factories, clock)
    old = settings.current()
    settings.bind(
        replace(
            old,
            secret_key="another key, made when the first got old",
            secret_key_fallbacks=(old.secret_key,),
        )
    )
    sign_in(client)

    assert client.post("/masuk/kode", data={"code": code(secret)}).status_code == 303


def test_a_session_made_before_does_not_open_what_now_needs_a_code(client, factories, as_role):
    person = factories.account(role=Role.MENTOR, email=EMAIL)
    sign_in(client)
    set_up(client)
    stranger = as_role(Role.MENTOR, account=person)

    assert signed_in_token(person)
    assert stranger.get("/akun-saya").location == "/masuk/kode"
