"""Phone numbers of owners: sealed at rest, found by their index, shown by right."""

from __future__ import annotations

import io
import logging
from contextlib import redirect_stdout
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, stamp, upgrade

from app.core.permissions import Role
from app.core.sealing import SealBroken
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Owner
from app.enterprises.rules.phones import opened_phone

MIGRATIONS = str(Path(__file__).resolve().parents[3] / "migrations")
PHONE = "+6281298765432"
DIGITS = "81298765432"


def every_value():
    """All that the database holds, as text."""
    values = []
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(sa.text(f'SELECT * FROM "{table.name}"')):  # noqa: S608
            values += [str(value) for value in row]
    return "\n".join(values)


def test_no_number_is_found_in_the_database_nor_in_the_log(officer_client, factories, caplog):
    factories.village_rows()
    caplog.set_level(logging.DEBUG)
    form = {
        "owner_name": "Siti Aminah",
        "phone": "0812 9876 5432",
        "category": "calon",
        "name": "Warung Siti",
        "village_code": "33.02.04.2005",
    }

    made = officer_client.post("/usaha/baru", data=form)
    owner = db.session.scalars(sa.select(Owner)).one()
    version = str(owner.version)
    changed = officer_client.post(
        f"/pemilik/{owner.id}/ubah", data={**form, "phone": "0812 9876 5433", "version": version}
    )
    officer_client.post("/usaha/cari", data={"cari": "0812-9876-5433"})

    assert (made.status_code, changed.status_code) == (303, 303)
    assert db.session.get(Owner, owner.id).phone == "+6281298765433"
    for canary in ("8129876543", "812-9876-543", "812 9876 543"):
        assert canary not in every_value()
        assert canary not in caplog.text


def test_a_seal_opens_in_its_own_row_and_field_only(factories):
    first, second = factories.owner(phone=PHONE), factories.owner(nik="3302145208850003")

    with pytest.raises(SealBroken):
        opened_phone(second.id, first.phone_sealed)
    with pytest.raises(SealBroken):
        opened_phone(second.id, second.nik_sealed)


def test_a_number_leads_to_its_owner_and_stays_out_of_the_address(officer_client, factories):
    owner = factories.owner(phone=PHONE)
    factories.enterprise(owner=owner)

    found = officer_client.post("/usaha/cari", data={"cari": "0812-9876-5432"})
    unknown = officer_client.post("/usaha/cari", data={"cari": "0812-9876-5431"})

    assert (found.status_code, found.location) == (303, f"/pemilik/{owner.id}")
    assert unknown.status_code == 404
    assert DIGITS not in found.location


def test_a_number_of_two_owners_shows_both(officer_client, factories):
    for name in ("Bu Sri", "Pak Sri"):
        factories.enterprise(owner=factories.owner(phone=PHONE, name=name))

    page = officer_client.post("/usaha/cari", data={"cari": PHONE}).get_data(as_text=True)

    assert "Bu Sri" in page
    assert "Pak Sri" in page


def test_a_nib_leads_to_its_enterprise(officer_client, factories):
    row = factories.enterprise(nib="0123456789012")

    found = officer_client.post("/usaha/cari", data={"cari": "0123456789012"})
    unknown = officer_client.post("/usaha/cari", data={"cari": "9123456789013"})

    assert (found.status_code, found.location) == (303, f"/usaha/{row.id}")
    assert unknown.status_code == 404


def test_a_number_elsewhere_is_as_unknown_as_one_that_nobody_has(as_role, factories):
    factories.enterprise(owner=factories.owner(phone=PHONE))
    client = as_role(Role.LABOUR_OFFICER, "35")

    known = client.post("/usaha/cari", data={"cari": PHONE})
    unknown = client.post("/usaha/cari", data={"cari": "+6281298765430"})

    assert known.status_code == unknown.status_code == 404


def test_who_may_not_read_numbers_sees_them_masked(as_role, officer_client, factories):
    row = factories.enterprise(owner=factories.owner(phone=PHONE))
    village = as_role(Role.VILLAGE_OFFICER, "33.02.04.2005")

    for address in (f"/usaha/{row.id}", f"/pemilik/{row.owner_id}"):
        theirs = village.get(address).get_data(as_text=True)
        ours = officer_client.get(address).get_data(as_text=True)

        assert "0812-9876-5432" in ours
        assert "0812-••••-•432" in theirs
        assert "9876" not in theirs
        assert "tel:" not in theirs


def test_migration_seals_what_is_there_and_forgets_values_in_the_history(app, factories):
    filled = [factories.owner(phone=f"+62812987654{n:02d}") for n in range(3)]
    empty = factories.owner(phone=None)
    ids = [owner.id for owner in filled]
    db.session.remove()
    with redirect_stdout(io.StringIO()):
        _at_revision("0004")
        entry = (
            "INSERT INTO history_entry (n, at, action, subject_type, subject_id, changes) VALUES "
            "(1, '2026-01-01 00:00:00', 'owner.updated', 'owner', :id, :changes)"
        )
        told = '{"phone": ["+6281298765400", null], "education": [null, "sd"]}'
        with transaction():
            db.session.execute(sa.text(entry), {"id": ids[0].hex, "changes": told})
        opened = dict(db.session.execute(sa.text("SELECT phone, id FROM owner")).all())
        db.session.remove()
        _at_revision("head")

    assert {"+6281298765400", "+6281298765401", "+6281298765402"} <= set(opened)
    assert [db.session.get(Owner, key).phone for key in ids] == [
        "+6281298765400",
        "+6281298765401",
        "+6281298765402",
    ]
    assert db.session.get(Owner, empty.id).phone is None
    changes = db.session.execute(sa.text("SELECT changes FROM history_entry")).scalar_one()
    assert "dikosongkan" in str(changes)
    assert "sd" in str(changes)
    assert "8129876" not in every_value()


def _at_revision(revision: str) -> None:
    """Move the tables of a test's database, which were made from the models."""
    config = {"directory": MIGRATIONS}
    if revision == "head":
        upgrade(**config)
        return
    stamp(**config)
    downgrade(**config, revision=revision)
