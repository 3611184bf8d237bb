"""Where mentors start and enterprises are: a point of their own, or the middle of the village."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.distance import Place, kilometres, place_of
from app.db import db
from app.enterprises.models import Enterprise
from app.mentoring.models import Mentor
from app.places.models import Area

# Bound values of one statement are limited on both engines.
_AT_ONCE = 500


def village_points(codes: Iterable[str]) -> dict[str, Place]:
    """The middle of each village: the register's, or else that of the premises known there."""
    wanted = sorted(set(codes))
    found: dict[str, Place] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        found |= _middle_of_premises(part) | _centres(part)
    return found


def _centres(codes: list[str]) -> dict[str, Place]:
    rows = db.session.execute(
        select(Area.code, Area.lat, Area.lng).where(Area.code.in_(codes), Area.lat.is_not(None))
    )
    points = {code: place_of(lat, lng) for code, lat, lng in rows}
    return {code: point for code, point in points.items() if point is not None}


def _middle_of_premises(codes: list[str]) -> dict[str, Place]:
    rows = db.session.execute(
        select(Enterprise.village_code, func.avg(Enterprise.lat), func.avg(Enterprise.lng))
        .where(
            Enterprise.village_code.in_(codes),
            Enterprise.lat.is_not(None),
            Enterprise.lng.is_not(None),
        )
        .group_by(Enterprise.village_code)
    )
    return {code: Place(lat=float(lat), lng=float(lng)) for code, lat, lng in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The ways from mentors to enterprises, as far as their points are known."""

    points: Mapping[str, Place]

    def start(self, mentor: Mentor) -> Place | None:
        """Where a mentor's ways begin."""
        return place_of(mentor.base_lat, mentor.base_lng) or self.points.get(mentor.village_code)

    def end(self, village_code: str, lat: float | None, lng: float | None) -> Place | None:
        """Where an enterprise is."""
        return place_of(lat, lng) or self.points.get(village_code)

    def km(self, mentor: Mentor, end: Place | None) -> float | None:
        """How far a mentor has to go, in km; None where a point is missing."""
        start = self.start(mentor)
        return round(kilometres(start, end), 1) if start and end else None


def ways_between(mentors: Iterable[Mentor], village_codes: Iterable[str]) -> Ways:
    """The ways between these mentors and anything in these villages."""
    codes = {*village_codes, *(mentor.village_code for mentor in mentors)}
    return Ways(points=village_points(codes))
