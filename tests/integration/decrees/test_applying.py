"""Decrees move records and rights: all of them, once, and nobody else gains anything."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import configure_mappers

from app.accounts.queries import scope_of
from app.core.clock import local_today
from app.core.errors import Conflict, InvalidInput, WrongState
from app.core.permissions import Permission, Role
from app.core.scope import Scope
from app.db import db
from app.db.transaction import transaction
from app.decrees import queries, services
from app.decrees.services.moving import FOLLOWING
from app.enterprises.models import Enterprise
from app.enterprises.queries import count, within
from app.enterprises.queries.import_matches import village_index
from app.enterprises.rules.list_filter import ListFilter
from app.history.models import HistoryEntry
from app.places import services as places_services
from app.places.models import VillageProgram
from app.places.queries import current_code, search_villages
from app.programme.models import TypedFigure
from app.trainings.models import TrainingSession
from app.web.forms import BaseForm, PlaceField

LOSARI, OTHER, GUMELAR = "33.02.04.2005", "33.02.04.2006", "33.02.15.2003"
NEW = "33.02.04.2099"
SPLIT = f"{LOSARI}; {LOSARI}\n{LOSARI}; {NEW}; Losari Wetan; dusun: Karang"
MERGE = f"{LOSARI}; {NEW}; Losari Raya\n{OTHER}; {NEW}; Losari Raya"
REGENCY = (
    ";33.77;Kabupaten Banyumas Timur\n;33.78;Kabupaten Banyumas Barat\n"
    "33.02.04; 33.77.01\n33.02.15; 33.78.01"
)
# Papers, the past, and what names areas for itself, as tests of other features hold.
STAYING = {
    *("area", "area_word", "area_decree_line", "history_entry", "job_run", "tool_handover"),
    # Marks of what was looked through, reports as they were made.
    *("quality_checked_area", "office_report", "letterhead"),
    *("membership", "typed_figure", "village_program", "enterprise", "column_memory"),
}


@pytest.fixture
def people(factories: SimpleNamespace) -> SimpleNamespace:
    """Enterprises in three villages of two districts, and officers of each kind of area."""
    made = {
        "karang": factories.enterprise(
            name="Karang", village_code=LOSARI, hamlet="Dusun Karang, RT 02"
        ),
        "kulon": factories.enterprise(name="Kulon", village_code=LOSARI, hamlet="Kulon"),
        "other": factories.enterprise(name="Lain", village_code=OTHER),
        "gumelar": factories.enterprise(name="Gumelar", village_code=GUMELAR),
    }
    areas = {"losari": LOSARI, "lain": OTHER, "rawalo": "33.02.04", "banyumas": "33.02"}
    officers = {
        f"petugas_{name}": factories.account(role=Role.VILLAGE_OFFICER, area=area, name=name).id
        for name, area in areas.items()
    }
    admin = factories.account(role=Role.ADMIN, area="", name="admin").id
    officer = factories.account(role=Role.LABOUR_OFFICER, area="33.02", name="disnaker")
    factories.training(officer, made["karang"], village_code=LOSARI)
    with transaction():
        scope = Scope(account_id=admin, areas=("",))
        places_services.add_program(
            village_code=LOSARI, program="DESMIGRATIF", name=None, year=2019, scope=scope, by=admin
        )
    ids = {name: row.id for name, row in made.items()}
    return SimpleNamespace(admin=admin, **ids, **officers)


def draft(lines, **values):
    """A decree of yesterday."""
    known = {
        "number": "Perda 12/2026",
        "decided_on": local_today() - timedelta(days=1),
        "source": "Lembaran Daerah",
        "by": None,
    }
    with transaction():
        return services.draft_decree(**{**known, **values}, lines=lines).id


def applied(lines, **values):
    """A decree that was applied."""
    made = draft(lines, **values)
    with transaction():
        return services.apply_decree(decree_id=made, by=None)


def village(enterprise_id):
    """The village of an enterprise."""
    return db.session.get_one(Enterprise, enterprise_id).village_code


def seen(account_id):
    """The names of the enterprises that an account reaches."""
    scope = scope_of(account_id, Permission.ENTERPRISE_READ)
    rows = db.session.scalars(sa.select(Enterprise.name).where(within(scope)))
    return set(rows)


def test_a_hamlet_goes_to_the_new_village_and_the_rest_stays(people):
    made = draft(SPLIT)
    preview = queries.preview(made)

    with transaction():
        done = services.apply_decree(decree_id=made, by=people.admin)

    assert village(people.karang) == NEW
    assert village(people.kulon) == LOSARI
    assert [line.enterprise_count for line in preview.lines] == [1, 1]
    assert [number for _, number in preview.counted] == [0, 0, 0, 1, 0]
    assert (done.area_count, done.enterprise_count, done.membership_count) == (1, 1, 1)
    entry = db.session.query(HistoryEntry).filter_by(action="enterprise.resettled").one()
    assert (entry.enterprise_id, entry.area_code) == (people.karang, NEW)
    programs = db.session.query(VillageProgram).order_by(VillageProgram.village_code).all()
    assert [(one.village_code, one.year) for one in programs] == [(LOSARI, 2019), (NEW, 2019)]


def test_who_reached_the_village_reaches_both_and_nobody_else_gains(people):
    before = {name: seen(getattr(people, f"petugas_{name}")) for name in ("lain", "rawalo")}

    applied(SPLIT)

    assert seen(people.petugas_losari) == {"Karang", "Kulon"}
    assert {name: seen(getattr(people, f"petugas_{name}")) for name in before} == before
    assert scope_of(people.petugas_lain, Permission.ENTERPRISE_READ).areas == (OTHER,)
    assert scope_of(people.petugas_rawalo, Permission.ENTERPRISE_READ).areas == ("33.02.04",)


def test_two_villages_become_one_with_all_their_records(people):
    applied(MERGE)

    assert {village(key) for key in (people.karang, people.kulon, people.other)} == {NEW}
    assert village(people.gumelar) == GUMELAR
    assert seen(people.petugas_losari) == seen(people.petugas_lain) == {"Karang", "Kulon", "Lain"}
    assert db.session.query(VillageProgram).one().village_code == NEW
    assert db.session.query(TrainingSession).one().village_code == NEW
    assert current_code(LOSARI) == NEW


def test_a_whole_regency_becomes_two_and_everybody_keeps_what_they_reached(people):
    everybody = ("losari", "lain", "rawalo", "banyumas")
    before = {name: seen(getattr(people, f"petugas_{name}")) for name in everybody}

    done = applied(REGENCY)

    assert village(people.karang) == "33.77.01.2005"
    assert village(people.gumelar) == "33.78.01.2003"
    assert done.enterprise_count == 4
    assert {name: seen(getattr(people, f"petugas_{name}")) for name in everybody} == before
    areas = scope_of(people.petugas_banyumas, Permission.ENTERPRISE_READ).areas
    assert areas == ("33.02", "33.77", "33.78")
    assert scope_of(people.petugas_rawalo, Permission.ENTERPRISE_READ).areas == (
        "33.02.04",
        "33.77.01",
    )


@pytest.mark.parametrize("lines", [MERGE, REGENCY])
def test_nothing_stays_with_a_code_that_is_not_used_any_more(people, factories, lines):
    factories.mentor(village_code=LOSARI, area="33.02")
    made = draft(lines)
    gone = {line.old for line in queries.lines_of(made) if line.old} - {
        line.new for line in queries.lines_of(made)
    }

    with transaction():
        services.apply_decree(decree_id=made, by=None)

    for column in (*FOLLOWING, Enterprise.village_code, VillageProgram.village_code):
        left = db.session.scalars(sa.select(column).where(column.in_(gone))).all()
        assert (str(column), left) == (str(column), [])


def test_every_column_of_an_area_is_moved_or_known_to_stay(app):
    configure_mappers()
    columns = {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if column.name in ("area_code", "village_code") and table.name not in STAYING
    }

    assert columns == {f"{one.class_.__tablename__}.{one.key}" for one in FOLLOWING}


def test_a_decree_is_applied_once(people):
    made = draft(SPLIT)
    with transaction():
        services.apply_decree(decree_id=made, by=None)

    with pytest.raises(Conflict), transaction():
        services.apply_decree(decree_id=made, by=None)
    with pytest.raises(WrongState), transaction():
        services.discard_decree(decree_id=made, by=None)
    with pytest.raises(InvalidInput):
        draft(f"{LOSARI}; {NEW}", decided_on=local_today() + timedelta(days=1), number="Lain")


def test_a_typed_figure_goes_along_with_a_new_code_and_not_with_a_merger(people):
    def typed(area_code):
        with transaction():
            db.session.add(
                TypedFigure(
                    area_code=area_code, item="keluaran-4", value=100, unit="unit",
                    counted_on=local_today(), source="Pokja", typed_by=people.admin,
                    typed_at=sa.func.now(), note="",
                )
            )  # fmt: skip

    typed(GUMELAR)
    typed(LOSARI)
    applied(f"{MERGE}\n{GUMELAR}; 33.02.15.2098; Gumelar")

    found = db.session.scalars(sa.select(TypedFigure.area_code).order_by(TypedFigure.area_code))

    assert list(found) == [LOSARI, "33.02.15.2098"]


def test_an_old_code_in_a_list_means_the_village_of_today(people):
    applied(REGENCY)
    scope = scope_of(people.petugas_banyumas, Permission.ENTERPRISE_READ)

    index = village_index(scope)

    assert index.resolve({"village_code": LOSARI, "village": "Losari"}) == "33.77.01.2005"
    assert index.resolve({"village": "Losari", "district": "Rawalo"}) == "33.77.01.2005"
    with pytest.raises(InvalidInput):
        village_index(Scope(account_id=None, areas=("33.78",))).resolve({"village_code": LOSARI})


def test_a_form_takes_the_village_of_today_for_an_old_code(people, app):
    class Box(BaseForm):
        village = PlaceField("Desa")

    applied(MERGE)

    with app.test_request_context(method="POST", data={"village": LOSARI}):
        assert Box().village.data == NEW


def test_the_search_finds_the_old_village_and_says_what_it_is_now(people, officer_client):
    applied(MERGE)

    page = officer_client.get(f"/wilayah/cari?q={LOSARI}").get_data(as_text=True)
    offered = officer_client.get(
        f"/wilayah/cari?q={LOSARI}", headers={"Accept": "application/json"}
    ).get_json()
    shown = officer_client.get(f"/wilayah/{LOSARI}").get_data(as_text=True)

    assert [hit.code for hit in search_villages(LOSARI)] == [LOSARI]
    assert "sekarang" in page
    assert "Losari Raya" in page
    assert [one["code"] for one in offered["matches"]] == [NEW]
    assert "Kode ini tidak dipakai lagi" in shown


def test_figures_of_the_old_regency_are_those_of_the_two_new_ones(people):
    scope = Scope(account_id=None, areas=("",))
    before = count(scope, ListFilter(area="33.02"))

    applied(REGENCY)

    numbers = [count(scope, ListFilter(area=area)) for area in ("33.02", "33.77", "33.78")]
    assert numbers == [0, 3, 1]
    assert sum(numbers) == before
