"""Movement between classes: every enterprise once, every cell its list."""

from __future__ import annotations

import pytest

from app.core.clock import local_today
from app.core.scope import Scope, everywhere
from app.dashboard import queries
from app.dashboard.rules import Period, Wanted
from tests.integration.dashboard.conftest import LONG_AGO, assess, day

BANYUMAS = Scope(account_id=None, areas=("33.02",))
QUARTER = Period(from_on=day(90), until_on=day(0))


def cells(found):
    """Number by (start, end), without the empty ones."""
    return {
        (cell.start, cell.end): cell.value for row in found.rows for cell in row.cells if cell.value
    }


def test_each_enterprise_is_counted_once_from_where_it_stood_to_where_it_stands(register):
    found = queries.movement(BANYUMAS, "33.02", QUARTER)

    assert cells(found) == {
        ("kurang_sehat", "sehat"): 1,
        ("sakit", "kurang_sehat"): 1,
        ("sehat", "sakit"): 3,
        ("sehat", "kedaluwarsa"): 1,
        ("belum_terdaftar", "belum_dinilai"): 1,
        ("belum_dinilai", "belum_dapat_dinilai"): 1,
        ("sakit", "berhenti"): 1,
        ("sehat", "sehat"): 1,
    }
    assert found.total == 10
    assert (found.better, found.worse) == (2, 3)


def test_every_cell_is_as_long_as_its_list(register):
    found = queries.movement(BANYUMAS, "33.02", QUARTER)

    for row in found.rows:
        for cell in row.cells:
            wanted = Wanted(area="33.02", period=QUARTER, start=cell.start, end=cell.end)
            assert queries.enterprise_count(BANYUMAS, wanted) == cell.value
            assert len(queries.enterprises(BANYUMAS, wanted, cursor=None).rows) == cell.value


def test_every_sum_is_as_long_as_its_list(register):
    found = queries.movement(BANYUMAS, "33.02", QUARTER)

    for row in found.rows:
        wanted = Wanted(area="33.02", period=QUARTER, start=row.start)
        assert queries.enterprise_count(BANYUMAS, wanted) == row.total
    for cell in found.ends:
        wanted = Wanted(area="33.02", period=QUARTER, end=cell.end)
        assert queries.enterprise_count(BANYUMAS, wanted) == cell.value
    assert queries.enterprise_count(BANYUMAS, Wanted(area="33.02", period=QUARTER)) == found.total
    for turn, number in (("membaik", found.better), ("memburuk", found.worse)):
        wanted = Wanted(area="33.02", period=QUARTER, turn=turn)
        assert queries.enterprise_count(BANYUMAS, wanted) == number


def test_the_end_of_a_period_until_today_is_what_the_overview_says(register):
    ends = {cell.end: cell.value for cell in queries.movement(BANYUMAS, "33.02", QUARTER).ends}
    now = queries.overview(BANYUMAS, "33.02", QUARTER).whole.counts

    assert ends == {key: now[key] for key in ends}


def test_in_a_period_of_one_day_nothing_moves(register):
    today = Period(from_on=day(0), until_on=day(0))

    assert all(start == end for start, end in cells(queries.movement(everywhere(), "", today)))


def test_a_class_counts_from_the_day_of_its_assessment_to_the_last_day_it_is_valid(factories):
    enterprise = factories.enterprise(created_at=None)
    assess(enterprise.id, "sakit", day(60), day(30))

    def state(days_ago: int) -> str:
        one_day = Period(from_on=day(days_ago), until_on=day(days_ago))
        [(start, _)] = cells(queries.movement(everywhere(), "", one_day)) or [("nobody", "")]
        return start

    assert [state(ago) for ago in (61, 60, 30, 29)] == ["nobody", "sakit", "sakit", "kedaluwarsa"]


def test_too_few_answers_are_a_state_of_their_own_until_a_class_is_told(factories):
    enterprise = factories.enterprise(created_at=LONG_AGO)
    assess(enterprise.id, None, day(80), None)
    assess(enterprise.id, "sakit", day(60), day(30))
    assess(enterprise.id, None, day(20), None)

    def state(days_ago: int) -> str:
        one_day = Period(from_on=day(days_ago), until_on=day(days_ago))
        [(start, _)] = cells(queries.movement(everywhere(), "", one_day))
        return start

    assert [state(ago) for ago in (81, 80, 61, 60, 30, 20)] == [
        "belum_dinilai",
        "belum_dapat_dinilai",
        "belum_dapat_dinilai",
        "sakit",
        "sakit",
        "kedaluwarsa",
    ]


def test_another_area_is_never_in_the_matrix(register):
    own = queries.movement(BANYUMAS, "", QUARTER)
    all_of_them = queries.movement(everywhere(), "", QUARTER)

    assert own.total == 10
    assert all_of_them.total == 11


@pytest.mark.parametrize("area", ["35.07", "35.07.10.2003"])
def test_a_list_of_another_area_is_empty(register, area):
    wanted = Wanted(area=area, period=QUARTER)

    assert queries.enterprises(BANYUMAS, wanted, cursor=None).rows == []


def test_an_enterprise_that_leaves_tomorrow_is_still_there_today(factories):
    enterprise = factories.enterprise(life_cycle="tutup", life_cycle_on=day(-1))
    today = Period(from_on=local_today(), until_on=local_today())

    assert enterprise.life_cycle == "tutup"
    assert "berhenti" not in {end for _, end in cells(queries.movement(everywhere(), "", today))}
