"""How far a scope reaches into equipment aid."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, true

from app.aid.models import AidCase, Tool
from app.core.errors import NotFound
from app.core.scope import WHOLE_COUNTRY, Scope, range_of
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within


def case(scope: Scope, case_id: UUID) -> AidCase:
    """One aid.

    Raises:
        NotFound: unknown, or of an enterprise outside the scope: the answer is the same.
    """
    found = db.session.scalars(
        select(AidCase)
        .join(Enterprise, Enterprise.id == AidCase.enterprise_id)
        .where(AidCase.id == case_id, within(scope))
    ).one_or_none()
    if found is None:
        raise NotFound("aid_unknown", message="Bantuan ini tidak ditemukan.")
    return found


def tool(scope: Scope, tool_id: UUID) -> Tool:
    """One tool.

    Raises:
        NotFound: unknown, or with a holder or in a store outside the scope: the answer is the same.
    """
    found = db.session.scalars(
        select(Tool).where(Tool.id == tool_id, tools_within(scope))
    ).one_or_none()
    if found is None:
        raise NotFound("tool_unknown", message="Alat ini tidak ditemukan.")
    return found


def tools_within(scope: Scope) -> ColumnElement[bool]:
    """The condition on `Tool`: its holder is reached, or the area whose office stores it."""
    if WHOLE_COUNTRY in scope.areas:
        return true()
    held = Tool.holder_id.in_(select(Enterprise.id).where(within(scope)))
    stores = [
        and_(Tool.holder_id.is_(None), or_(Tool.area_code == area, below(area)))
        for area in scope.areas
    ]
    return or_(held, *stores)


def below(area: str) -> ColumnElement[bool]:
    """The condition on `Tool` that it is in a village of an area."""
    first, last = range_of(area)
    return and_(Tool.area_code >= first, Tool.area_code < last)
