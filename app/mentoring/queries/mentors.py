"""Mentors and what they carry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select, true

from app.accounts.models import Account, Membership
from app.accounts.queries import in_force, roles_of
from app.core.clock import local_today
from app.core.distance import Place, place_of
from app.core.errors import NotFound, WrongState
from app.core.permissions import Role
from app.core.scope import WHOLE_COUNTRY, Scope
from app.db import db
from app.db.areas import lies_in_any
from app.enterprises.models import Enterprise
from app.enterprises.queries import overdue, within
from app.mentoring.models import Mentor
from app.mentoring.rules import SKILLS, Carried
from app.places.queries import path_labels


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorLine:
    """A mentor as a list shows them.

    `carried` counts all their enterprises, wherever; `sick` and `overdue` those that the scope of
    the list reaches, because each has its list.
    """

    id: UUID
    name: str
    phone: str | None
    is_active: bool
    left_on: date | None
    village_code: str
    village_label: str
    skills: tuple[str, ...]
    capacity: int
    base: Place | None
    carried: int
    sick: int
    overdue: int

    @property
    def skill_labels(self) -> str:
        """The skills in words."""
        return ", ".join(SKILLS[skill] for skill in self.skills if skill in SKILLS)

    @property
    def can_take(self) -> bool:
        """Whether they can be given enterprises at all: still there, account open."""
        return self.is_active and self.left_on is None

    @property
    def is_full(self) -> bool:
        """Whether there is no room for one more."""
        return self.carried >= self.capacity

    @property
    def free(self) -> int:
        """How many more they could take, 0 when full."""
        return max(0, self.capacity - self.carried)


def mentor_lines(scope: Scope) -> list[MentorLine]:
    """The mentors who live or work in the areas of the scope, by name."""
    return _found(_within(scope), within(scope))


def mentor_line(scope: Scope, mentor_id: UUID) -> MentorLine:
    """One mentor.

    Raises:
        NotFound: unknown, or outside the areas of the scope.
    """
    found = _found(and_(Mentor.account_id == mentor_id, _within(scope)), within(scope))
    if not found:
        raise _unknown()
    return found[0]


def is_mentor(account_id: UUID) -> bool:
    """Whether an account stands in the register of mentors."""
    return db.session.get(Mentor, account_id) is not None


def mentor_within(scope: Scope, mentor_id: UUID) -> Mentor:
    """The row of one mentor, to be changed.

    Raises:
        NotFound: unknown, or outside the areas of the scope.
    """
    found = db.session.scalars(
        select(Mentor).where(Mentor.account_id == mentor_id, _within(scope))
    ).one_or_none()
    if found is None:
        raise _unknown()
    return found


def assignable_mentor(scope: Scope, mentor_id: UUID) -> Mentor:
    """A mentor who can be given enterprises today.

    Raises:
        NotFound: unknown, or outside the areas of the scope.
        WrongState: they have left, the account is closed or has the role no longer.
    """
    mentor = mentor_within(scope, mentor_id)
    if mentor.left_on is not None or not is_at_work(mentor_id):
        raise WrongState(
            "mentor_not_active",
            message="Pendamping ini sudah tidak aktif. Pilih pendamping lain.",
        )
    return mentor


def is_at_work(mentor_id: UUID) -> bool:
    """Whether an account is open and has the role today."""
    account = db.session.get(Account, mentor_id)
    return account is not None and account.is_active and Role.MENTOR in roles_of(mentor_id)


def carried(mentor_ids: Iterable[UUID]) -> list[Carried]:
    """What these mentors carry now, by name; the caller may know of them."""
    return [
        Carried(mentor_id=line.id, name=line.name, capacity=line.capacity, count=line.carried)
        for line in _found(Mentor.account_id.in_(list(mentor_ids)), true())
    ]


def accounts_to_register(scope: Scope) -> list[tuple[UUID, str]]:
    """Accounts with the role in the scope that are no mentors yet: (id, name), by name."""
    today = local_today()
    statement = (
        select(Account.id, Account.name)
        .where(
            Account.is_active,
            Account.id.not_in(select(Mentor.account_id)),
            Account.memberships.any(and_(_is_mentor_role(today), _role_within(scope))),
        )
        .order_by(Account.name, Account.id)
        .limit(500)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def _statement(
    wanted: ColumnElement[bool], reached: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    sick = and_(Enterprise.health_class == "sakit", reached)
    late = and_(overdue(local_today()), reached)
    held = (
        select(
            Enterprise.mentor_id.label("mentor_id"),
            func.count().label("carried"),
            func.sum(case((sick, 1), else_=0)).label("sick"),
            func.sum(case((late, 1), else_=0)).label("overdue"),
        )
        .where(Enterprise.mentor_id.in_(select(Mentor.account_id).where(wanted)))
        .group_by(Enterprise.mentor_id)
        .subquery()
    )
    return (
        select(
            Mentor.account_id,
            Account.name,
            Account.phone,
            Account.is_active,
            Mentor.left_on,
            Mentor.village_code,
            Mentor.skills,
            Mentor.capacity,
            Mentor.base_lat,
            Mentor.base_lng,
            func.coalesce(held.c.carried, 0).label("carried"),
            func.coalesce(held.c.sick, 0).label("sick"),
            func.coalesce(held.c.overdue, 0).label("overdue"),
        )
        .join(Account, Account.id == Mentor.account_id)
        .outerjoin(held, held.c.mentor_id == Mentor.account_id)
        .where(wanted)
        .order_by(Account.name, Mentor.account_id)
    )


def _found(wanted: ColumnElement[bool], reached: ColumnElement[bool]) -> list[MentorLine]:
    rows = list(db.session.execute(_statement(wanted, reached)))
    labels = path_labels(row.village_code for row in rows)
    return [_line(row, labels[row.village_code]) for row in rows]


def _line(row: Row[*tuple[Any, ...]], village_label: str) -> MentorLine:
    return MentorLine(
        id=row.account_id,
        name=row.name,
        phone=row.phone,
        is_active=row.is_active,
        left_on=row.left_on,
        village_code=row.village_code,
        village_label=village_label,
        skills=tuple(row.skills),
        capacity=row.capacity,
        base=place_of(row.base_lat, row.base_lng),
        carried=int(row.carried),
        sick=int(row.sick),
        overdue=int(row.overdue),
    )


def _within(scope: Scope) -> ColumnElement[bool]:
    """Mentors who live in an area of the scope, or have the role there."""
    if WHOLE_COUNTRY in scope.areas:
        return true()
    works_there = select(Membership.account_id).where(
        _is_mentor_role(local_today()), _role_within(scope)
    )
    return or_(lies_in_any(Mentor.village_code, scope.areas), Mentor.account_id.in_(works_there))


def _is_mentor_role(day: date) -> ColumnElement[bool]:
    return and_(Membership.role == Role.MENTOR, in_force(day))


def _role_within(scope: Scope) -> ColumnElement[bool]:
    return lies_in_any(Membership.area_code, scope.areas)


def _unknown() -> NotFound:
    return NotFound("mentor_unknown", message="Pendamping ini tidak ditemukan.")
