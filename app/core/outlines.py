"""Outlines of areas: rings of points in degrees, read from GeoJSON and made simple."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot, isfinite
from typing import Any

from app.core.distance import Place
from app.core.errors import InvalidInput

# A ring is a closed line of (lng, lat); the last point is not the first again.
Point = tuple[float, float]
Ring = tuple[Point, ...]
# Indonesia with its sea. What lies elsewhere is in metres, or has lat and lng exchanged.
WEST, EAST, SOUTH, NORTH = 93.0, 143.0, -13.0, 8.0
_FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A piece of the earth, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def joined(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            west=min(self.west, other.west),
            south=min(self.south, other.south),
            east=max(self.east, other.east),
            north=max(self.north, other.north),
        )

    def grown(self, share: float, *, least: float) -> Box:
        """With a margin on each side: a share of its longer side, at least so many degrees."""
        by = max(share * max(self.east - self.west, self.north - self.south), least)
        return Box(
            west=self.west - by, south=self.south - by, east=self.east + by, north=self.north + by
        )


def rings_of(geometry: Any) -> list[Ring]:
    """The rings of a GeoJSON Polygon or MultiPolygon; holes are rings too (filled by even-odd).

    Raises:
        InvalidInput: another kind, broken, or not in degrees of Indonesia.
    """
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise InvalidInput(
            "outline_kind", message="Bentuk wilayah harus Polygon atau MultiPolygon."
        )
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    try:
        return [_ring(ring) for polygon in polygons for ring in polygon]
    except (TypeError, ValueError, IndexError) as broken:
        raise InvalidInput(
            "outline_broken", message="Titik batas wilayah tidak dapat dibaca."
        ) from broken


def _ring(points: Any) -> Ring:
    ring = [(float(point[0]), float(point[1])) for point in points]
    if not all(_is_here(point) for point in ring):
        raise InvalidInput(
            "outline_elsewhere",
            message="Ada titik di luar Indonesia. Koordinat harus bujur lalu lintang dalam derajat "
            "(WGS 84), bukan meter.",
        )
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    if len(ring) < _FEWEST:
        raise ValueError("a ring of fewer than three points")
    return tuple(ring)


def _is_here(point: Point) -> bool:
    lng, lat = point
    return isfinite(lng) and isfinite(lat) and WEST <= lng <= EAST and SOUTH <= lat <= NORTH


def simplified(rings: Iterable[Ring], *, step: float) -> list[Ring]:
    """The rings with fewer points, none of the left ones further than `step` degrees off.

    Islands smaller than the step are left out, but for the largest ring.
    """
    kept = list(rings)
    largest = max(kept, key=size, default=())
    made = [ring if len(ring) <= _FEWEST else _simple(ring, step) for ring in kept]
    return [
        after for before, after in zip(kept, made, strict=True)
        if before is largest or size(before) > step
    ]  # fmt: skip


def _simple(ring: Ring, step: float) -> Ring:
    """Douglas and Peucker, on the two halves between two points that lie far apart."""
    far = max(range(len(ring)), key=lambda number: _distance(ring[number], ring[0]))
    first = _line(ring[: far + 1], step)
    second = _line((*ring[far:], ring[0]), step)
    made = (*first[:-1], *second[:-1])
    return made if len(made) >= _FEWEST else ring[:: max(1, len(ring) // _FEWEST)][:_FEWEST]


def _line(points: Sequence[Point], step: float) -> list[Point]:
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        start, end = waiting.pop()
        if end - start < 2:
            continue
        offs = [_off(point, points[start], points[end]) for point in points[start + 1 : end]]
        furthest = max(range(len(offs)), key=offs.__getitem__)
        if offs[furthest] > step:
            middle = start + 1 + furthest
            keep.add(middle)
            waiting += [(start, middle), (middle, end)]
    return [points[number] for number in sorted(keep)]


def _off(point: Point, start: Point, end: Point) -> float:
    """How far a point lies off the line between two others."""
    length = _distance(start, end)
    if not length:
        return _distance(point, start)
    across = (end[0] - start[0]) * (start[1] - point[1]) - (start[0] - point[0]) * (
        end[1] - start[1]
    )
    return abs(across) / length


def _distance(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def box_of(rings: Iterable[Ring]) -> Box:
    """The smallest box around rings, of which there is at least one."""
    points = [point for ring in rings for point in ring]
    return Box(
        west=min(point[0] for point in points),
        south=min(point[1] for point in points),
        east=max(point[0] for point in points),
        north=max(point[1] for point in points),
    )


def size(ring: Ring) -> float:
    """The longer side of a ring's box, in degrees; nothing for no ring."""
    if not ring:
        return 0.0
    box = box_of([ring])
    return max(box.east - box.west, box.north - box.south)


def middle_of(rings: Iterable[Ring]) -> Place:
    """The centre of gravity of the largest ring."""
    ring = max(rings, key=size)
    pairs = list(zip(ring, (*ring[1:], ring[0]), strict=True))
    parts = [one[0] * other[1] - other[0] * one[1] for one, other in pairs]
    area = sum(parts)
    if abs(area) < 1e-12:
        return Place(
            lat=sum(point[1] for point in ring) / len(ring),
            lng=sum(point[0] for point in ring) / len(ring),
        )
    lng = sum((a[0] + b[0]) * part for (a, b), part in zip(pairs, parts, strict=True))
    lat = sum((a[1] + b[1]) * part for (a, b), part in zip(pairs, parts, strict=True))
    return Place(lat=lat / (3 * area), lng=lng / (3 * area))
