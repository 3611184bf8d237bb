"""The matrix of places, pillars and money, with overlaps and gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from app.core.clock import local_today
from app.core.errors import NotFound
from app.core.scope import WHOLE_COUNTRY, Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.enterprises.queries.reach import in_area
from app.health.queries.instruments import indicator_name
from app.interventions.models import Intervention
from app.interventions.queries.spread_facts import gapping, overlapping, promised
from app.interventions.rules import PROMISED_STATES, current_catalogue
from app.interventions.rules.money import FUNDING_SOURCES
from app.interventions.rules.spread import (
    Cell,
    Place,
    total_of,
)
from app.places.models import Area
from app.places.queries import area as area_named

# Each enterprise is looked at from a regency on; wider areas have the matrix alone.
_CLOSE = 5
_VILLAGE = 13
# So many villages fit on a page; a regency with more is shown by district.
_MOST_VILLAGES = 60
_BELOW = {0: 2, 2: 5, 5: 8, 8: 13, 13: 13}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Who is helped where, by which pillar, with whose money, in one year."""

    area_code: str
    area_name: str
    year: int
    years: tuple[int, ...]
    is_close: bool
    pillars: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]
    findings: tuple[tuple[str, str, int], ...]

    @property
    def headings(self) -> list[Any]:
        """The words above the columns."""
        return ["Tempat", *((label, "angka") for _, label in self.sources)]

    @property
    def total(self) -> Cell:
        """The whole matrix."""
        return total_of(place.total for place in self.places)

    @property
    def overlap_count(self) -> int:
        """How many enterprises are helped twice for one need."""
        return sum(place.overlaps or 0 for place in self.places)

    @property
    def gap_count(self) -> int:
        """How many enterprises have a finding that no therapy answers."""
        return sum(place.gaps or 0 for place in self.places)

    def column(self, pillar: str, source: str) -> Cell:
        """The sum of one column."""
        return total_of(place.cell(pillar, source) for place in self.places)


def spread_area(scope: Scope, asked: str | None) -> str:
    """The area that is looked at: the one asked for, else one's own.

    Raises:
        NotFound: it does not lie within the scope.
    """
    code = asked if asked is not None else (scope.areas or (WHOLE_COUNTRY,))[0]
    if not scope.covers_area(code):
        raise NotFound("area_unknown", message="Wilayah tidak ditemukan.")
    return code


def spread(scope: Scope, area_code: str, year: int | None = None) -> Spread:
    """The matrix of an area that the scope covers, for a budget year (this one)."""
    chosen_year = local_today().year if year is None else year
    is_close = len(area_code) >= _CLOSE
    length = _row_length(scope, area_code)
    places: dict[str, Place] = {}
    for row in _cells(scope, area_code, chosen_year, length):
        place = places.setdefault(row.code, Place(code=row.code))
        place.cells[row.pillar, row.funding_source] = Cell(
            count=row.number, budget=int(row.budget), spent=int(row.spent or 0)
        )
    findings: dict[str, int] = {}
    if is_close:
        findings = _look_closely(scope, area_code, chosen_year, length, places)
    _name(places)
    return Spread(
        area_code=area_code,
        area_name="Indonesia" if area_code == WHOLE_COUNTRY else area_named(area_code).name,
        year=chosen_year,
        years=_years(scope, area_code, chosen_year),
        is_close=is_close,
        pillars=_used(current_catalogue().pillars, places, 0),
        sources=_used(FUNDING_SOURCES, places, 1),
        places=tuple(sorted(places.values(), key=lambda place: (place.name, place.code))),
        findings=tuple(
            (code, indicator_name(code), findings[code])
            for code in sorted(findings, key=lambda code: (-findings[code], code))
        ),
    )


def is_close_area(area_code: str) -> bool:
    """Whether each enterprise of an area is looked at."""
    return len(area_code) >= _CLOSE


def _cells(scope: Scope, area_code: str, year: int, length: int) -> Sequence[Row[Any]]:
    part = func.substr(Enterprise.village_code, 1, length)
    return db.session.execute(
        select(
            part.label("code"),
            Intervention.pillar,
            Intervention.funding_source,
            func.count().label("number"),
            func.sum(Intervention.cost).label("budget"),
            func.sum(Intervention.spent).label("spent"),
        )
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .where(*promised(scope, area_code, year))
        .group_by(part, Intervention.pillar, Intervention.funding_source)
    ).all()


def _row_length(scope: Scope, area_code: str) -> int:
    below = _BELOW[len(area_code)]
    if len(area_code) != _CLOSE:
        return below
    villages = db.session.scalar(
        select(func.count(Enterprise.village_code.distinct())).where(
            within(scope), in_area(area_code)
        )
    )
    return _VILLAGE if (villages or 0) <= _MOST_VILLAGES else below


def _look_closely(
    scope: Scope, area_code: str, year: int, length: int, places: dict[str, Place]
) -> dict[str, int]:
    """Count overlaps and gaps into the places; gives how many enterprises have each gap."""
    rows = db.session.execute(
        select(Enterprise.id, Enterprise.village_code).where(within(scope), in_area(area_code))
    )
    village = {row.id: row.village_code for row in rows}
    for code in village.values():
        place = places.setdefault(code[:length], Place(code=code[:length]))
        place.overlaps, place.gaps = place.overlaps or 0, place.gaps or 0
    for key, _ in overlapping(scope, area_code, year):
        place = places[village[key][:length]]
        place.overlaps = (place.overlaps or 0) + 1
    findings: defaultdict[str, int] = defaultdict(int)
    for key, _, gaps in gapping(scope, area_code):
        place = places[village[key][:length]]
        place.gaps = (place.gaps or 0) + 1
        for code in gaps:
            findings[code] += 1
    return findings


def _years(scope: Scope, area_code: str, chosen: int) -> tuple[int, ...]:
    found = db.session.scalars(
        select(Intervention.budget_year)
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .where(
            within(scope),
            in_area(area_code),
            Intervention.budget_year.is_not(None),
            Intervention.state.in_(PROMISED_STATES),
        )
        .distinct()
    )
    return tuple(sorted({*(year for year in found if year is not None), chosen}, reverse=True))


def _used(
    labels: Mapping[str, str], places: Mapping[str, Place], part: int
) -> tuple[tuple[str, str], ...]:
    """The pillars or sources that occur, in their own order."""
    used = {key[part] for place in places.values() for key in place.cells}
    return tuple((code, label) for code, label in labels.items() if code in used)


def _name(places: Mapping[str, Place]) -> None:
    rows = db.session.execute(select(Area.code, Area.name).where(Area.code.in_(places)))
    for row in rows:
        places[row.code].name = row.name
