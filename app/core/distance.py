"""Distances on the earth."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point in degrees."""

    lat: float
    lng: float


def place_of(lat: float | None, lng: float | None) -> Place | None:
    """The point, when both numbers are known."""
    return None if lat is None or lng is None else Place(lat=lat, lng=lng)


def kilometres(one: Place, other: Place) -> float:
    """The way over the ground as the crow flies (haversine), in km.

    >>> round(kilometres(Place(lat=0.0, lng=109.0), Place(lat=0.0, lng=110.0)), 1)
    111.2
    """
    rise = sin(radians(other.lat - one.lat) / 2) ** 2
    run = sin(radians(other.lng - one.lng) / 2) ** 2
    inside = rise + cos(radians(one.lat)) * cos(radians(other.lat)) * run
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, inside)))
