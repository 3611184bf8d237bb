"""Maps as plain numbers for the SVG component: outlines of areas, and points over them.

The picture is drawn by the server and works without script; a script may lay the same outlines and
points into a map that can be moved. Degrees are drawn as they are (plate carrée): near the equator
that is off by less than two percent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.core.distance import Place
from app.core.outlines import Box, Ring, box_of

# Units of the picture; steps of an outline shorter than `_STEP` of them are left out.
_WIDTH = 2000
_TALLEST = 1500
_STEP = 5
_MARGIN = 0.04
_LEAST_MARGIN = 0.01
# Shapes that tell the same as the colour, in a box of 12 by 12.
CIRCLE = "M6 0a6 6 0 1 0 .01 0z"
RING = "M6 0a6 6 0 1 0 .01 0zm0 2.4a3.6 3.6 0 1 1-.01 0z"
DIAMOND = "M6-1l7 7-7 7-7-7z"
TRIANGLE = "M6 0l7 12H-1z"
SQUARE = "M0 0h12v12H0z"
# Larger points stand for more: from so many on, this many times as large.
SIZES = ((21, 2.2), (6, 1.6), (0, 1.1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a point looks: word, tone of its colour, shape."""

    label: str
    tone: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlined:
    """An area to draw; `href` is where a press on it leads, empty for the ground around."""

    name: str
    rings: tuple[Ring, ...]
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A point to draw: `row` is the id of the line of the table that says the same."""

    row: str
    place: Place
    text: str
    look: Look
    size: float = 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """An outline in units of the picture, as relative steps."""

    name: str
    path: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A point in units of the picture; the sign is `size` times its box."""

    spot: Spot
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaMap:
    """A map, for `components/area_map.html`; `scale` is units of the picture for a degree."""

    id: str
    title: str
    width: int
    height: int
    west: float
    north: float
    scale: float
    shapes: Sequence[Shape]
    marks: Sequence[Mark]
    legend: Sequence[Look]
    sources: Sequence[str]


def size_for(count: int) -> float:
    """How large a point is that stands for so many."""
    return next(size for least, size in SIZES if count >= least)


def area_map(
    *,
    map_id: str,
    title: str,
    areas: Sequence[Outlined],
    spots: Sequence[Spot],
    legend: Sequence[Look],
    sources: Iterable[str],
    box: Box | None,
) -> AreaMap | None:
    """The map of these areas and points within a box; None where nothing has a place.

    Without a box the points decide what is shown, or the areas where there are no points.
    """
    shown = box or _box_of_spots(spots) or _box_of_areas(areas)
    if shown is None:
        return None
    frame = shown.grown(_MARGIN, least=_LEAST_MARGIN)
    wide, tall = frame.east - frame.west, frame.north - frame.south
    scale = min(_WIDTH / wide, _TALLEST / tall)
    drawing = _Drawing(west=frame.west, north=frame.north, scale=scale)
    return AreaMap(
        id=map_id,
        title=title,
        width=max(round(wide * scale), 1),
        height=max(round(tall * scale), 1),
        west=round(frame.west, 5),
        north=round(frame.north, 5),
        scale=round(scale, 4),
        shapes=[shape for area in areas if (shape := drawing.shape(area)).path],
        marks=[drawing.mark(spot) for spot in _larger_first(spots)],
        legend=legend,
        sources=sorted({source for source in sources if source}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    west: float
    north: float
    scale: float

    def at(self, lng: float, lat: float) -> tuple[int, int]:
        return round((lng - self.west) * self.scale), round((self.north - lat) * self.scale)

    def mark(self, spot: Spot) -> Mark:
        x, y = self.at(spot.place.lng, spot.place.lat)
        return Mark(spot=spot, x=x, y=y)

    def shape(self, area: Outlined) -> Shape:
        parts = (self._ring(ring) for ring in area.rings)
        return Shape(name=area.name, path="".join(parts), href=area.href)

    def _ring(self, ring: Ring) -> str:
        points = [self.at(*ring[0])]
        for point in ring[1:]:
            x, y = self.at(*point)
            if max(abs(x - points[-1][0]), abs(y - points[-1][1])) >= _STEP:
                points.append((x, y))
        # An island of a few units is a point that nobody sees.
        if len(points) < 3:
            return ""
        steps = [
            f"{after[0] - before[0]} {after[1] - before[1]}" for before, after in pairwise(points)
        ]
        return f"m{points[0][0]} {points[0][1]} " + " ".join(steps) + "z"


def _box_of_spots(spots: Sequence[Spot]) -> Box | None:
    # One place alone is shown with its surroundings.
    if not spots:
        return None
    points = tuple((spot.place.lng, spot.place.lat) for spot in spots)
    return box_of([points]).grown(0.1, least=0.02)


def _box_of_areas(areas: Sequence[Outlined]) -> Box | None:
    rings = [ring for area in areas for ring in area.rings]
    return box_of(rings) if rings else None


def _larger_first(spots: Sequence[Spot]) -> list[Spot]:
    """So that a small point never lies hidden under a large one."""
    return sorted(spots, key=lambda spot: -spot.size)
