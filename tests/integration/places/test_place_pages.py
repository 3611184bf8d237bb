from uuid import uuid4

import pytest
from sqlalchemy import select

from app.core.permissions import Role
from app.db import db
from app.history.models import HistoryEntry
from app.places.models import VillageProgram
from tests.factories.places import ONE_PROGRAM

LOSARI = "33.02.04.2001"
OUTSIDE = "33.03.10.2002"
ADD = f"/wilayah/{LOSARI}/program/baru"


@pytest.fixture(autouse=True)
def country(factories):
    factories.country(programs=ONE_PROGRAM)


def programs():
    return db.session.scalars(select(VillageProgram).order_by(VillageProgram.id)).all()


def test_village_box_gets_json_and_a_person_gets_a_page(mentor_client):
    as_json = mentor_client.get(
        "/wilayah/cari?q=losari+rawalo", headers={"Accept": "application/json"}
    )
    as_page = mentor_client.get("/wilayah/cari?q=losari+rawalo", headers={"Accept": "text/html"})

    assert as_json.json == {
        "matches": [{"code": LOSARI, "label": "Losari, Rawalo, Kabupaten Banyumas"}]
    }
    assert f'href="/wilayah/{LOSARI}"' in as_page.text


def test_search_without_a_match_says_what_to_do(mentor_client):
    assert "Tidak ada desa yang cocok" in mentor_client.get("/wilayah/cari?q=xyzzy").text


def test_areas_are_browsed_from_the_provinces_to_the_village(officer_client):
    assert "Nusa Tenggara Timur" in officer_client.get("/wilayah").text
    assert "Kabupaten Purbalingga" in officer_client.get("/wilayah/33").text
    village = officer_client.get(f"/wilayah/{LOSARI}").text
    assert "Desa Migran Produktif (Desmigratif)" in village
    assert "2017" in village


def test_officer_notes_a_programme_and_history_knows(officer_client):
    answer = officer_client.post(ADD, data={"program": "DEMIMAS", "year": "2023"})

    assert answer.status_code == 303
    assert {(row.program, row.year) for row in programs()} == {
        ("DESMIGRATIF", 2017),
        ("DEMIMAS", 2023),
    }
    entry = db.session.scalars(select(HistoryEntry)).one()
    assert (entry.action, entry.area_code) == ("village_program.added", LOSARI)


def test_programme_can_be_corrected_and_removed(officer_client):
    address = f"/wilayah/{LOSARI}/program/{programs()[0].id}"

    page = officer_client.get(address)
    changed = officer_client.post(address, data={"year": "2016"})
    year = programs()[0].year
    removed = officer_client.post(f"{address}/hapus")

    assert 'value="2017"' in page.text
    assert (changed.status_code, year, removed.status_code) == (303, 2016, 303)
    assert programs() == []


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"program": "DESMIGRATIF"}, "sudah tercatat"),
        ({"program": "LAINNYA"}, "Isi nama program"),
        ({"program": "DEMIMAS", "year": "1850"}, "2000 sampai 2100"),
        ({}, "Pilih program"),
    ],
)
def test_what_cannot_be_noted_is_said_at_the_field(officer_client, values, text):
    answer = officer_client.post(ADD, data=values)

    assert answer.status_code == 422
    assert text in answer.text
    assert len(programs()) == 1


def test_other_programmes_stand_side_by_side_under_their_names(officer_client):
    for name in ("Desa Wisata", "Kampung KB"):
        officer_client.post(ADD, data={"program": "LAINNYA", "name": name})

    assert {row.name for row in programs()} == {"", "Desa Wisata", "Kampung KB"}


@pytest.mark.parametrize("role", [Role.MENTOR, Role.VILLAGE_OFFICER, Role.ENTREPRENEUR])
def test_others_may_not_edit_programmes(as_role, role):
    client = as_role(role)
    own = f"/wilayah/{LOSARI}/program/{programs()[0].id}"

    answers = [
        client.get(ADD),
        client.post(ADD, data={"program": "DEMIMAS"}),
        client.post(own, data={"year": "2016"}),
        client.post(f"{own}/hapus"),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert len(programs()) == 1


def test_village_outside_the_area_is_as_unknown_as_one_that_does_not_exist(officer_client):
    outside = officer_client.post(f"/wilayah/{OUTSIDE}/program/baru", data={"program": "DEMIMAS"})
    unknown = officer_client.get("/wilayah/33.02.99.2001/program/baru")
    no_village = officer_client.get("/wilayah/33.02/program/baru")
    other_id = officer_client.get(f"/wilayah/{LOSARI}/program/{uuid4()}")

    assert outside.status_code in (404, 422)
    assert [unknown.status_code, no_village.status_code, other_id.status_code] == [404] * 3
    assert len(programs()) == 1


def test_strangers_are_sent_to_sign_in(client):
    assert client.get("/wilayah").status_code == 303
    assert (
        client.get("/wilayah/cari?q=x", headers={"Accept": "application/json"}).status_code == 401
    )


def test_unknown_area_is_not_found(officer_client):
    assert officer_client.get("/wilayah/99").status_code == 404
    assert officer_client.get("/wilayah/../etc").status_code == 404
