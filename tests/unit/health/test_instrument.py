"""The published instrument is whole, and never changes."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
import yaml

from app.health.rules import HealthClass, first_instrument
from app.health.rules.instrument import sheet_for
from app.health.rules.instrument_file import FOLDER, parse_instrument
from tests.unit.health.oracle import FILE

# A published version is never edited: make a new version with its own line here.
PUBLISHED = {
    "iku-dm-v1.yaml": "cba638c299aa4ae8837c1d1ac22eeaef22f13f96ce0c685fe583277d499ad740",
}
PREFILLED = [
    *("KEU1", "KEU2", "KEU3", "PSR1", "PSR2", "PSR4", "PRD5", "KMS2"),
    *("LGL1", "LGL2", "LGL3", "LGL4", "MNJ1", "MDL1", "MDL2", "SDM1"),
]


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_version_never_changes(name: str) -> None:
    content = (FOLDER / name).read_bytes()

    assert hashlib.sha256(content).hexdigest() == PUBLISHED[name]


def test_every_version_in_the_folder_is_pinned() -> None:
    versions = {path.name for path in Path(FOLDER).glob("*-v*.yaml")}

    assert versions == set(PUBLISHED)


def test_weights_add_up_to_a_hundred() -> None:
    dimensions = first_instrument().dimensions

    assert [part.weight for part in dimensions] == [20, 18, 12, 8, 10, 14, 10, 8]
    assert [sum(one.weight for one in part.indicators) for part in dimensions] == [
        part.weight for part in dimensions
    ]


def test_there_are_thirty_two_indicators_of_which_sixteen_can_be_prefilled() -> None:
    indicators = first_instrument().indicators

    assert [one.position for one in indicators] == list(range(32))
    assert [one.code for one in indicators if one.prefilled_from] == PREFILLED


def test_every_question_has_a_worst_and_a_best_answer_in_every_sector() -> None:
    instrument = first_instrument()

    for indicator in instrument.indicators:
        for sector in instrument.sectors:
            options = list(indicator.options_for(sector))
            assert options == sorted(options)
            assert (options[0], options[-1]) == (0, 4)


def test_trade_has_its_own_margins() -> None:
    margin = first_instrument().indicator("KEU1")

    assert margin.options_for("E")[4] == "10% atau lebih"
    assert margin.options_for("A")[4] == "30% atau lebih"


def test_food_and_other_trades_check_different_things() -> None:
    cleanliness = first_instrument().indicator("PRD3")

    assert "Air bersih" in cleanliness.items_for("A")
    assert cleanliness.items_for("A") == cleanliness.items_for("B")
    assert "Ada kotak P3K" in cleanliness.items_for("E")
    assert len(cleanliness.items_for("D")) == 5


@pytest.mark.parametrize(
    ("sector", "missing"),
    [
        ("A", set()),
        ("B", {"KMS1", "KMS2", "KMS3"}),
        ("C", {"LGL2", "LGL3"}),
        ("D", {"KMS1", "KMS2", "KMS3", "LGL2", "LGL3"}),
        ("E", {"PRD1", "KMS1", "KMS2", "KMS3", "LGL2", "LGL3"}),
        ("F", {"KMS1", "KMS2", "KMS3", "LGL2", "LGL3"}),
    ],
)
def test_a_sector_has_the_questions_of_the_table(sector: str, missing: set[str]) -> None:
    instrument = first_instrument()
    sheet = sheet_for(instrument, sector, has_equipment=True, declared_non_halal=False)

    absent = {one.code for one in instrument.indicators if one.position not in sheet.positions}

    assert absent == missing


def test_equipment_and_halal_questions_depend_on_the_enterprise() -> None:
    instrument = first_instrument()
    sheet = sheet_for(instrument, "A", has_equipment=False, declared_non_halal=True)

    absent = {one.code for one in instrument.indicators if one.position not in sheet.positions}

    assert absent == {"PRD5", "LGL3"}


def test_bounds_and_validity_are_those_of_the_text() -> None:
    instrument = first_instrument()

    assert (instrument.healthy_tenths, instrument.less_healthy_tenths) == (700, 450)
    assert instrument.valid_days == {
        HealthClass.SICK: 60,
        HealthClass.LESS_HEALTHY: 90,
        HealthClass.HEALTHY: 180,
    }
    assert instrument.required == ("PSR2", "MDL1", "MDL2", "Q2")
    assert list(instrument.knockouts) == [f"KO-{number}" for number in range(1, 10)]
    assert [question.code for question in instrument.screening] == ["Q1", "Q2", "Q3", "Q4"]


def test_a_decree_may_move_the_halal_date_without_touching_the_version() -> None:
    source = yaml.safe_load(FILE.read_text("utf-8"))
    moved = {"halal_wajib_mulai": {"mulai": date(2027, 10, 18), "sumber": "keputusan baru"}}

    instrument = parse_instrument(source, dated=moved)

    assert parse_instrument(source, dated={}).halal_required_from == date(2026, 10, 18)
    assert instrument.halal_required_from == date(2027, 10, 18)
    assert instrument.halal_source == "keputusan baru"
