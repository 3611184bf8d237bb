"""Who could write to an enterprise, now or on the day of which a phone tells."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import Enum
from uuid import UUID

from sqlalchemy import or_, select

from app.accounts.models import Membership
from app.core.permissions import Role
from app.core.scope import is_within
from app.db import db
from app.enterprises.models import Enterprise
from app.field.models import EnterpriseSuccessor
from app.field.rules.labels import ASSIGNED_SLACK
from app.mentoring.models import Assignment

_REGENCY_LENGTH = 5
_MOST_MERGERS = 10


class Standing(Enum):
    """How an account stands to an enterprise."""

    # It has the enterprise in care.
    PRESENT = "present"
    # It had it around one of the days.
    FORMER = "former"
    # It never had it, but works in the same regency.
    NEIGHBOUR = "neighbour"
    ELSEWHERE = "elsewhere"


def work_areas(account_id: UUID) -> tuple[str, ...]:
    """Where somebody is or was a mentor: what they saw there they may tell afterwards too."""
    statement = (
        select(Membership.area_code)
        .where(Membership.account_id == account_id, Membership.role == Role.MENTOR)
        .order_by(Membership.area_code)
        .distinct()
    )
    return tuple(db.session.scalars(statement))


def standing(
    enterprise: Enterprise, *, account_id: UUID, areas: Collection[str], days: Collection[date]
) -> Standing:
    """How an account stands to an enterprise now, or stood around one of these days."""
    if enterprise.mentor_id == account_id:
        return Standing.PRESENT
    if _was_assigned(enterprise.id, account_id, days):
        return Standing.FORMER
    code = enterprise.village_code
    if any(_is_near(code, area) for area in areas):
        return Standing.NEIGHBOUR
    return Standing.ELSEWHERE


def successor_of(enterprise_id: UUID) -> UUID:
    """The enterprise that this one became part of, or itself."""
    for _ in range(_MOST_MERGERS):
        if db.session.scalar(select(Enterprise.id).where(Enterprise.id == enterprise_id)):
            break
        row = db.session.get(EnterpriseSuccessor, enterprise_id)
        if row is None:
            break
        enterprise_id = row.kept_id
    return enterprise_id


def _was_assigned(enterprise_id: UUID, account_id: UUID, days: Collection[date]) -> bool:
    around = or_(
        *(
            (Assignment.from_on <= day + ASSIGNED_SLACK)
            & (Assignment.until_on.is_(None) | (Assignment.until_on >= day - ASSIGNED_SLACK))
            for day in days
        )
    )
    statement = select(Assignment.id).where(
        Assignment.enterprise_id == enterprise_id, Assignment.mentor_id == account_id, around
    )
    return db.session.scalar(statement.limit(1)) is not None


def _is_near(village_code: str, area: str) -> bool:
    return is_within(village_code, area) or village_code[:_REGENCY_LENGTH] == area[:_REGENCY_LENGTH]
