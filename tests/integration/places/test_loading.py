import time

import pytest
from sqlalchemy import func, select

from app.db import db
from app.db.transaction import transaction
from app.places import queries, services
from app.places.models import Area, AreaWord, VillageProgram
from tests.factories.places import ONE_PROGRAM, SMALL_COUNTRY


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_bundle_loads_whole_and_a_second_run_returns_at_once(app):
    with transaction():
        first = services.load_bundled()
    started = time.monotonic()
    with transaction():
        second = services.load_bundled()
    seconds = time.monotonic() - started

    assert (first.area_count, first.program_count) == (91_599, 41)
    assert (second.area_count, second.program_count) == (0, 0)
    assert seconds < 1
    assert (count(Area), count(VillageProgram)) == (91_599, 41)
    assert queries.search_villages("losari rawalo")[0].code == "33.02.04.2001"


def test_new_edition_changes_names_and_keeps_what_it_no_longer_lists(factories):
    factories.country()
    newer = SMALL_COUNTRY.replace("\t\t\t2002\tMenganti\n", "").replace("Cihonje", "Cihonje Baru")

    factories.country(areas=newer)

    assert queries.area("33.02.15.2003").name == "Cihonje Baru"
    assert queries.area("33.02.04.2002").name == "Menganti"
    assert queries.search_villages("baru")[0].code == "33.02.15.2003"
    assert count(AreaWord) == 4


def test_programmes_come_with_year_and_place_the_village(factories):
    factories.country(programs=ONE_PROGRAM)

    program = queries.village_programs("33.02.04.2001")[0]
    village = queries.area("33.02.04.2001")

    assert (program.label, program.year) == ("Desa Migran Produktif (Desmigratif)", 2017)
    assert (village.lat, village.lng) == (pytest.approx(-7.56627), pytest.approx(109.15389))
    assert [row.village_code for row in queries.villages_with_program("33.02")] == ["33.02.04.2001"]
    assert queries.villages_with_program("33.03") == []


def test_programme_that_an_officer_took_away_does_not_come_back(factories):
    factories.country(programs=ONE_PROGRAM)
    with transaction():
        db.session.delete(db.session.scalars(select(VillageProgram)).one())

    factories.country(programs=ONE_PROGRAM)

    assert count(VillageProgram) == 0


def test_command_says_what_it_did(app):
    runner = app.test_cli_runner()

    first = runner.invoke(args=["places", "load"])
    second = runner.invoke(args=["places", "load"])
    search = runner.invoke(args=["places", "search", "losari rawalo"])

    assert "91599 wilayah dan 41 program" in first.output
    assert "sudah termuat" in second.output
    assert "33.02.04.2001  Losari, Rawalo, Kabupaten Banyumas" in search.output
