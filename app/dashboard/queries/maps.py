"""The numbers of a map: the table below it and its points are the same lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from app.aid.queries import held_by_village
from app.core.clock import local_today
from app.core.distance import Place
from app.core.scope import WHOLE_COUNTRY, Scope
from app.dashboard.rules.maps import (
    FIGURES,
    HELD,
    IDLE,
    LEVELS,
    MOST_PREMISES,
    TOOLS,
    MapFigure,
    MapLine,
    counted_of,
    level_for,
    map_line,
    summed,
)
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import condition, within, within_area
from app.enterprises.queries.areas import Ground, ground, known_area
from app.enterprises.queries.points import POINT_WORDS, Premises, premises, village_points
from app.enterprises.rules.life_cycle import SERVED_STATES
from app.places.queries import VILLAGE_LENGTH, path_labels


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageMap:
    """A figure of an area by place; `whole` is the sum of the lines."""

    code: str
    name: str
    figure: MapFigure
    level: str
    lines: Sequence[MapLine]
    whole: MapLine
    ground: Ground

    @property
    def headings(self) -> list[str | tuple[str, str]]:
        """The headings of the table."""
        share = (self.figure.share_label, "angka")
        return [self.level, *self.whole.headings, share, "Letak titik"]

    @property
    def placeless(self) -> int:
        """How many lines have no point."""
        return sum(line.place is None for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisesLine:
    """One enterprise with its point. `shown_class` is empty when no assessment is valid."""

    premises: Premises
    village: str
    shown_class: str | None
    is_expired: bool
    is_late: bool

    @property
    def row(self) -> str:
        """The id of its line in the table."""
        return f"baris-{self.premises.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisesMap:
    """The enterprises of an area whose place is known; none of them when there are too many."""

    code: str
    name: str
    lines: Sequence[PremisesLine]
    is_too_many: bool
    ground: Ground


def village_map(
    scope: Scope, code: str, figure_key: str, *, today: date | None = None
) -> VillageMap:
    """A figure of an area within reach, by village, or by larger parts where these are too many.

    `scope` is the reach of the permission that the figure's list asks for.

    Raises:
        NotFound: unknown, or outside the scope: the answer is the same.
    """
    name, figure, day = known_area(scope, code), FIGURES[figure_key], today or local_today()
    by_village = _counts(scope, code, figure, day)
    length = level_for(list(by_village), code)
    counts = summed(by_village, length)
    labels = _labels(counts, code)
    places = _places(scope, by_village, length)
    lines = []
    for one, numbers in counts.items():
        line = map_line(figure, code=one, name=labels[one], counts=numbers, today=day)
        place, lies = places.get(one, (None, ""))
        lines.append(replace(line, place=place, lies=lies))
    whole = summed(by_village, 0).get("") or _nothing(figure, day)
    return VillageMap(
        code=code,
        name=name,
        figure=figure,
        level=LEVELS[length],
        lines=sorted(lines, key=lambda line: (line.name, line.code)),
        whole=map_line(figure, code=code, name=name, counts=whole, today=day),
        ground=ground(scope, code),
    )


def premises_map(scope: Scope, code: str, *, today: date | None = None) -> PremisesMap:
    """The enterprises of an area within reach whose place is known and may be used.

    Raises:
        NotFound: unknown, or outside the scope: the answer is the same.
    """
    name, day = known_area(scope, code), today or local_today()
    found = premises(scope, code, most=MOST_PREMISES)
    is_too_many = len(found) > MOST_PREMISES
    shown = [] if is_too_many else found
    labels = path_labels({one.village_code for one in shown})
    return PremisesMap(
        code=code,
        name=name,
        lines=[_premises_line(one, labels[one.village_code], day) for one in shown],
        is_too_many=is_too_many,
        ground=ground(scope, code),
    )


def _premises_line(one: Premises, village: str, today: date) -> PremisesLine:
    valid_until, due_on = one.health_valid_until, one.next_visit_due_on
    return PremisesLine(
        premises=one,
        village=_short(village),
        shown_class=one.health_class,
        is_expired=valid_until is not None and valid_until < today,
        is_late=due_on is not None and due_on < today,
    )


def _counts(scope: Scope, code: str, figure: MapFigure, today: date) -> dict[str, dict[str, int]]:
    if figure.key == TOOLS:
        return {
            village: {HELD: held, IDLE: idle}
            for village, held, idle in held_by_village(scope, code)
        }
    counted = counted_of(figure, today)
    numbers = [
        func.count()
        .filter(condition(replace(one.wanted, life_cycle=""), today=today))
        .label(one.key)
        for one in counted
    ]
    statement = (
        select(Enterprise.village_code, *numbers)
        .where(within_area(scope, code), Enterprise.life_cycle.in_(sorted(SERVED_STATES)))
        .group_by(Enterprise.village_code)
    )
    return {
        row["village_code"]: {one.key: row[one.key] for one in counted}
        for row in db.session.execute(statement).mappings()
    }


def _nothing(figure: MapFigure, today: date) -> dict[str, int]:
    keys = [one.key for one in counted_of(figure, today)]
    return dict.fromkeys(keys or (HELD, IDLE), 0)


def _labels(codes: dict[str, dict[str, int]], area: str) -> dict[str, str]:
    """Names of places, without the regency where the whole area lies in one."""
    labels = path_labels(codes)
    is_within_regency = area != WHOLE_COUNTRY and "." in area
    return {
        code: _short(label) if is_within_regency and len(code) == VILLAGE_LENGTH else label
        for code, label in labels.items()
    }


def _short(label: str) -> str:
    return ", ".join(label.split(", ")[:2])


def _places(
    scope: Scope, villages: dict[str, dict[str, int]], length: int
) -> dict[str, tuple[Place, str]]:
    """Where each place is drawn, and what that point is: the middle of its villages, if larger."""
    points = village_points(villages, reached=within(scope))
    if length == VILLAGE_LENGTH:
        return {code: (point.place, POINT_WORDS[point.kind]) for code, point in points.items()}
    parts: dict[str, list[Place]] = {}
    for code, point in points.items():
        parts.setdefault(code[:length], []).append(point.place)
    return {
        code: (
            Place(
                lat=sum(place.lat for place in inside) / len(inside),
                lng=sum(place.lng for place in inside) / len(inside),
            ),
            "tengah desa-desanya",
        )
        for code, inside in parts.items()
    }
