"""Who was met in a period, and for whom a visit was due: conditions on `Enterprise`."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_

from app.dashboard.rules import Period
from app.enterprises.models import Enterprise
from app.mentoring.models import Visit
from app.mentoring.rules import MET


def is_visited(period: Period, *, today: date) -> ColumnElement[bool]:
    """Whether somebody was met there in the period.

    The row knows the last such day; only where that lies after the period are visits looked up.
    """
    last_on = Enterprise.last_visit_on
    if period.until_on >= today:
        # Nobody has been visited after today.
        return and_(last_on >= period.from_on)
    in_period = last_on.between(period.from_on, period.until_on)
    earlier = exists().where(
        Visit.enterprise_id == Enterprise.id,
        Visit.outcome == MET,
        Visit.visited_on.between(period.from_on, period.until_on),
    )
    return or_(in_period, and_(last_on > period.until_on, earlier))


def is_due(period: Period) -> ColumnElement[bool]:
    """Whether the next visit is due until the end of the period."""
    return and_(Enterprise.next_visit_due_on <= period.until_on)
