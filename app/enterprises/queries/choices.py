"""What the filters of the list offer: areas to go down into, and mentors."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from app.accounts.models import Account
from app.accounts.queries import people
from app.core.permissions import Role
from app.core.scope import WHOLE_COUNTRY, Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries.reach import within
from app.places.models import Area
from app.places.queries import VillageHit, path_labels, search_villages
from app.places.rules import label_of, lineage

_OFFERED = 200


def area_choices(scope: Scope, current: str) -> list[tuple[str, str]]:
    """The areas above the current one, itself, and those right below it, within the scope.

    Who reaches no area but single enterprises is offered the villages of these.
    """
    if not scope.areas:
        return _villages_of(scope)
    if current and scope.covers_area(current):
        tops = [code for code in lineage(current) if scope.covers_area(code)]
        parents = [current]
    else:
        tops = [area for area in scope.areas if area]
        parents = list(scope.areas)
    below, names = _areas_below(parents, [*tops, *parents])
    codes = [*tops, *(code for parent in parents for code in below[parent])]
    return [(code, _short_label(code, names)) for code in dict.fromkeys(codes)]


def villages_named(scope: Scope, text: str) -> list[VillageHit]:
    """Villages in reach that are called like the words somebody looked for among enterprises."""
    found = [hit for area in scope.areas for hit in search_villages(text, within=area, limit=5)]
    return found[:5]


def _areas_below(
    parents: list[str], others: list[str]
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The areas right below some, by name; and the names of all that their labels are made of."""
    named = {part for code in others for part in lineage(code)}
    is_below: ColumnElement[bool] = Area.parent_code.in_([code for code in parents if code])
    if WHOLE_COUNTRY in parents:
        is_below = or_(is_below, Area.parent_code.is_(None))
    statement = (
        select(Area.code, Area.name, Area.parent_code)
        .where(or_(is_below, Area.code.in_(sorted(named))))
        .order_by(Area.search_name, Area.code)
    )
    below: dict[str, list[str]] = {parent: [] for parent in parents}
    names: dict[str, str] = {}
    for code, name, parent_code in db.session.execute(statement):
        names[code] = name
        if (parent_code or WHOLE_COUNTRY) in below:
            below[parent_code or WHOLE_COUNTRY].append(code)
    return below, names


def _short_label(code: str, names: dict[str, str]) -> str:
    """Without the regency: "Losari, Rawalo"."""
    known = [names[part] for part in lineage(code) if part in names]
    return label_of(known).partition(", Kabupaten")[0] if known else code


def mentor_choices(scope: Scope) -> list[tuple[str, str]]:
    """The mentors who work within the areas of the scope, by name."""
    if not scope.areas:
        return []
    return [(str(account_id), name) for account_id, name in people(scope, role=Role.MENTOR)]


def mentor_name(scope: Scope, mentor: UUID | str) -> str:
    """The name of the mentor by whom a list is filtered; a stranger's is not told."""
    if not isinstance(mentor, UUID):
        return ""
    is_known = select(Enterprise.id).where(Enterprise.mentor_id == mentor, within(scope)).exists()
    statement = select(Account.name).where(Account.id == mentor, is_known)
    return db.session.execute(statement).scalar_one_or_none() or "pendamping lain"


def area_label(area: str) -> str:
    """An area in words."""
    return "" if area == WHOLE_COUNTRY else path_labels([area])[area]


def _villages_of(scope: Scope) -> list[tuple[str, str]]:
    statement = (
        select(Enterprise.village_code)
        .where(within(scope))
        .distinct()
        .order_by(Enterprise.village_code)
        .limit(_OFFERED)
    )
    codes = list(db.session.scalars(statement))
    labels = path_labels(codes)
    return [(code, labels[code]) for code in codes]
