"""Logging in with a second factor, for the tests of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp

from app.core.clock import utc_now
from app.core.permissions import Role
from tests.factories.accounts import PASSWORD

EMAIL = "tono@contoh.test"


def sign_in(client, name=EMAIL, **more):
    return client.post("/masuk", data={"name": name, "password": PASSWORD, **more})


def code(secret, steps=0):
    return pyotp.TOTP(secret).at(utc_now() + timedelta(seconds=30 * steps))


def set_up(client):
    """Set a second factor up by the pages; gives secret and recovery codes."""
    client.post("/saya/dua-langkah/mulai")
    page = client.get("/saya/dua-langkah").text
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    answer = client.post("/saya/dua-langkah/pasang", data={"code": code(secret)})
    assert answer.status_code == 200, answer.text
    return secret, re.findall(r"<code>(\d\d-\w{5}-\w{5})</code>", answer.text)


def with_factor(client, factories, clock, role=Role.LABOUR_OFFICER):
    """A person with a factor, logged out, at a later step."""
    person = factories.account(role=role, email=EMAIL)
    sign_in(client)
    found = set_up(client)
    client.post("/keluar")
    clock.shift(timedelta(minutes=2))
    return person, *found
