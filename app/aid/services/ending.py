"""The end of an aid: what came of it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.aid.models import AidCase, ToolCheck
from app.aid.rules.use import result_of
from app.aid.services.case_rows import StepReport, close_therapy, locked_case, take_step
from app.core.scope import Scope
from app.db import db


def finish(*, case_id: UUID, report: StepReport, scope: Scope, by: UUID) -> AidCase:
    """End an aid after its last check; its therapy gets the result that day 90 showed.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: the check of day 180 is missing.
        Conflict: somebody changed it since.
        InvalidInput: an impossible day.
    """
    row, enterprise = locked_case(scope, case_id, report.version)
    take_step(row, enterprise, "finish", report, by=by)
    close_therapy(row, result=result_by_checks(row), words=report.note, scope=scope, by=by)
    return row


def result_by_checks(row: AidCase) -> str:
    """What the checks of day 90 say, by the least used tool; without one: not measured."""
    checks = db.session.scalars(
        select(ToolCheck)
        .where(
            ToolCheck.enterprise_id == row.enterprise_id,
            ToolCheck.check_day == 90,
            ToolCheck.checked_on >= row.handed_over_on,
        )
        .order_by(ToolCheck.days_used, ToolCheck.id)
    ).all()
    if not checks:
        return result_of(None)
    order = ("tidak", "sebagian", "berhasil")
    return min((result_of(check.days_used, check.condition) for check in checks), key=order.index)
