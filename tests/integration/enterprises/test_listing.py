"""Lists of enterprises: who sees which, filters, orders, paging."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.core.clock import local_today
from app.core.errors import InvalidInput, NotFound
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import Scope, everywhere, nowhere
from app.db import db
from app.enterprises import queries
from app.enterprises.queries import ListFilter, choices

BANYUMAS = Scope(account_id=None, areas=("33.02",))


def names(page):
    return [line.name for line in page.rows]


def all_names(scope, wanted=None, **options):
    return names(queries.page(scope, wanted or ListFilter(), **options))


def test_an_area_reaches_its_villages_and_no_others(factories):
    factories.enterprise(name="Dalam")
    factories.enterprise(name="Luar", village_code="35.07.10.2003")
    factories.enterprise(name="Kode mirip", village_code="33.20.04.2005")

    assert all_names(BANYUMAS) == ["Dalam"]
    assert all_names(Scope(account_id=None, areas=("33",))) == ["Dalam", "Kode mirip"]
    assert all_names(everywhere()) == ["Dalam", "Kode mirip", "Luar"]
    assert all_names(nowhere()) == []


def test_a_mentor_reaches_what_is_assigned_and_an_owner_what_is_theirs(factories):
    mentor, other = factories.account(), factories.account()
    owner_account = factories.account()
    owner = factories.owner(account_id=owner_account.id)
    factories.enterprise(name="Milik sendiri", owner=owner, mentor=other)
    factories.enterprise(name="Dampingan", mentor=mentor)

    assert all_names(Scope(account_id=mentor.id, mentor_account_id=mentor.id)) == ["Dampingan"]
    assert all_names(Scope(account_id=owner_account.id, owner_account_id=owner_account.id)) == [
        "Milik sendiri"
    ]


def test_a_foreign_enterprise_is_as_unknown_as_one_that_does_not_exist(factories):
    foreign = factories.enterprise(village_code="35.07.10.2003")

    with pytest.raises(NotFound) as for_foreign:
        queries.enterprise(BANYUMAS, foreign.id)
    with pytest.raises(NotFound) as for_unknown:
        queries.enterprise(BANYUMAS, new_id())

    assert for_foreign.value.code == for_unknown.value.code == "enterprise_unknown"


def test_an_owner_is_reached_through_an_enterprise_in_scope_only(factories):
    owner = factories.owner()
    factories.enterprise(owner=owner, name="Cabang jauh", village_code="35.07.10.2003")
    lone = factories.owner()

    with pytest.raises(NotFound):
        queries.owner(BANYUMAS, owner.id)
    with pytest.raises(NotFound):
        queries.owner(BANYUMAS, lone.id)
    assert queries.owner(everywhere(), lone.id).id == lone.id
    factories.enterprise(owner=owner, name="Cabang dekat")

    assert queries.owner(BANYUMAS, owner.id).id == owner.id
    assert [row.name for row in queries.enterprises_of(BANYUMAS, owner.id)] == ["Cabang dekat"]


FILTERS = {
    "sakit": ListFilter(health="sakit"),
    "belum dinilai": ListFilter(health="belum_dinilai"),
    "belum dapat dinilai": ListFilter(health="belum_dapat_dinilai"),
    "kedaluwarsa": ListFilter(health="kedaluwarsa"),
    "terlambat": ListFilter(is_overdue=True),
    "tutup": ListFilter(life_cycle="tutup"),
    "tanpa pendamping, sektor C": ListFilter(mentor="tanpa", sector="C"),
    "tanpa sektor": ListFilter(sector="tanpa"),
    "baru": ListFilter(created_from=date(2026, 1, 1), created_until=date(2026, 1, 1)),
    "sehat tanpa rencana": ListFilter(health="sehat", is_without_plan=True),
}


def test_each_filter_finds_its_own(factories):
    today = local_today()
    yesterday = today - timedelta(days=1)
    mentor = factories.account()
    plain = {"mentor": mentor, "assessed_on": today}
    factories.enterprise(name="sakit", health_class="sakit", **plain)
    factories.enterprise(name="belum dinilai", mentor=mentor)
    factories.enterprise(name="belum dapat dinilai", health_status="belum_dapat_dinilai", **plain)
    factories.enterprise(
        name="kedaluwarsa", health_class="kurang_sehat", health_valid_until=yesterday, **plain
    )
    factories.enterprise(name="terlambat", next_visit_due_on=yesterday, **plain)
    factories.enterprise(name="tutup", life_cycle="tutup", next_visit_due_on=yesterday, **plain)
    factories.enterprise(name="tanpa pendamping, sektor C", sector="C", assessed_on=today)
    factories.enterprise(name="tanpa sektor", sector=None, **plain)
    factories.enterprise(name="sehat tanpa rencana", health_class="sehat", **plain)
    factories.enterprise(name="sehat berencana", health_class="sehat", has_plan=True, **plain)
    # The last second of that day in western Indonesia.
    created_at = datetime(2026, 1, 1, 16, 59, 59, tzinfo=UTC)
    factories.enterprise(name="baru", created_at=created_at, **plain)

    found = {name: all_names(everywhere(), wanted) for name, wanted in FILTERS.items()}

    assert found == {name: [name] for name in FILTERS}
    counts = {name: queries.count(everywhere(), wanted) for name, wanted in FILTERS.items()}
    assert set(counts.values()) == {1}


@pytest.mark.parametrize("sort", list(queries.SORTS))
def test_paging_shows_every_row_once_forth_and_back(factories, sort):
    for number in range(11):
        factories.enterprise(
            name=f"Usaha {number % 4}",
            health_score=[None, 100, 100, 900][number % 4],
            last_visit_on=[None, date(2026, 1, 1)][number % 2],
        )
    whole = [line.id for line in queries.page(everywhere(), ListFilter(), sort=sort).rows]

    seen, cursor, backward = [], None, []
    while True:
        page = queries.page(everywhere(), ListFilter(), sort=sort, cursor=cursor, size=3)
        seen += [line.id for line in page.rows]
        last = page
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    while last.previous_cursor is not None:
        last = queries.page(
            everywhere(), ListFilter(), sort=sort, cursor=last.previous_cursor, size=3
        )
        backward = [line.id for line in last.rows] + backward

    assert len(whole) == 11
    assert seen == whole
    assert backward == whole[: len(backward)]
    assert len(backward) == 9


def test_without_a_score_comes_last_and_without_a_visit_first(factories):
    factories.enterprise(name="A", health_score=None, last_visit_on=date(2026, 1, 2))
    factories.enterprise(name="B", health_score=0, last_visit_on=None)
    factories.enterprise(name="C", health_score=1000, last_visit_on=date(2026, 1, 1))

    assert all_names(everywhere(), sort="skor") == ["B", "C", "A"]
    assert all_names(everywhere(), sort="kunjungan") == ["B", "C", "A"]


def test_a_page_costs_one_statement_whatever_it_shows(factories):
    for _ in range(6):
        factories.enterprise(mentor=factories.account())
    statements = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *seen: statements.append(seen[2]))

    queries.page(everywhere(), ListFilter(), size=2)
    few = len(statements)
    queries.page(everywhere(), ListFilter(), size=6)

    assert (few, len(statements)) == (1, 2)


@pytest.mark.parametrize("word", ["x", "WzAsIng", "W10", "WzAsImEiLCJiIl0"])
def test_a_cursor_that_nobody_gave_is_refused(factories, word):
    with pytest.raises(InvalidInput) as refusal:
        queries.page(everywhere(), ListFilter(), sort="terbaru", cursor=word)

    assert refusal.value.code == "cursor_unknown"


def test_counting_stops_one_above_the_cap(factories, monkeypatch):
    monkeypatch.setattr(queries.listing, "COUNT_MAX", 2)
    for _ in range(4):
        factories.enterprise()

    assert queries.count(everywhere(), ListFilter()) == 3


def test_the_filter_offers_the_mentors_and_areas_of_the_scope(factories):
    near = factories.account(role=Role.MENTOR, area="33.02", name="Dekat")
    factories.account(role=Role.MENTOR, area="35.07", name="Jauh")
    factories.enterprise(mentor=near)

    assert choices.mentor_choices(BANYUMAS) == [(str(near.id), "Dekat")]
    assert choices.mentor_name(BANYUMAS, near.id) == "Dekat"
    assert choices.mentor_name(Scope(account_id=None, areas=("35",)), near.id) != "Dekat"
    assert choices.area_choices(BANYUMAS, "") == [
        ("33.02", "Kabupaten Banyumas"),
        ("33.02.04", "Rawalo"),
    ]
    assert [code for code, _ in choices.area_choices(BANYUMAS, "33.02.04")] == [
        "33.02",
        "33.02.04",
        "33.02.04.2005",
    ]
    own = Scope(account_id=near.id, mentor_account_id=near.id)
    assert [code for code, _ in choices.area_choices(own, "")] == ["33.02.04.2005"]


def test_the_whole_page_costs_few_statements(officer_client, factories):
    for _ in range(5):
        factories.enterprise(mentor=factories.account(role=Role.MENTOR))
    # What a process asks once, such as whether the schema is its own, is no part of a page.
    officer_client.get("/usaha")
    statements = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *seen: statements.append(seen[2]))

    officer_client.get("/usaha")

    assert len(statements) <= 14, "\n".join(statements)


@pytest.mark.parametrize(
    ("days", "values", "words"),
    [
        (14, {}, "14 hari tanpa rencana<"),
        (15, {}, "15 hari tanpa rencana, terlambat<"),
        (15, {"has_plan": True}, ""),
        (15, {"life_cycle": "tutup"}, ""),
    ],
)
def test_a_line_says_how_long_a_sick_enterprise_has_had_no_plan(
    factories, officer_client, days, values, words
):
    factories.sick_enterprise(sick_since_on=local_today() - timedelta(days=days), **values)

    page = officer_client.get("/usaha").text

    if words:
        assert words in page
    else:
        assert "tanpa rencana<" not in page
        assert "rencana, terlambat<" not in page
