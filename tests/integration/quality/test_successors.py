"""Old addresses and numbers of a merged enterprise lead to the kept one, but nobody else."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.quality.models import Merger
from app.quality.services import merging, undoing
from app.rights.services.erasing import erase
from tests.browserless import as_told

NOBODY = "01890000-0000-7000-8000-00000000dead"
PHONE, NIB = "081234509876", "9876543210123"


def merge(kept_id, gone_id, by) -> None:
    rows = [db.session.get_one(Enterprise, key) for key in (kept_id, gone_id)]
    versions = (rows[0].version, rows[1].version)
    with transaction():
        merging.merge(
            scope=everywhere(), kept_id=kept_id, gone_id=gone_id, versions=versions,
            picks={}, owner_picks={}, by=by,
        )  # fmt: skip


@pytest.fixture
def world(factories):
    """Two that became one: the one that went had a NIB, a NIK and a number of its own."""
    officer = factories.account(role=Role.LABOUR_OFFICER)
    nik = factories.nik()
    kept = factories.enterprise(owner=factories.owner(name="Siti", nik=None), name="Keripik Siti")
    gone = factories.enterprise(
        owner=factories.owner(name="Siti", nik=nik, phone="+6281234509876"),
        name="Kripik Siti",
        nib=NIB,
    )
    ids = SimpleNamespace(kept=kept.id, gone=gone.id, owner=kept.owner_id, by=officer.id, nik=nik)
    merge(ids.kept, ids.gone, ids.by)
    return ids


@pytest.mark.parametrize(
    ("page", "lands"),
    [
        ("", ""),
        ("/kesehatan", "/kesehatan"),
        ("/terapi", "/terapi"),
        ("/riwayat", "/riwayat"),
        ("/ubah", ""),
    ],
)
def test_an_old_address_leads_to_the_kept_one_and_says_so(officer_client, world, page, lands):
    answer = officer_client.get(f"/usaha/{world.gone}{page}")

    assert (answer.status_code, answer.location) == (303, f"/usaha/{world.kept}{lands}")
    assert "Kripik Siti digabung ke usaha ini" in officer_client.get(answer.location).text


def test_the_end_of_a_chain_is_led_to(officer_client, factories, world):
    third = factories.enterprise(name="Keripik Bu Siti").id
    merge(third, world.kept, world.by)

    assert officer_client.get(f"/usaha/{world.gone}").location == f"/usaha/{third}"


@pytest.mark.parametrize("sought", ["nik", "nib", "phone"])
def test_an_old_number_finds_the_kept_one(officer_client, world, sought):
    number = {"nik": world.nik, "nib": NIB, "phone": PHONE}[sought]

    answer = officer_client.post("/usaha/cari", data={"cari": number})

    assert (answer.status_code, answer.location) == (303, f"/usaha/{world.kept}")


def test_who_does_not_reach_it_gets_the_answer_of_what_never_was(as_role, factories, world):
    factories.country()
    far = as_role(Role.LABOUR_OFFICER, "33.03")
    own = as_role(Role.ENTREPRENEUR)
    for client in (far, own, as_role(Role.MENTOR)):
        answers = [client.get(f"/usaha/{key}") for key in (world.gone, NOBODY)]

        # An owner may open nobody's page but their own.
        refusal = 403 if client is own else 404
        assert [one.status_code for one in answers] == [refusal, refusal]
        told = [as_told(one).replace(str(world.gone), "").replace(NOBODY, "") for one in answers]
        assert told[0] == told[1]
    assert far.post("/usaha/cari", data={"cari": NIB}).status_code == 404


def test_nothing_is_written_to_an_old_address(officer_client, world):
    answer = officer_client.post(f"/usaha/{world.gone}/keadaan", data={"life_cycle": "tutup"})

    assert answer.status_code == 404


def test_what_was_undone_answers_itself_again(officer_client, world):
    merger_id = db.session.scalars(select(Merger.id)).one()
    with transaction():
        undoing.undo(scope=everywhere(), merger_id=merger_id, by=world.by)

    assert officer_client.get(f"/usaha/{world.gone}").status_code == 200
    answer = officer_client.post("/usaha/cari", data={"cari": NIB})
    assert answer.location == f"/usaha/{world.gone}"


def test_no_number_is_left_of_somebody_who_was_forgotten(officer_client, world):
    with transaction():
        erase(owner_id=world.owner, by=world.by)

    merger = db.session.scalars(select(Merger)).one()
    assert (merger.gone_nib_index, merger.gone_nik_index, merger.gone_phone_index) == (None,) * 3
    assert officer_client.post("/usaha/cari", data={"cari": world.nik}).status_code == 404
