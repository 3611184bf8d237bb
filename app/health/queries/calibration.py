"""What became of assessed enterprises, within a scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Subquery, func, select

from app.core.clock import local_today
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import in_area, within
from app.health.models import HealthAssessment
from app.health.rules.calibration import (
    ClassOutcome,
    FollowedUp,
    outcome_of,
    outcomes,
    window,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The report: the window of assessments, and what became of each class."""

    from_on: date
    until_on: date
    lines: tuple[ClassOutcome, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedEnterprise:
    """One enterprise behind a number."""

    id: UUID
    name: str
    assessed_on: date
    outcome: str
    last_seen_on: date | None


def calibration(scope: Scope, area: str) -> Calibration:
    """Share still trading half a year after, by the class of then."""
    from_on, until_on = window(local_today())
    found = [one for _, _, one in _followed(scope, area)]
    return Calibration(from_on=from_on, until_on=until_on, lines=outcomes(found), total=len(found))


def followed_enterprises(
    scope: Scope, area: str, *, health_class: str, outcome: str
) -> list[FollowedEnterprise]:
    """The enterprises behind a number, by name; an empty word asks for anything."""
    return [
        FollowedEnterprise(
            id=key,
            name=name,
            assessed_on=one.assessed_on,
            outcome=outcome_of(one),
            last_seen_on=one.last_seen_on,
        )
        for key, name, one in _followed(scope, area)
        if health_class in ("", one.health_class) and outcome in ("", outcome_of(one))
    ]


def _followed(scope: Scope, area: str) -> list[tuple[UUID, str, FollowedUp]]:
    """Each enterprise with its first class in the window. One statement."""
    first = _first_in_window(scope, area)
    rows = db.session.execute(
        select(
            Enterprise.id,
            Enterprise.name,
            first.c.final_class,
            first.c.assessed_on,
            Enterprise.life_cycle,
            Enterprise.life_cycle_on,
            Enterprise.assessed_on.label("last_assessed_on"),
            Enterprise.last_visit_on,
        )
        .join(first, first.c.enterprise_id == Enterprise.id)
        .where(first.c.place == 1)
        .order_by(Enterprise.search_name, Enterprise.id)
    )
    return [(row.id, row.name, _followed_up(row)) for row in rows]


def _first_in_window(scope: Scope, area: str) -> Subquery:
    from_on, until_on = window(local_today())
    place = func.row_number().over(
        partition_by=HealthAssessment.enterprise_id,
        order_by=(HealthAssessment.assessed_on, HealthAssessment.id),
    )
    return (
        select(
            HealthAssessment.enterprise_id,
            HealthAssessment.final_class,
            HealthAssessment.assessed_on,
            place.label("place"),
        )
        .join(Enterprise, Enterprise.id == HealthAssessment.enterprise_id)
        .where(
            HealthAssessment.assessed_on.between(from_on, until_on),
            HealthAssessment.final_class.is_not(None),
            within(scope),
            in_area(area),
        )
        .subquery()
    )


def _followed_up(row: Row[Any]) -> FollowedUp:
    seen = [day for day in (row.last_assessed_on, row.last_visit_on) if day is not None]
    return FollowedUp(
        health_class=row.final_class,
        assessed_on=row.assessed_on,
        life_cycle=row.life_cycle,
        life_cycle_on=row.life_cycle_on,
        last_seen_on=max(seen, default=None),
    )
