"""Finding tools that stand idle, and opening the therapy for it, once for each idle stretch."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from app.aid.models import Tool, ToolCheck
from app.aid.rules.use import IDLE_THERAPY, INDICATOR, Use, idle_since, is_idle
from app.core.clock import local_today
from app.core.scope import everywhere
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.rules.life_cycle import RESTING
from app.interventions.models import Intervention
from app.interventions.rules.states import OPEN_STATES
from app.interventions.services import Details, lock_plan, propose

# The therapy takes four weeks.
_WEEKS = timedelta(weeks=4)


def review_use(tool: Tool, enterprise: Enterprise, *, today: date) -> bool:
    """Bring up to date since when a tool stands idle; says whether its therapy was opened now.

    The caller has locked the plan of the enterprise.
    """
    since = idle_since(_uses(tool), held_from=tool.held_from)
    tool.idle_since_on = since
    if since is None:
        tool.idle_told_on = None
        return False
    is_known = tool.idle_told_on == since or enterprise.life_cycle in RESTING
    if is_known or not is_idle(since, today=today):
        return False
    tool.idle_told_on = since
    return _open_therapy(enterprise, today)


def tell_idle(tool_id: UUID, *, today: date | None = None) -> bool:
    """Look at one tool for the system; says whether a therapy was opened."""
    tool = db.session.get_one(Tool, tool_id)
    if tool.holder_id is None:
        return False
    enterprise = lock_plan(everywhere(), tool.holder_id)
    db.session.refresh(tool, with_for_update=True)
    if tool.holder_id != enterprise.id:
        return False
    return review_use(tool, enterprise, today=today or local_today())


def _uses(tool: Tool) -> list[Use]:
    # The check just made counts too.
    db.session.flush()
    rows = db.session.execute(
        select(ToolCheck.checked_on, ToolCheck.days_used)
        .where(
            ToolCheck.tool_id == tool.id,
            ToolCheck.enterprise_id == tool.holder_id,
            ToolCheck.checked_on >= tool.held_from,
        )
        .order_by(ToolCheck.checked_on, ToolCheck.id)
    )
    return [Use(checked_on=row.checked_on, days_used=row.days_used) for row in rows]


def _open_therapy(enterprise: Enterprise, today: date) -> bool:
    is_open = db.session.scalar(
        select(Intervention.id).where(
            Intervention.enterprise_id == enterprise.id,
            Intervention.therapy_code == IDLE_THERAPY,
            Intervention.state.in_(OPEN_STATES),
        )
    )
    if is_open is not None:
        return False
    row = propose(
        enterprise,
        IDLE_THERAPY,
        Details(responsible_id=enterprise.mentor_id, due_on=today + _WEEKS),
        by=None,
    )
    if not row.indicators:
        # What is compared when it ends, whether or not the last assessment complained.
        row.indicators = [INDICATOR]
    return True
