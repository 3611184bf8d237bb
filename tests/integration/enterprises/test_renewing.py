"""New keys: numbers are sealed and indexed again, in slices, as often as it takes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.core import settings
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Owner
from app.enterprises.services import renewing
from app.enterprises.services.owners import unsealed_nik

NIKS = [f"330214520885111{number}" for number in range(5)]


@pytest.fixture
def owners(factories):
    """Five enterprises whose owners lie under the keys of before."""
    made = []
    for number, nik in enumerate(NIKS):
        owner = factories.owner(nik=nik, phone=f"+6281234567{number:03d}")
        factories.enterprise(owner=owner, name=f"Usaha {number}")
        made.append(owner.id)
    return made


def change_keys(**changes):
    settings.bind(replace(settings.current(), **changes))


def found(client, typed):
    answer = client.post("/usaha/cari", data={"cari": typed})
    return answer.location is not None and "/pemilik/" in answer.location


def renew(app):
    return app.test_cli_runner().invoke(args=["enterprises", "renew-numbers"])


class PowerCutError(Exception):
    """The machine stops."""


def broken_off(after):
    with transaction():
        renewing.renew_numbers(after=after)
        raise PowerCutError


def standing():
    db.session.rollback()
    statement = select(Owner.id, Owner.version, Owner.updated_at, Owner.nik_masked)
    return [tuple(row) for row in db.session.execute(statement.order_by(Owner.id))]


def test_under_a_new_index_key_everybody_is_found_again(app, owners, officer_client):
    before = standing()
    change_keys(nik_index_key=b"j" * 32)
    lost = [found(officer_client, nik) for nik in NIKS]

    told = renew(app)

    assert lost == [False] * 5
    assert told.output.startswith("5 pemilik diperbarui.")
    assert all(found(officer_client, nik) for nik in NIKS)
    assert found(officer_client, "081234567003")
    # Nothing about the people changed.
    assert standing() == before
    assert renew(app).output.startswith("0 pemilik diperbarui.")


def test_what_broke_off_goes_on_where_it_stopped(app, owners, officer_client, monkeypatch):
    monkeypatch.setattr(renewing, "AT_ONCE", 2)
    change_keys(nik_index_key=b"j" * 32)
    with transaction():
        first = renewing.renew_numbers(after=None)
    with pytest.raises(PowerCutError):
        broken_off(after=first.last)

    told = renew(app)

    assert (first.read, first.renewed) == (2, 2)
    assert "3 pemilik diperbarui." in told.output
    assert all(found(officer_client, nik) for nik in NIKS)


def test_after_it_the_former_key_of_the_seals_is_needed_no_more(app, owners):
    former = settings.current().nik_key
    change_keys(nik_key=b"x" * 32, nik_key_fallbacks=(former,), nik_index_key=b"j" * 32)

    renew(app)
    change_keys(nik_key_fallbacks=())

    rows = db.session.scalars(select(Owner).order_by(Owner.id)).all()
    assert sorted(unsealed_nik(row.id, row.nik_sealed) for row in rows) == NIKS
    assert all(row.phone.startswith("+6281234567") for row in rows)


def test_what_no_key_opens_is_left_and_told(app, owners, factories):
    present = settings.current().nik_key
    change_keys(nik_key=b"z" * 32)
    factories.owner(nik="3302145208859999", phone=None)
    change_keys(nik_key=present, nik_index_key=b"j" * 32)

    told = renew(app)

    assert told.exit_code == 1
    assert "1 tidak dapat dibuka dengan kunci mana pun" in told.output
    assert "5 pemilik diperbarui." in told.output
