"""Who is helped with whose money, who twice for one need, and which finding nobody answers.

Source: domain reference, chapter 7 (money follows programme).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from uuid import UUID

from app.interventions.rules.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """One therapy that was approved, as far as it may overlap with another."""

    id: UUID
    therapy: str
    indicators: frozenset[str]
    provider: str
    funding_source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Two therapies of one enterprise and year for one need: the same therapy, or an indicator
    that both were given for ("" when it is the therapy alone)."""

    first: Help
    second: Help
    indicator: str


@dataclass(slots=True)
class Cell:
    """What one place has of one pillar and source."""

    count: int = 0
    budget: int = 0
    spent: int = 0


@dataclass(slots=True)
class Place:
    """One row of the matrix; `cells` by pillar and source. The two counts are of enterprises,
    None where the area is too wide to look at each."""

    code: str
    name: str = ""
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    overlaps: int | None = None
    gaps: int | None = None

    def cell(self, pillar: str, source: str) -> Cell:
        """One cell, empty when there is nothing."""
        return self.cells.get((pillar, source), Cell())

    @property
    def total(self) -> Cell:
        """The whole row."""
        return total_of(self.cells.values())


def total_of(cells: Iterable[Cell]) -> Cell:
    """What cells add up to."""
    whole = Cell()
    for cell in cells:
        whole.count += cell.count
        whole.budget += cell.budget
        whole.spent += cell.spent
    return whole


def overlaps_of(helps: Sequence[Help]) -> list[Overlap]:
    """Every pair of therapies of one enterprise and year that serve one need."""
    found = []
    for first, second in combinations(helps, 2):
        shared = sorted(first.indicators & second.indicators)
        if shared:
            found.append(Overlap(first=first, second=second, indicator=shared[0]))
        elif first.therapy == second.therapy:
            found.append(Overlap(first=first, second=second, indicator=""))
    return found


def findings_of(catalogue: Catalogue, points: Mapping[str, int | None], sector: str) -> list[str]:
    """The indicators of an assessment for which the catalogue knows a therapy."""
    return [code for code in catalogue.options if _options(catalogue, code, points, sector)]


def gaps_of(
    catalogue: Catalogue,
    points: Mapping[str, int | None],
    sector: str,
    helps: Iterable[Help],
) -> list[str]:
    """The findings that no therapy answers, neither by its indicators nor by its kind."""
    given = list(helps)
    therapies = {one.therapy for one in given}
    answered = frozenset[str]().union(*(one.indicators for one in given))
    return [
        code
        for code in findings_of(catalogue, points, sector)
        if code not in answered
        and not therapies.intersection(_options(catalogue, code, points, sector))
    ]


def _options(
    catalogue: Catalogue, code: str, points: Mapping[str, int | None], sector: str
) -> list[str]:
    given = points.get(code)
    if given is None:
        return []
    return [
        option.therapy
        for option in catalogue.options[code]
        if option.fits(points=given, sector=sector)
    ]
