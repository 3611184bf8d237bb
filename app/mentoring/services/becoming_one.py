"""What mentoring does when two enterprises become one."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select, update

from app.core.clock import local_today
from app.db import db
from app.db.belongings import Pair, renewing, settling
from app.enterprises.models import Enterprise
from app.mentoring.models import Assignment, Visit
from app.mentoring.rules import MET


@settling
def close_open_care(pair: Pair) -> None:
    """One enterprise has one mentor: of two open assignments the chosen mentor's stays open."""
    is_open = (
        Assignment.enterprise_id.in_([pair.kept_id, pair.gone_id]),
        Assignment.until_on.is_(None),
    )
    stays = db.session.scalars(
        select(Assignment.id)
        .where(*is_open, Assignment.mentor_id == pair.kept_mentor_id)
        .order_by(Assignment.enterprise_id != pair.kept_id)
        .limit(1)
    ).one_or_none()
    statement = update(Assignment).where(*is_open).values(until_on=local_today())
    if stays is not None:
        statement = statement.where(Assignment.id != stays)
    db.session.execute(statement)


@renewing
def know_mentor(enterprise_id: UUID) -> None:
    """Let the enterprise name the mentor whose assignment is open, as others may have ended it."""
    is_open = (Assignment.enterprise_id == enterprise_id, Assignment.until_on.is_(None))
    row = db.session.get_one(Enterprise, enterprise_id)
    row.mentor_id = db.session.scalar(select(Assignment.mentor_id).where(*is_open))


@renewing
def know_last_visit(enterprise_id: UUID) -> None:
    """Let the enterprise know when somebody was last met there."""
    row = db.session.get_one(Enterprise, enterprise_id)
    row.last_visit_on = db.session.scalar(
        select(func.max(Visit.visited_on)).where(
            Visit.enterprise_id == enterprise_id, Visit.outcome == MET
        )
    )
