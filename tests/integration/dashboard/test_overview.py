"""The overview: parts sum to the whole, a number is its list, other areas are never counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import Account
from app.core.clock import local_today
from app.core.errors import NotFound
from app.core.permissions import Role
from app.core.scope import Scope, everywhere, nowhere
from app.dashboard import queries
from app.dashboard.rules import COUNTED, DUE, VISITED, Period, Wanted
from app.db import db
from app.db.transaction import transaction
from app.enterprises import queries as register_queries
from tests.integration.dashboard.conftest import day

BANYUMAS = Scope(account_id=None, areas=("33.02",))
QUARTER = Period(from_on=day(90), until_on=day(0))
LEVELS = [("", "33"), ("33", "33.02"), ("33.02", "33.02.04"), ("33.02.04", "33.02.04.2005")]


def numbers(scope, code):
    """Count by key, for the whole area."""
    found = queries.overview(scope, code, QUARTER)
    return dict(found.whole.counts)


def test_each_enterprise_stands_in_exactly_one_class(register):
    counts = numbers(BANYUMAS, "33.02")

    assert counts == {
        "total": 9,
        "sehat": 2,
        "kurang_sehat": 1,
        "sakit": 3,
        "kedaluwarsa": 1,
        "belum_dapat_dinilai": 1,
        "belum_dinilai": 1,
        "terlambat": 1,
        "berhenti": 1,
        VISITED: 1,
        DUE: 2,
    }
    found = queries.overview(BANYUMAS, "33.02", QUARTER)
    assert sum(one.value for one in found.whole.classes) == found.whole.total.value


@pytest.mark.parametrize(("code", "below"), LEVELS)
def test_an_area_is_told_by_the_areas_right_below_it(register, code, below):
    found = queries.overview(everywhere(), code, QUARTER)

    assert below in [line.code for line in found.lines]
    assert all(len(line.code) == len(below) for line in found.lines)
    assert found.whole.total.value == sum(line.total.value for line in found.lines)


def test_a_village_is_told_by_itself(register):
    found = queries.overview(BANYUMAS, "33.02.15.2003", QUARTER)

    assert [line.code for line in found.lines] == ["33.02.15.2003"]
    assert found.whole.total.value == 1


@pytest.mark.parametrize("counted", COUNTED, ids=lambda counted: counted.key)
@pytest.mark.parametrize("code", ["33.02", "33.02.04", "33.02.15"])
def test_a_number_is_as_long_as_the_list_it_leads_to(register, counted, code):
    number = queries.overview(BANYUMAS, code, QUARTER).whole.number(counted)

    rows = register_queries.page(BANYUMAS, number.wanted).rows

    assert len(rows) == number.value
    assert register_queries.count(BANYUMAS, number.wanted) == number.value


@pytest.mark.parametrize("visits", [VISITED, DUE])
def test_visits_are_as_many_as_the_list_they_lead_to(register, visits):
    wanted = Wanted(area="33.02", period=QUARTER, visits=visits)

    rows = queries.enterprises(BANYUMAS, wanted, cursor=None).rows

    assert len(rows) == numbers(BANYUMAS, "33.02")[visits]
    assert queries.enterprise_count(BANYUMAS, wanted) == len(rows)


def test_visits_outside_the_period_are_not_counted(register):
    long_ago = Period(from_on=day(250), until_on=day(150))

    assert queries.overview(BANYUMAS, "33.02", long_ago).whole.visited == 1
    assert (
        queries.overview(BANYUMAS, "33.02", Period(from_on=day(1), until_on=day(0))).whole.visited
        == 0
    )


def test_another_area_is_never_counted(register):
    assert numbers(BANYUMAS, "33.02")["total"] == numbers(BANYUMAS, "")["total"] == 9
    assert numbers(everywhere(), "")["total"] == 10
    assert numbers(everywhere(), "33.02")["total"] == 9
    assert numbers(everywhere(), "35")["total"] == 1


@pytest.mark.parametrize("code", ["35.07", "35", "99.99", "33.0", "33.02'--", "x"])
def test_an_area_out_of_reach_answers_like_an_unknown_one(register, code):
    with pytest.raises(NotFound) as refusal:
        queries.overview(BANYUMAS, code, QUARTER)

    assert refusal.value.code == "area_unknown"


def test_who_reaches_nothing_counts_nothing(register):
    assert queries.overview(nowhere(), "", QUARTER).lines == []


def test_the_parts_of_two_people_add_up_to_the_whole(register):
    malang = Scope(account_id=None, areas=("35.07",))

    parts = numbers(BANYUMAS, ""), numbers(malang, "")

    assert {key: parts[0][key] + parts[1][key] for key in parts[0]} == numbers(everywhere(), "")


def test_a_page_asks_as_often_for_many_areas_as_for_one(register, factories):
    def asked() -> int:
        statements: list[str] = []
        db.session.rollback()
        db.session.expunge_all()

        def note(_conn, _cursor, statement, *_rest):
            statements.append(statement)

        sa.event.listen(db.engine, "before_cursor_execute", note)
        queries.overview(everywhere(), "33", QUARTER)
        sa.event.remove(db.engine, "before_cursor_execute", note)
        return len(statements)

    few = asked()
    assert asked() == few
    for number in range(10, 30):
        factories.enterprise(village_code=f"33.{number}.01.2001")

    assert asked() == few


def test_work_lists_are_as_long_as_the_lists_they_lead_to(register):
    lists = queries.work_lists(BANYUMAS)

    assert {one.key: one.value for one in lists} == {
        "sakit_lama_tanpa_rencana": 1,
        "sakit_tanpa_rencana": 2,
        "tanpa_pendamping": 6,
        "pendamping_berhenti": 0,
        "terlambat": 1,
        "kedaluwarsa": 1,
        "belum_dinilai": 1,
    }
    for one in lists:
        assert len(register_queries.page(BANYUMAS, one.wanted).rows) == one.value


@pytest.mark.parametrize("how", ["closed", "no_mentor"])
def test_enterprises_of_a_mentor_who_cannot_come_any_more_are_on_a_list(factories, how):
    gone, stays = factories.account(role=Role.MENTOR), factories.account(role=Role.MENTOR)
    left = factories.enterprise(name="Keripik Bu Sri", mentor=gone)
    factories.enterprise(name="Kue Bu Tuti", mentor=stays)
    key, shop = gone.id, left.id
    with transaction() as session:
        account = session.get_one(Account, key)
        if how == "closed":
            account.is_active = False
        else:
            account.memberships[0].until_on = local_today() - timedelta(days=1)
            account.memberships[0].from_on = local_today() - timedelta(days=9)

    found = {one.key: one for one in queries.work_lists(BANYUMAS)}["pendamping_berhenti"]

    assert found.value == 1
    assert [one.id for one in register_queries.page(BANYUMAS, found.wanted).rows] == [shop]


def test_work_lists_of_an_empty_register_are_zero(app):
    assert all(one.value == 0 for one in queries.work_lists(BANYUMAS))
