"""Overlaps, gaps and sums of the matrix."""

from __future__ import annotations

from uuid import UUID

from app.interventions.rules import current_catalogue
from app.interventions.rules.spread import Cell, Help, Place, gaps_of, overlaps_of, total_of

CATALOGUE = current_catalogue()


def given(number, therapy, *indicators, source="csr"):
    return Help(
        id=UUID(int=number),
        therapy=therapy,
        indicators=frozenset(indicators),
        provider="PLUT",
        funding_source=source,
    )


def test_two_therapies_for_one_indicator_overlap():
    book, margin = given(1, "T01", "MNJ1"), given(2, "T29", "MNJ1", "SDM1", source="apbn")

    (found,) = overlaps_of([book, margin])

    assert (found.first, found.second, found.indicator) == (book, margin, "MNJ1")


def test_the_same_therapy_twice_overlaps_even_without_a_finding():
    (found,) = overlaps_of([given(1, "T18"), given(2, "T18"), given(3, "T13", "LGL1")])

    assert (found.first.therapy, found.indicator) == ("T18", "")


def test_therapies_for_different_needs_do_not_overlap():
    assert overlaps_of([given(1, "T01", "MNJ1"), given(2, "T13", "LGL1")]) == []


def test_gap_is_a_finding_that_neither_indicator_nor_kind_of_therapy_answers():
    points = {"MNJ1": 0, "LGL1": 2, "MNJ2": 1, "SDM1": 3, "PRD3": None}

    open_ones = gaps_of(CATALOGUE, points, "A", [given(1, "T01", "MNJ1"), given(2, "T04")])

    assert open_ones == ["LGL1"]
    assert gaps_of(CATALOGUE, points, "A", []) == [
        code for code in CATALOGUE.options if code in ("MNJ1", "LGL1", "MNJ2")
    ]


def test_sector_decides_which_therapy_a_finding_asks_for():
    points = {"LGL2": 0}

    assert gaps_of(CATALOGUE, points, "A", [given(1, "T14")]) == []
    assert gaps_of(CATALOGUE, points, "B", [given(1, "T14")]) == ["LGL2"]


def test_cells_add_up_to_rows_and_to_the_whole():
    place = Place(code="33.02.01.2001")
    place.cells["2", "csr"] = Cell(count=2, budget=300, spent=100)
    place.cells["4", "apbn"] = Cell(count=1, budget=50, spent=0)

    assert place.total == Cell(count=3, budget=350, spent=100)
    assert place.cell("1", "csr") == Cell()
    assert total_of([place.total, place.total]).budget == 700
