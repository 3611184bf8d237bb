"""A point on the map: typed, pasted from a map, or asked from the phone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from app.web.forms.typed import TypedField

_PAIR = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)")
# The country's bounds: a point outside them has its numbers swapped or mistyped.
_LATITUDES = (-11.5, 6.5)
_LONGITUDES = (94.5, 141.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Degrees, with the six decimals (about 0.1 m) that phones give."""

    lat: float
    lng: float


class PointField(TypedField):
    """One box "lat, lng"; `data` is a Point or None."""

    component = "point"

    def __init__(self, label: str, validators: Any = None, **options: Any) -> None:
        options.setdefault("description", "Lintang dan bujur, contoh: -7.421300, 109.234500")
        super().__init__(label, validators, **options)

    def read(self, text: str) -> Point:
        """The point, within the country."""
        return _read_point(text)

    def shown(self, value: Any) -> str:
        """Latitude and longitude with six decimals."""
        return f"{value.lat:.6f}, {value.lng:.6f}"


def _read_point(text: str) -> Point:
    pair = _PAIR.fullmatch(text)
    if pair is None:
        raise ValueError("Tulis lintang dan bujur, contoh: -7.421300, 109.234500.")
    lat, lng = round(float(pair[1]), 6), round(float(pair[2]), 6)
    if not (_LATITUDES[0] <= lat <= _LATITUDES[1] and _LONGITUDES[0] <= lng <= _LONGITUDES[1]):
        raise ValueError("Titik ini di luar Indonesia. Tulis lintang dahulu, lalu bujur.")
    return Point(lat=lat, lng=lng)
