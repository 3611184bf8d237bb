"""Where an enterprise stood at the end of a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, select

from app.core.clock import LOCAL_ZONE
from app.dashboard.rules import ABSENT, GONE
from app.enterprises.models import Enterprise
from app.enterprises.rules.life_cycle import RESTING
from app.enterprises.rules.list_filter import EXPIRED, NOT_ASSESSABLE, UNASSESSED
from app.health.models import ClassSpan, HealthAssessment


def state_on(day: date) -> ColumnElement[str]:
    """Where an enterprise stood at the end of a day, as a state of the matrix.

    The row says it where nothing was assessed since; only for the others is the past looked up,
    each time by one step into an index. Of an enterprise that is no longer looked after only the
    last such state is known, so before it the class of the day counts. One that was registered
    later, but had been assessed before, was there.
    """
    is_gone = and_(Enterprise.life_cycle.in_(sorted(RESTING)), Enterprise.life_cycle_on <= day)
    is_as_now = and_(Enterprise.health_class.is_not(None), Enterprise.assessed_on <= day)
    valid = Enterprise.health_valid_until >= day
    return case(
        (is_gone, literal(GONE.key)),
        (and_(is_as_now, valid), Enterprise.health_class),
        (is_as_now, literal(EXPIRED)),
        (Enterprise.assessed_on.is_(None), _unassessed_on(day)),
        else_=func.coalesce(
            _rated_on(day),
            case((_was_assessed(day), literal(NOT_ASSESSABLE)), else_=_unassessed_on(day)),
        ),
    )


def _rated_on(day: date) -> ColumnElement[str | None]:
    """By the last class that was told until then; empty if there was none."""
    return (
        select(case((ClassSpan.until_on >= day, ClassSpan.health_class), else_=literal(EXPIRED)))
        .where(ClassSpan.enterprise_id == Enterprise.id, ClassSpan.from_on <= day)
        .order_by(ClassSpan.from_on.desc())
        .limit(1)
        .correlate(Enterprise)
        .scalar_subquery()
    )


def _was_assessed(day: date) -> ColumnElement[bool]:
    return exists().where(
        HealthAssessment.enterprise_id == Enterprise.id, HealthAssessment.assessed_on <= day
    )


def _unassessed_on(day: date) -> ColumnElement[str]:
    following = day + timedelta(days=1)
    midnight = datetime(following.year, following.month, following.day, tzinfo=LOCAL_ZONE)
    return case((Enterprise.created_at >= midnight, literal(ABSENT)), else_=literal(UNASSESSED))
