"""Points and village codes in cells."""

from __future__ import annotations

import re

from app.core.errors import InvalidInput
from app.enterprises.rules.sheet.problems import shown_value

# Indonesia lies within these degrees.
_BOUNDS = {"lat": (-11.5, 6.5), "lng": (94.5, 141.5)}
_LABELS = {"lat": "Lintang", "lng": "Bujur"}
_DEGREES = re.compile(r"^-?\d{1,3}(?:[.,]\d+)?$")
_POINT = re.compile(r"^\(?\s*(-?\d{1,2}[.,]\d+)\s*°?\s*[,; ]\s*(-?\d{2,3}[.,]\d+)\s*°?\s*\)?$")
_DOTTED = re.compile(r"^\d{2}\.\d{2}\.\d{2}\.\d{4}$")
_EMPTY = frozenset({"", "-", "–", "0", "n/a"})
# The seventh digit of an undotted Kemendagri code says what kind of village it is.
_VILLAGE_KINDS = "123"


def read_coordinate(value: object, *, field: str) -> float | None:
    """Degrees as a decimal number, with a point or a comma.

    Raises:
        InvalidInput: `point_unreadable` or `point_outside`.
    """
    if isinstance(value, float):
        return _within(value, field)
    text = shown_value(value).strip().rstrip("°")
    if text in _EMPTY:
        return None
    if not _DEGREES.match(text):
        raise InvalidInput(
            "point_unreadable",
            message=f"{_LABELS[field]} ditulis sebagai derajat desimal, misalnya "
            f"{'-7,42410' if field == 'lat' else '109,12345'}.",
        )
    return _within(float(text.replace(",", ".")), field)


def read_point(value: object) -> tuple[float, float] | None:
    """Latitude and longitude of one cell.

    >>> read_point("-7.424, 109.123")
    (-7.424, 109.123)
    """
    text = shown_value(value).strip()
    if text in _EMPTY:
        return None
    match = _POINT.match(text)
    if match is None:
        raise InvalidInput(
            "point_unreadable",
            message="Tulis lintang lalu bujur, misalnya -7.42410, 109.12345.",
        )
    lat, lng = (float(part.replace(",", ".")) for part in match.groups())
    return _within(lat, "lat"), _within(lng, "lng")


def _within(degrees: float, field: str) -> float:
    low, high = _BOUNDS[field]
    if not low <= degrees <= high:
        raise InvalidInput(
            "point_outside",
            message=f"{_LABELS[field]} {degrees:g} tidak berada di Indonesia. Mungkin lintang dan "
            "bujur tertukar, atau tanda komanya hilang.",
        )
    return round(degrees, 6)


def read_village_code(value: object) -> str | None:
    """A Kemendagri village code with its dots.

    >>> read_village_code("3302042001")
    '33.02.04.2001'

    Raises:
        InvalidInput: `village_code_shape`, or `village_code_bps` for a code of the statistics
            office, which looks alike but means other villages.
    """
    text = shown_value(value).strip().lstrip("'")
    if text in _EMPTY:
        return None
    if _DOTTED.match(text):
        return text
    digits = re.sub(r"[.\s]", "", text)
    if not (digits.isascii() and digits.isdigit() and len(digits) == 10):
        raise InvalidInput(
            "village_code_shape", message="Kode desa berbentuk 33.02.04.2001 (10 angka)."
        )
    if digits[6] not in _VILLAGE_KINDS:
        raise InvalidInput(
            "village_code_bps",
            message="Ini tampaknya kode BPS, bukan kode Kemendagri. Pakai kode Kemendagri atau "
            "nama desa dan kecamatan.",
        )
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"
