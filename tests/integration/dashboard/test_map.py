"""The map: its points are the lines of its table, each number is its list, nobody sees more."""

from __future__ import annotations

import re
from html import unescape

import pytest

from app.core.clock import local_today, utc_now
from app.core.errors import NotFound
from app.core.permissions import Role
from app.core.scope import Scope
from app.dashboard import responses
from app.dashboard.queries.maps import premises_map, village_map
from app.dashboard.rules import maps as rules
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise, Owner
from app.places.models import Area, AreaOutline
from tests.browserless import as_told
from tests.factories.enterprises import OTHER_VILLAGE, VILLAGE
from tests.integration.dashboard.conftest import day

BANYUMAS = Scope(account_id=None, areas=("33.02",))
NUMBER = re.compile(r'<a class="govuk-link" href="(/(?:usaha|alat)\?[^"]+)">(\d+)</a>')
MARK = re.compile(r'<a href="#(baris-[^"]+)" class="pulih-map__mark" aria-label="([^"]+)"')
ROW = re.compile(r'<tr id="(baris-[^"]+)"')
OUTLINE = re.compile(r'<a href="/peta\?wilayah=([\d.]+)&amp;tampil=sakit"')
COUNT = re.compile(r"<strong>(\d+) \w+</strong>")
CIHONJE = "33.02.15.2003"


def put(name, lat, lng, register):
    """Give an enterprise its place."""
    with transaction():
        row = db.session.get_one(Enterprise, register.ids[name])
        row.lat, row.lng = lat, lng


@pytest.fixture
def placed(register):
    """The register with three known premises, and one village whose centre is known."""
    put("sehat", -7.50, 109.10, register)
    put("sakit", -7.52, 109.20, register)
    put("malang", -8.17, 112.57, register)
    with transaction():
        village = db.session.get_one(Area, CIHONJE)
        village.lat, village.lng = -7.38, 109.03
    return register


def test_classes_of_a_village_are_counted_and_its_share_told(placed):
    found = village_map(BANYUMAS, "33.02", "sakit")

    lines = {line.code: line for line in found.lines}
    assert {code: line.share for code, line in lines.items()} == {VILLAGE: 0.6, CIHONJE: 0.0}
    assert [(cell.key, cell.value) for cell in lines[VILLAGE].cells] == [
        ("total", 8), ("sehat", 1), ("kurang_sehat", 1), ("sakit", 3), ("kedaluwarsa", 1),
        ("belum_dapat_dinilai", 1), ("belum_dinilai", 1),
    ]  # fmt: skip
    assert [cell.value for cell in found.whole.cells] == [9, 2, 1, 3, 1, 1, 1]


def test_a_village_without_a_centre_is_drawn_in_the_middle_of_its_premises(placed):
    lines = {line.code: line for line in village_map(BANYUMAS, "33.02", "sakit").lines}

    middle = lines[VILLAGE].place
    assert (middle.lat, middle.lng) == (pytest.approx(-7.51), pytest.approx(109.15))
    assert lines[VILLAGE].lies == "tengah titik usaha"
    assert (lines[CIHONJE].place.lat, lines[CIHONJE].lies) == (-7.38, "pusat desa")


def test_the_outline_of_a_village_places_it_better_than_its_premises(placed):
    ring = [109.0, -7.6, 109.2, -7.6, 109.1, -7.4]
    known = {"rings": [ring], "source": "uji", "loaded_at": utc_now()}
    with transaction():
        db.session.add(AreaOutline(code=VILLAGE, lat=-7.53, lng=109.1, **known))

    lines = {line.code: line for line in village_map(BANYUMAS, "33.02", "sakit").lines}

    assert (lines[VILLAGE].place.lat, lines[VILLAGE].lies) == (-7.53, "tengah batas desa")


@pytest.mark.parametrize("figure", [*rules.FIGURES])
def test_every_number_of_the_map_opens_a_list_of_that_length(placed, factories, figure, as_role):
    officer = factories.account(role=Role.LABOUR_OFFICER)
    held = db.session.get_one(Enterprise, placed.ids["sehat"])
    factories.old_tool(held, officer)
    factories.old_tool(None, officer, name="Disimpan")
    client = as_role(Role.LABOUR_OFFICER, account=officer)

    page = client.get(f"/peta?tampil={figure}").text

    numbers = NUMBER.findall(page)
    assert numbers
    for href, number in numbers:
        assert COUNT.search(client.get(unescape(href)).text)[1] == number


@pytest.mark.parametrize("figure", ["sakit", "kunjungan"])
def test_the_points_are_the_lines_of_the_table(placed, officer_client, figure):
    page = officer_client.get(f"/peta?tampil={figure}").text
    found = village_map(BANYUMAS, "33.02", figure)

    with officer_client.application.test_request_context():
        drawn = responses.drawn_villages(found)
    marks = {row: unescape(text) for row, text in MARK.findall(page)}
    assert marks == {mark.spot.row: mark.spot.text for mark in drawn.marks}
    assert set(marks) == {line.row for line in found.lines if line.place} <= set(ROW.findall(page))
    for line in found.lines:
        part = next(cell.value for cell in line.cells if cell.key == found.figure.part)
        assert f": {part} dari {line.weight} (" in marks[line.row]


def test_idle_tools_are_those_of_the_office_list(placed, factories, officer_client):
    officer = factories.account(role=Role.LABOUR_OFFICER)
    idle = factories.old_tool(db.session.get_one(Enterprise, placed.ids["sehat"]), officer)
    factories.old_tool(db.session.get_one(Enterprise, placed.ids["malang"]), officer)
    with transaction():
        row = db.session.merge(idle)
        row.idle_since_on = day(61)

    found = village_map(BANYUMAS, "33.02", "alat")

    assert [(line.code, [cell.value for cell in line.cells]) for line in found.lines] == [
        (VILLAGE, [1, 1])
    ]
    page = officer_client.get(f"/alat?keadaan=menganggur&wilayah={VILLAGE}").text
    assert COUNT.search(page)[1] == "1"
    assert COUNT.search(officer_client.get(f"/alat?wilayah={CIHONJE}").text)[1] == "0"


def test_visits_due_within_a_week_are_counted_with_the_late_ones(placed):
    with transaction():
        db.session.get_one(Enterprise, placed.ids["sakit"]).next_visit_due_on = day(-7)
        db.session.get_one(Enterprise, placed.ids["gumelar"]).next_visit_due_on = day(-8)

    found = village_map(BANYUMAS, "33.02", "kunjungan")

    assert [cell.value for cell in found.whole.cells] == [9, 2, 1]


def test_many_villages_are_told_by_the_districts_above_them(placed, monkeypatch):
    monkeypatch.setattr(rules, "MOST_PLACES", 1)

    found = village_map(BANYUMAS, "33", "sakit")

    assert [(line.code, line.weight) for line in found.lines] == [("33.02", 6)]
    assert found.lines[0].lies == "tengah desa-desanya"


def test_premises_are_only_those_in_reach_whose_place_may_be_used(placed, as_role, officer_client):
    names = {line.premises.name for line in premises_map(BANYUMAS, "33.02").lines}
    assert names == {"sehat", "sakit"}

    with transaction():
        owner_id = db.session.get_one(Enterprise, placed.ids["sakit"]).owner_id
        db.session.get_one(Owner, owner_id).objected_on = local_today()

    page = officer_client.get("/peta?tampil=usaha").text
    assert str(placed.ids["sehat"]) in page
    assert str(placed.ids["sakit"]) not in page
    # Nor does it move the middle of its village.
    line = next(one for one in village_map(BANYUMAS, "33.02", "sakit").lines if one.code == VILLAGE)
    assert (line.place.lat, line.place.lng) == (-7.50, 109.10)


def test_a_mentor_sees_their_own_enterprises_alone(placed, as_role):
    client = as_role(Role.MENTOR, account=placed.mentor)

    page = client.get("/peta").text
    points = client.get("/peta?tampil=usaha").text

    assert "<h1" in page
    assert [number for _, number in NUMBER.findall(page)][:4] == ["3", "1", "1", "1"]
    assert {one for one in placed.ids.values() if str(one) in points} == {
        placed.ids["sehat"], placed.ids["sakit"]
    }  # fmt: skip
    assert client.get(f"/peta?wilayah={CIHONJE}").status_code == 404


def test_an_outline_leads_only_where_the_reader_may_go(placed, factories, as_role, admin_client):
    factories.enterprise(mentor=placed.mentor, village_code=OTHER_VILLAGE)
    factories.village_rows("11.01.01.2001")
    known = {"lat": -7.5, "lng": 109.1, "source": "uji", "loaded_at": utc_now()}
    provinces = {"11", "33", OTHER_VILLAGE[:2]}
    with transaction():
        db.session.add_all(
            AreaOutline(code=code, rings=[[int(code), -7, 110, -7, 110, -8]], **known)
            for code in provinces
        )
    client = as_role(Role.MENTOR, account=placed.mentor)

    led = {one: set(OUTLINE.findall(one.get("/peta").text)) for one in (client, admin_client)}

    assert led[admin_client] == provinces
    assert led[client] == provinces - {"11"}
    assert {client.get(f"/peta?wilayah={code}").status_code for code in led[client]} == {200}


def test_a_mentor_to_whom_nothing_is_assigned_sees_an_empty_map(placed, mentor_client):
    page = mentor_client.get("/peta").text

    assert not MARK.findall(page)
    assert "Tidak ada yang dapat ditampilkan" in page


@pytest.mark.parametrize("shown", ["sakit", "usaha", "alat"])
def test_a_foreign_area_answers_exactly_like_an_unknown_one(placed, officer_client, shown):
    foreign = officer_client.get(f"/peta?wilayah={OTHER_VILLAGE}&tampil={shown}")
    unknown = officer_client.get(f"/peta?wilayah=98.76&tampil={shown}")

    assert foreign.status_code == unknown.status_code == 404
    assert as_told(foreign) == as_told(unknown)


def test_who_reaches_nothing_gets_no_numbers(placed):
    with pytest.raises(NotFound):
        village_map(Scope(account_id=None, areas=("35.07",)), "33.02", "sakit")


@pytest.mark.parametrize("role", [Role.ENTREPRENEUR, Role.COOPERATIVE_OFFICER])
def test_who_may_not_read_the_register_has_no_map(as_role, role):
    assert as_role(role).get("/peta").status_code == 403


def test_too_many_premises_ask_for_a_smaller_area(placed, officer_client, monkeypatch):
    monkeypatch.setattr("app.dashboard.queries.maps.MOST_PREMISES", 1)

    page = officer_client.get("/peta?tampil=usaha").text

    assert "Pilih wilayah yang lebih kecil" in page
    assert not MARK.findall(page)
