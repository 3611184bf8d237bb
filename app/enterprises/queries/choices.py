"""What the filters of the list offer: areas to go down into, and mentors."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.queries import people
from app.core.permissions import Role
from app.core.scope import WHOLE_COUNTRY, Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries.reach import within
from app.places.queries import ancestors, children, path_labels

_OFFERED = 200


def area_choices(scope: Scope, current: str) -> list[tuple[str, str]]:
    """The areas above the current one, itself, and those right below it, within the scope.

    Who reaches no area but single enterprises is offered the villages of these.
    """
    if not scope.areas:
        return _villages_of(scope)
    if current and scope.covers_area(current):
        above = [row.code for row in ancestors(current) if scope.covers_area(row.code)]
        codes = [*above, current, *(row.code for row in children(current))]
    else:
        codes = [area for area in scope.areas if area]
        for area in scope.areas:
            codes += [row.code for row in children(area)]
    labels = path_labels(codes)
    return [(code, labels[code].partition(", Kabupaten")[0]) for code in codes]


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
