"""Figures of the programme: right, within reach, as long as their lists, sums of their villages."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.core.errors import NotFound
from app.core.period import Period
from app.core.scope import Scope, everywhere
from app.dashboard.queries import movement
from app.db import db
from app.programme import queries
from app.programme.queries import Around
from tests.integration.programme.conftest import GUMELAR, LOSARI, TODAY, day

BANYUMAS = Scope(account_id=None, areas=("33.02",))
YEAR = Period(from_on=day(365), until_on=TODAY)


def around(area="33.02", scope=BANYUMAS, period=YEAR):
    """What a count needs."""
    return Around(scope=scope, area=area, period=period, today=TODAY)


def numbers(asked):
    """(value, out of) of every figure of an area, by its fact; of amounts by their label."""
    found = {}
    for answer in (*queries.profile(asked), *queries.indicators(asked)):
        for one in answer.figures:
            out_of = None if one.out_of is None else one.out_of.value
            found[one.number.fact or one.label] = (one.number.value, out_of)
    return found


def statements(count):
    """How many statements a call sends."""
    seen = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    count()
    return len(seen)


def test_figures_are_counted_within_the_area_alone(village_world):
    found = numbers(around())

    assert found["usaha_awal"] == (3, None)
    assert found["usaha_baru"] == (1, 3)
    assert found["usaha_bertahan"] == (2, 3)
    assert found["usaha_berhenti"] == (1, 3)
    assert found["pekerja_tercatat"] == (3, 3)
    assert found["pekerja"] == (6, None)
    assert found["pekerja_baru"] == (3, 6)
    assert found["terapi_modal"] == (1, 3)
    assert found["kelompok_berjalan"] == (1, 3)
    assert found["bermitra"] == (1, 3)
    assert found["berlatih"] == (2, 3)
    assert found["dikunjungi"] == (1, 3)
    assert found["penyelenggara"] == (1, None)


def test_the_same_enterprises_are_compared_on_both_days(village_world):
    found = numbers(around())

    assert found["keuangan-akhir"] == (2, 3)
    assert found["keuangan-sama_awal"] == (1, 2)
    assert found["keuangan-sama_akhir"] == (1, 2)
    assert found["sisa_naik"] == (1, 2)
    assert found["sisa_turun"] == (1, 2)


def test_an_assessment_after_the_last_day_does_not_count(village_world):
    before = Period(from_on=day(500), until_on=day(365))

    found = numbers(around(period=before))

    assert found["keuangan-akhir"] == (1, 2)
    assert found["keuangan-sama_akhir"] == (0, 0)
    assert found["terapi_modal"] == (0, 3)


def test_moves_between_classes_are_those_of_the_dashboard(village_world):
    period = Period(from_on=day(360), until_on=TODAY)

    found, matrix = numbers(around(period=period)), movement(BANYUMAS, "33.02", period)

    assert (found["kelas_membaik"][0], found["kelas_memburuk"][0]) == (matrix.better, matrix.worse)
    assert (matrix.better, matrix.worse) == (1, 1)


@pytest.mark.parametrize("area", ["", "33.02", LOSARI, GUMELAR])
def test_every_figure_is_as_long_as_its_list(village_world, area):
    asked = around(area, everywhere())

    for answer in (*queries.profile(asked), *queries.indicators(asked)):
        shown = [(one.number, "") for one in answer.figures]
        shown += [(one.out_of, "") for one in answer.figures if one.out_of]
        shown += [(one, one.name) for group in answer.named for one in group.numbers]
        for number, name in shown:
            assert number.fact
            if number.is_amount:
                listed = queries.amount_list(asked, number.fact, cursor=None)
                said = listed.count if listed.total is None else listed.total
                held = [row.number if listed.total is not None else 1 for row in listed.page.rows]
                assert (number.fact, said, sum(held)) == (number.fact, number.value, said)
                whole = queries.whole_amount_list(asked, number.fact)
                assert whole.page.rows == listed.page.rows
            else:
                found = queries.figure_list(asked, number.fact, name, cursor=None)
                assert (number.fact, found.count) == (number.fact, number.value)
                assert len(found.page.rows) == number.value


def test_an_area_is_the_sum_of_its_villages(village_world):
    whole, *villages = [numbers(around(area)) for area in ("33.02", LOSARI, GUMELAR)]

    # One provider may train in both villages, and one mentor work in both.
    shared = {"penyelenggara", "pelatihan", "pendamping", "pelaksana_lembaga"}
    for key in whole.keys() - shared - {key for key in whole if key.startswith("masalah")}:
        assert (key, whole[key][0]) == (key, sum(one[key][0] for one in villages))


def test_the_number_of_statements_does_not_grow_with_the_villages(village_world):
    few = statements(lambda: queries.indicators(around(LOSARI)))

    assert statements(lambda: queries.indicators(around("", everywhere()))) <= few


def test_a_list_holds_nothing_outside_the_reach_of_who_asks(village_world):
    asked = around("", Scope(account_id=None, areas=(GUMELAR,)))

    found = queries.figure_list(asked, "usaha", "", cursor=None)

    assert [row.name for row in found.page.rows] == ["Baru"]


def test_a_figure_that_there_is_not_is_not_found(village_world):
    with pytest.raises(NotFound):
        queries.figure_list(around(), "karangan-X1", "", cursor=None)
