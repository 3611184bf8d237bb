"""Codes that come to mean another village, new names, and what people with several areas see."""

from __future__ import annotations

from app.accounts.queries import scope_of
from app.core.permissions import Permission
from app.core.scope import Scope
from app.db import db
from app.decrees import queries
from app.places.models import Area
from app.places.queries import reached_area, search_villages
from app.reports.queries.kept import office_for
from tests.integration.decrees.test_applying import (
    GUMELAR,
    LOSARI,
    MERGE,
    NEW,
    OTHER,
    SPLIT,
    applied,
    draft,
    people,
    seen,
)

__all__ = ["people"]
SEVERAL = {
    ("",): "Indonesia",
    ("33.02", "33.02.04"): "Kabupaten Banyumas",
    ("33.02.04", GUMELAR, LOSARI): "Rawalo dan Wilayah 33.02.15.2003",
    (LOSARI, OTHER, GUMELAR, "33.01"): "4 wilayah tugas",
}


def test_who_had_a_code_that_is_given_anew_reaches_nothing_of_the_other_village(people):
    applied(MERGE)
    again = f"{GUMELAR}; {GUMELAR}\n{GUMELAR}; {LOSARI}; Gumelar Wetan; usaha: {people.gumelar}"
    shown = queries.preview(draft(again, number="Perda 13/2026"))
    applied(again, number="Perda 14/2026")

    assert seen(people.petugas_losari) == {"Karang", "Kulon", "Lain"}
    assert [(one.name, one.area_code) for one in shown.losses] == [("losari", LOSARI)]
    assert seen(people.petugas_banyumas) >= {"Gumelar"}


def test_codes_that_change_places_take_their_people_along(people):
    before = {key: seen(getattr(people, key)) for key in ("petugas_losari", "petugas_lain")}

    applied(f"{LOSARI}; {OTHER}; Losari\n{OTHER}; {LOSARI}; Lain")

    assert {key: seen(getattr(people, key)) for key in before} == before


def test_an_area_that_gets_another_name_is_found_by_it(people):
    applied(f"{LOSARI}; {LOSARI}; Losari Kulon\n{LOSARI}; {NEW}; Losari Wetan; dusun: Karang")

    assert db.session.get_one(Area, LOSARI).name == "Losari Kulon"
    assert {hit.code for hit in search_villages("losari kulon")} == {LOSARI}


def test_who_has_several_areas_reads_their_names_and_not_that_of_the_country(people):
    applied(SPLIT)
    scope = scope_of(people.petugas_losari, Permission.DASHBOARD_READ)

    named = {areas: reached_area(Scope(account_id=None, areas=areas), "") for areas in SEVERAL}

    assert named == SEVERAL
    assert reached_area(scope, "") == "Losari dan Losari Wetan"
    assert office_for(scope, NEW)[0].name.startswith("Losari Wetan")


def test_a_code_that_is_not_used_any_more_is_not_named(people):
    applied(MERGE)

    assert reached_area(scope_of(people.petugas_losari, Permission.DASHBOARD_READ), "") == (
        "Losari Raya"
    )
