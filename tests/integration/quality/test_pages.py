"""Searching, looking, merging and undoing through the pages, and who may not."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.jobs import run_pending
from app.portal.services.cards import hand_out
from app.quality.models import LikelyPair, Merger


@pytest.fixture
def doubles(factories):
    """One enterprise entered twice, and another one of the village."""
    first = factories.enterprise(
        owner=factories.owner(name="Siti Aminah"), name="Keripik Singkong Barokah", sector="A"
    )
    second = factories.enterprise(
        owner=factories.owner(name="Siti Aminh", nik=None),
        name="Kripik Singkong Barokah",
        sector="A",
    )
    factories.enterprise(owner=factories.owner(name="Budi Hartono", nik=None), name="Jahit Melati")
    return first.id, second.id


def search(client) -> str:
    """Have doubles looked for; the address of the pair that was found."""
    assert client.post("/mutu/cari").status_code == 303
    assert run_pending() == 1
    return f"/mutu/pasangan/{db.session.scalars(select(LikelyPair.id)).one()}"


def seen(page) -> dict[str, str]:
    return dict(re.findall(r'name="(\w+_version)"[^>]*value="(\d+)"', page.text))


def test_a_double_is_found_looked_at_merged_and_parted_again(officer_client, doubles):
    address = search(officer_client)
    listed = officer_client.get("/mutu")
    page = officer_client.get(address)

    answer = officer_client.post(address, data={**seen(page), "usaha_name": "lepas"})

    assert "1 pasang" in listed.text
    assert "Keripik Singkong Barokah" in page.text
    assert answer.location == f"/usaha/{doubles[0]}"
    kept = db.session.get_one(Enterprise, doubles[0], populate_existing=True)
    assert kept.name == "Kripik Singkong Barokah"
    assert officer_client.get(f"/usaha/{doubles[1]}").location == f"/usaha/{doubles[0]}"
    assert "Usaha ganda digabung" in officer_client.get(f"/usaha/{doubles[0]}/riwayat").text
    merger = db.session.scalars(select(Merger)).one()

    officer_client.post(f"/mutu/penggabungan/{merger.id}/batal")

    assert officer_client.get(f"/usaha/{doubles[1]}").status_code == 200
    assert "dibatalkan" in officer_client.get("/mutu/penggabungan").text
    assert "1 pasang" in officer_client.get("/mutu").text


@pytest.mark.parametrize("has_both", [True, False])
def test_who_merges_is_told_of_a_card_that_opens_nothing_any_more(
    officer_client, doubles, has_both
):
    for key in doubles if has_both else doubles[1:]:
        with transaction():
            owner_id = db.session.get_one(Enterprise, key).owner_id
            hand_out(owner_id=owner_id, days="90", scope=everywhere(), by=None)
    address = search(officer_client)

    answer = officer_client.post(address, data=seen(officer_client.get(address)))

    told = officer_client.get(answer.location).text
    assert ("Pemiliknya punya dua kartu masuk." in told) is has_both


def test_the_other_one_can_be_kept(officer_client, doubles):
    address = search(officer_client) + "?simpan=kedua"
    page = officer_client.get(address)

    answer = officer_client.post(address, data=seen(page))

    assert answer.location == f"/usaha/{doubles[1]}"


def test_what_is_found_again_stays_decided(officer_client, doubles):
    address = search(officer_client)
    officer_client.post(f"{address}/berbeda")

    officer_client.post("/mutu/cari")
    run_pending()

    assert "Tidak ada pasangan" in officer_client.get("/mutu").text
    assert officer_client.get(address).status_code == 404


def test_the_number_of_the_desk_is_the_number_of_the_list(officer_client, doubles):
    search(officer_client)

    desk = officer_client.get("/daftar-kerja").text

    assert re.search(r'href="/mutu"><span[^>]*>1</span>', desk)
    assert officer_client.get("/mutu").text.count("/mutu/pasangan/") == 1


def test_a_stale_page_is_refused_and_nothing_is_lost(officer_client, doubles):
    address = search(officer_client)

    answer = officer_client.post(address, data={"kept_version": "7", "gone_version": "x"})

    assert answer.status_code == 422
    assert "baru saja diubah" in answer.text
    assert len(db.session.scalars(select(Enterprise)).all()) == 3


def test_another_area_sees_neither_pair_nor_merger(officer_client, as_role, doubles, factories):
    factories.country()
    address = search(officer_client)
    far = as_role(Role.LABOUR_OFFICER, "33.03")

    assert "0 pasang" in far.get("/mutu").text
    assert far.get(address).status_code == 404
    assert far.post(address, data={}).status_code == 404
    assert far.post(f"{address}/berbeda").status_code == 404
    officer_client.post(address, data=seen(officer_client.get(address)))
    merger = db.session.scalars(select(Merger)).one()
    assert far.post(f"/mutu/penggabungan/{merger.id}/batal").status_code == 404
    assert "Keripik" not in far.get("/mutu/penggabungan").text
    assert db.session.scalars(select(Merger.undone_at)).one() is None


@pytest.mark.parametrize(
    "role",
    [Role.MENTOR, Role.VILLAGE_OFFICER, Role.ENTREPRENEUR, Role.COOPERATIVE_OFFICER],
)
def test_others_may_not(as_role, role):
    client = as_role(role)

    assert client.get("/mutu").status_code == 403
    assert client.get("/mutu/penggabungan").status_code == 403
    assert client.post("/mutu/cari").status_code == 403
