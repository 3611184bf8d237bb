"""The array scorer of the simulator gives what the rules of the register give."""

from __future__ import annotations

from datetime import date

import pytest

from app.demo.cases import case_of
from app.demo.questionnaire import ASKED, CODES, INDICATORS, SECTORS
from app.demo.simulator import simulate
from app.health.rules import first_instrument, score

CLASSES = {0: "sakit", 1: "kurang_sehat", 2: "sehat"}


@pytest.fixture(scope="module")
def world():
    return simulate(seed=11, enterprises=900, quarters=4, last_on=date(2026, 11, 22))


def test_the_simulator_asks_what_the_published_instrument_asks():
    published = first_instrument().indicators

    assert [indicator.code for indicator in published] == list(CODES)
    assert [indicator.weight for indicator in published] == [own.weight for own in INDICATORS]
    for column, indicator in enumerate(published):
        asked = {sector for row, sector in enumerate(SECTORS) if ASKED[row, column]}

        assert asked == set(indicator.sectors), indicator.code


def test_simulated_points_are_published_options():
    for own, published in zip(INDICATORS, first_instrument().indicators, strict=True):
        assert set(own.options) <= set(published.options), own.code


def test_both_scorers_agree_on_every_case_of_a_world(world):
    instrument = first_instrument()

    for quarter, each in enumerate(world.rounds):
        for row in each.is_assessed.nonzero()[0]:
            result = score(instrument, case_of(world, quarter, int(row)))
            expected = CLASSES.get(int(each.scores.final_class[row]))

            assert result.tenths == each.scores.score[row]
            assert result.final_class == expected
