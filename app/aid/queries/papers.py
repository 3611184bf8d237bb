"""Photos that belong to an aid or a tool, for those who reach it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.aid.models import AidStep, Handover, Tool, ToolCheck
from app.aid.queries.reach import case, tool
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within


def step_photo(scope: Scope, case_id: UUID, step_id: UUID) -> UUID | None:
    """The photo of a step; None when there is none.

    Raises:
        NotFound: the aid is unknown or outside the scope.
    """
    row = case(scope, case_id)
    return db.session.scalar(
        select(AidStep.photo_id).where(AidStep.id == step_id, AidStep.case_id == row.id)
    )


def check_photo(scope: Scope, tool_id: UUID, check_id: UUID) -> UUID | None:
    """The photo of a check at a holder within reach; None when there is none.

    Raises:
        NotFound: the tool is unknown or outside the scope.
    """
    row = tool(scope, tool_id)
    return db.session.scalar(
        select(ToolCheck.photo_id)
        .join(Enterprise, Enterprise.id == ToolCheck.enterprise_id)
        .where(ToolCheck.id == check_id, ToolCheck.tool_id == row.id, within(scope))
    )


def tool_photo(scope: Scope, tool_id: UUID) -> UUID | None:
    """The photo of a tool; None when there is none, or where it shows a holder out of reach.

    Raises:
        NotFound: the tool is unknown or outside the scope.
    """
    row: Tool = tool(scope, tool_id)
    if row.photo_id is None:
        return None
    elsewhere = db.session.scalar(
        select(Handover.id)
        .join(Enterprise, Enterprise.id == Handover.enterprise_id)
        .where(Handover.photo_id == row.photo_id, ~within(scope))
    )
    return row.photo_id if elsewhere is None else None
