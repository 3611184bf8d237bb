"""Keys are changed while earlier ones are kept as fallbacks: what they opened stays open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.accounts.guards import TOKEN
from app.core import settings
from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Owner
from app.enterprises.services.owners import unsealed_nik
from app.factory import create_app
from tests.factories.accounts import signed_in_token

NEW_SECRET = "another key for tests that opens nothing else"
OLD = "3302145208851111"
NEW = "3302145208852222"


@pytest.fixture
def cookie(app, factories) -> str:
    """The cookie of somebody who logged in under the present key."""
    person = factories.account(role=Role.LABOUR_OFFICER)
    token = signed_in_token(person)
    db.session.rollback()
    client = app.test_client()
    with client.session_transaction() as kept:
        kept[TOKEN] = token
    return client.get_cookie("pulih").value


def opened_with(cookie: str, **changes: object) -> int:
    present = settings.current()
    other = create_app(replace(present, **changes))
    with other.app_context():
        client = other.test_client()
        client.set_cookie("pulih", cookie)
        status = client.get("/akun-saya").status_code
        db.session.remove()
        db.engine.dispose()
    return status


def test_a_log_in_outlives_the_change_of_the_key_that_signs_it(cookie):
    present = settings.current().secret_key

    kept = opened_with(cookie, secret_key=NEW_SECRET, secret_key_fallbacks=(present,))

    assert kept == 200


def test_without_the_earlier_key_people_log_in_again(cookie):
    assert opened_with(cookie, secret_key=NEW_SECRET) == 303


def test_numbers_of_both_keys_are_opened_and_found(factories, officer_client):
    present = settings.current()
    first = factories.owner(name="Ibu Lama", nik=OLD)
    factories.enterprise(owner=first, name="Usaha Lama")
    settings.bind(replace(present, nik_key=b"x" * 32, nik_key_fallbacks=(present.nik_key,)))
    second = factories.owner(name="Ibu Baru", nik=NEW)
    factories.enterprise(owner=second, name="Usaha Baru")

    pages = [
        officer_client.post("/usaha/cari", data={"cari": nik}, follow_redirects=False)
        for nik in (OLD, NEW)
    ]
    shown = [
        officer_client.get(page.location).text if page.location else page.text for page in pages
    ]

    assert "Usaha Lama" in shown[0]
    assert "Usaha Baru" in shown[1]
    for owner, nik in ((first, OLD), (second, NEW)):
        row = db.session.get_one(Owner, owner.id)
        assert unsealed_nik(row.id, row.nik_sealed) == nik
