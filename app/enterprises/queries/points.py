"""Where villages and premises lie: for maps and for ways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select, true

from app.core.distance import Place, place_of
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries.consents import may_use
from app.enterprises.queries.reach import within_area
from app.enterprises.rules.consents import BASE
from app.enterprises.rules.life_cycle import RESTING
from app.places.models import Area, AreaOutline

# Bound values of one statement are limited on both engines.
_AT_ONCE = 500
CENTRE, OUTLINE, PREMISES = "pusat", "batas", "usaha"
POINT_WORDS = {
    CENTRE: "pusat desa",
    OUTLINE: "tengah batas desa",
    PREMISES: "tengah titik usaha",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VillagePoint:
    """Where a village is drawn, and what that place is: a key of `POINT_WORDS`."""

    place: Place
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """One enterprise whose place is known."""

    id: UUID
    name: str
    village_code: str
    place: Place
    health_class: str | None
    health_valid_until: date | None
    next_visit_due_on: date | None


def village_points(
    codes: Iterable[str], *, reached: ColumnElement[bool] | None = None
) -> dict[str, VillagePoint]:
    """The middle of each village: the register's, that of its outline, or that of the premises
    known there. Of these only `reached` ones count, and of nobody who withdrew or restricted."""
    wanted = sorted(set(codes))
    found: dict[str, VillagePoint] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        found |= _middles_of_premises(part, true() if reached is None else reached)
        found |= _points(
            OUTLINE,
            select(AreaOutline.code, AreaOutline.lat, AreaOutline.lng).where(
                AreaOutline.code.in_(part)
            ),
        )
        found |= _points(CENTRE, select(Area.code, Area.lat, Area.lng).where(Area.code.in_(part)))
    return found


def premises(scope: Scope, area: str, *, most: int) -> list[Premises]:
    """The enterprises in service of an area whose place is known and may be used, by name; at most
    one more than `most`."""
    statement = (
        select(
            Enterprise.id,
            Enterprise.name,
            Enterprise.village_code,
            Enterprise.lat,
            Enterprise.lng,
            Enterprise.health_class,
            Enterprise.health_valid_until,
            Enterprise.next_visit_due_on,
        )
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(within_area(scope, area), *_placed())
        .order_by(Enterprise.search_name, Enterprise.id)
        .limit(most + 1)
    )
    return [
        Premises(
            id=row.id,
            name=row.name,
            village_code=row.village_code,
            place=Place(lat=row.lat, lng=row.lng),
            health_class=row.health_class,
            health_valid_until=row.health_valid_until,
            next_visit_due_on=row.next_visit_due_on,
        )
        for row in db.session.execute(statement)
    ]


def _placed() -> Sequence[ColumnElement[bool]]:
    return (
        Enterprise.life_cycle.not_in(sorted(RESTING)),
        Enterprise.lat.is_not(None),
        Enterprise.lng.is_not(None),
        may_use(BASE),
    )


def _points(kind: str, statement: Select[*tuple[Any, ...]]) -> dict[str, VillagePoint]:
    rows = db.session.execute(statement)
    places = {code: place_of(lat, lng) for code, lat, lng in rows}
    return {
        code: VillagePoint(place=place, kind=kind)
        for code, place in places.items()
        if place is not None
    }


def _middles_of_premises(codes: list[str], reached: ColumnElement[bool]) -> dict[str, VillagePoint]:
    return _points(
        PREMISES,
        select(Enterprise.village_code, func.avg(Enterprise.lat), func.avg(Enterprise.lng))
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(and_(Enterprise.village_code.in_(codes), reached), *_placed())
        .group_by(Enterprise.village_code),
    )
