"""How far a scope reaches into equipment aid."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, true

from app.aid.models import AidCase, Tool
from app.core.errors import NotFound
from app.core.scope import WHOLE_COUNTRY, Scope
from app.db import db
from app.db.areas import lies_in_any
from app.enterprises.models import Enterprise
from app.enterprises.queries import row_within, within


def case(scope: Scope, case_id: UUID) -> AidCase:
    """One aid.

    Raises:
        NotFound: unknown, or of an enterprise outside the scope: the answer is the same.
    """
    unknown = NotFound("aid_unknown", message="Bantuan ini tidak ditemukan.")
    return row_within(scope, AidCase, case_id, unknown=unknown)


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
    stored = and_(Tool.holder_id.is_(None), lies_in_any(Tool.area_code, scope.areas))
    return or_(held, stored)
