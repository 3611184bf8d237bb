"""Where mentors start and enterprises are: a point of their own, or the middle of the village."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.core.distance import Place, kilometres, place_of
from app.enterprises.queries.points import village_points
from app.mentoring.models import Mentor


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
    return Ways(points={code: point.place for code, point in village_points(codes).items()})
