"""What a filter stands for: conditions on `Enterprise`, the same for lists, figures and files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select, true

from app.accounts.models import Account, Membership
from app.accounts.queries import in_force
from app.core.clock import LOCAL_ZONE, local_today
from app.core.permissions import Role
from app.core.scope import WHOLE_COUNTRY, Scope
from app.enterprises.models import Enterprise
from app.enterprises.queries.plans import beside_index
from app.enterprises.queries.reach import in_area, within_area
from app.enterprises.queries.search import text_matches
from app.enterprises.rules.life_cycle import ACTIVE, RESTING
from app.enterprises.rules.list_filter import (
    ABSENT,
    EXPIRED,
    NOBODY,
    NOT_ASSESSABLE,
    SERVED,
    STOPPED,
    ULTRA_MICRO,
    UNASSESSED,
    UNKNOWN_SECTOR,
    UNKNOWN_SIZE,
    ListFilter,
)
from app.places.models import VillageProgram


def reached(scope: Scope, wanted: ListFilter, *, by_index: bool = True) -> ColumnElement[bool]:
    """The condition on `Enterprise` that the scope reaches it and the filter holds for it."""
    in_reach = within_area(scope, wanted.area, by_index=by_index)
    return and_(in_reach, condition(replace(wanted, area=WHOLE_COUNTRY)))


def condition(wanted: ListFilter, *, today: date | None = None) -> ColumnElement[bool]:
    """The condition on `Enterprise` that a filter stands for; the scope is asked for apart."""
    day = today or local_today()
    parts: list[ColumnElement[bool]] = [
        in_area(wanted.area),
        _health(wanted.health, day),
        _sector(wanted.sector),
        _mentor(wanted.mentor),
        in_state(wanted.life_cycle),
        _size(wanted.size),
        _program(wanted.program),
        _registered(wanted.created_from, wanted.created_until),
    ]
    if wanted.is_current:
        parts.append(Enterprise.health_valid_until >= day)
    if wanted.sick_days is not None:
        parts.append(Enterprise.sick_since_on < day - timedelta(days=wanted.sick_days))
    if wanted.is_overdue:
        parts.append(overdue(day))
    if wanted.due_until is not None:
        parts.append(and_(Enterprise.next_visit_due_on <= wanted.due_until))
    if wanted.is_without_plan:
        parts.append(Enterprise.has_plan.is_(False))
    if wanted.text:
        parts.append(text_matches(wanted.text))
    return and_(*parts)


def overdue(today: date) -> ColumnElement[bool]:
    """The next visit was due before today, and the enterprise is one that is visited."""
    return and_(late(today), Enterprise.life_cycle.not_in(sorted(RESTING)))


def late(today: date) -> ColumnElement[bool]:
    """The next visit was due before today, if the enterprise is one that is visited."""
    return and_(Enterprise.next_visit_due_on < today)


def expired(today: date) -> ColumnElement[bool]:
    """The last assessment is no longer valid."""
    return Enterprise.health_valid_until < today


def _health(wanted: str, today: date) -> ColumnElement[bool]:
    if not wanted:
        return true()
    if wanted == UNASSESSED:
        return Enterprise.assessed_on.is_(None)
    if wanted == NOT_ASSESSABLE:
        return Enterprise.health_status == NOT_ASSESSABLE
    if wanted == EXPIRED:
        return expired(today)
    return Enterprise.health_class == wanted


def in_state(wanted: str) -> ColumnElement[bool]:
    """The condition that a state, or a group of them, stands for."""
    if not wanted:
        return true()
    if wanted == SERVED:
        return Enterprise.life_cycle.not_in(sorted(RESTING))
    if wanted == STOPPED:
        return Enterprise.life_cycle.in_(sorted(RESTING))
    # Nearly all are active: looking them up first would gather the whole register.
    state: Any = beside_index(Enterprise.life_cycle) if wanted == ACTIVE else Enterprise.life_cycle
    return and_(state == wanted)


def _size(wanted: str) -> ColumnElement[bool]:
    if not wanted:
        return true()
    if wanted == ULTRA_MICRO:
        return Enterprise.is_ultra_micro.is_(True)
    if wanted == UNKNOWN_SIZE:
        return Enterprise.size_class.is_(None)
    return Enterprise.size_class == wanted


def _sector(wanted: str) -> ColumnElement[bool]:
    if not wanted:
        return true()
    return Enterprise.sector.is_(None) if wanted == UNKNOWN_SECTOR else Enterprise.sector == wanted


def _mentor(wanted: UUID | str) -> ColumnElement[bool]:
    if not wanted:
        return true()
    if wanted == ABSENT:
        return and_(Enterprise.mentor_id.is_not(None), Enterprise.mentor_id.not_in(_at_work()))
    return Enterprise.mentor_id.is_(None) if wanted == NOBODY else Enterprise.mentor_id == wanted


def _at_work() -> Select[UUID]:
    """The accounts that are mentors today."""
    return (
        select(Membership.account_id)
        .join(Account, Account.id == Membership.account_id)
        .where(Account.is_active, Membership.role == Role.MENTOR, in_force(local_today()))
    )


def _program(wanted: str) -> ColumnElement[bool]:
    if not wanted:
        return true()
    villages = select(VillageProgram.village_code).where(VillageProgram.program == wanted)
    return Enterprise.village_code.in_(villages)


def _registered(from_on: date | None, until_on: date | None) -> ColumnElement[bool]:
    first = Enterprise.created_at >= _midnight(from_on) if from_on else true()
    last = Enterprise.created_at < _midnight(until_on + timedelta(days=1)) if until_on else true()
    return and_(first, last)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL_ZONE)
