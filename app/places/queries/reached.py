"""Which areas a person's figures are told by."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from app.core.errors import NotFound
from app.core.scope import WHOLE_COUNTRY, Scope, is_within
from app.db import db
from app.places.models import Area
from app.places.queries.areas import AreaRow, ancestors
from app.places.queries.decrees import replaced_codes

COUNTRY_NAME = "Indonesia"
VILLAGE_LENGTH = 13
MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An area that has a line of its own."""

    code: str
    name: str


def home_area(scope: Scope) -> str:
    """The area that a person's overview begins with: their own, or the country if several."""
    return scope.areas[0] if len(scope.areas) == 1 else WHOLE_COUNTRY


def reached_area(scope: Scope, code: str) -> str:
    """The name of an area of which the scope reaches some part.

    Raises:
        NotFound: unknown, or outside the scope: the answer is the same.
    """
    if code == WHOLE_COUNTRY:
        return _whole_reach(scope)
    if scope.narrowed_to(code).is_empty:
        raise _unknown()
    name = db.session.execute(select(Area.name).where(Area.code == code)).scalar_one_or_none()
    if name is None:
        raise _unknown()
    return name


def _whole_reach(scope: Scope) -> str:
    """ "Losari dan Losari Wetan" for who has several areas: their figures aren't the country's."""
    if not scope.areas or WHOLE_COUNTRY in scope.areas:
        return COUNTRY_NAME
    used = set(scope.areas) - set(replaced_codes()) or set(scope.areas)
    outer = [code for code in used if not any(is_within(code, one) for one in used - {code})]
    if len(outer) > MOST_NAMED:
        return f"{len(outer)} wilayah tugas"
    statement = select(Area.name).where(Area.code.in_(outer)).order_by(Area.search_name, Area.code)
    names = db.session.scalars(statement).all()
    return " dan ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def trail(scope: Scope, code: str) -> list[AreaRow]:
    """The areas above one that lie wholly within the scope, the widest first."""
    return [one for one in ancestors(code) if scope.covers_area(one.code)]


def parts(scope: Scope, code: str) -> list[Part]:
    """The areas right below one, by name: those that its overview has lines for."""
    statement = (
        select(Area.code, Area.name)
        .where(_is_part(scope, code))
        .order_by(Area.search_name, Area.code)
    )
    return [Part(code=row.code, name=row.name) for row in db.session.execute(statement)]


def _is_part(scope: Scope, code: str) -> ColumnElement[bool]:
    if code == WHOLE_COUNTRY and scope.areas and WHOLE_COUNTRY not in scope.areas:
        # Several areas of one person: lines of their own level, the widest of them.
        length = min(len(area) for area in scope.areas)
        return Area.code.in_(sorted({area[:length] for area in scope.areas}))
    if code == WHOLE_COUNTRY:
        return Area.parent_code.is_(None)
    return Area.code == code if len(code) == VILLAGE_LENGTH else Area.parent_code == code


def _unknown() -> NotFound:
    return NotFound("area_unknown", message="Wilayah tidak ditemukan.")
