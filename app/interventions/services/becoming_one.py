"""What therapy does when two enterprises become one."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select, update

from app.core.clock import local_today
from app.db import db
from app.db.belongings import Pair, renewing, settling
from app.enterprises.models import Enterprise
from app.interventions.models import Intervention
from app.interventions.rules.states import CANCELLED, OPEN_STATES
from app.interventions.services.plan_rows import carry_down


@settling
def cancel_twice_open(pair: Pair) -> None:
    """Of one therapy that is open in both plans the kept enterprise's goes on."""
    is_open = Intervention.state.in_(OPEN_STATES)
    running = select(Intervention.therapy_code).where(
        is_open, Intervention.enterprise_id == pair.kept_id
    )
    codes = db.session.scalars(running).all()
    db.session.execute(
        update(Intervention)
        .where(
            is_open,
            Intervention.enterprise_id == pair.gone_id,
            Intervention.therapy_code.in_(codes),
        )
        .values(state=CANCELLED, closed_on=local_today())
    )


@renewing
def know_plan(enterprise_id: UUID) -> None:
    """Let the enterprise know whether it has a plan."""
    carry_down(db.session.get_one(Enterprise, enterprise_id))
