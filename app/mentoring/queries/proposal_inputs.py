"""What a proposal is computed from: enterprises to be looked after, and hands."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select

from app.accounts.models import Account
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.enterprises.queries.reach import in_area
from app.enterprises.rules.life_cycle import RESTING
from app.mentoring.models import Mentor
from app.mentoring.queries.mentors import mentor_lines
from app.mentoring.queries.ways import ways_between
from app.mentoring.rules.proposal import needed_skills


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An enterprise to be looked after; the point is None where nothing is known."""

    id: UUID
    village_code: str
    lat: float | None
    lng: float | None
    mentor_id: UUID | None
    is_sick: bool
    needed: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """A mentor who can be given enterprises; `room` is the capacity that this area can use."""

    id: UUID
    village_code: str
    lat: float | None
    lng: float | None
    skills: frozenset[str]
    room: int


def cases(scope: Scope, area: str) -> list[Case]:
    """The enterprises in service of an area, but for those that a mentor of elsewhere has."""
    rows = db.session.execute(
        select(
            Enterprise.id,
            Enterprise.village_code,
            Enterprise.lat,
            Enterprise.lng,
            Enterprise.mentor_id,
            Enterprise.sector,
            Enterprise.health_class,
        )
        .where(_served(scope, area))
        .order_by(Enterprise.id)
    ).all()
    elsewhere = _at_work_elsewhere(scope, {row.mentor_id for row in rows if row.mentor_id})
    rows = [row for row in rows if row.mentor_id not in elsewhere]
    points = ways_between([], (row.village_code for row in rows)).points
    needs = {(row.sector, row.health_class) for row in rows}
    needed = {need: needed_skills(*need) for need in needs}
    made = []
    for row in rows:
        middle = points.get(row.village_code) if row.lat is None or row.lng is None else None
        made.append(
            Case(
                id=row.id,
                village_code=row.village_code,
                lat=middle.lat if middle else row.lat,
                lng=middle.lng if middle else row.lng,
                mentor_id=row.mentor_id,
                is_sick=row.health_class == "sakit",
                needed=needed[row.sector, row.health_class],
            )
        )
    return made


def _at_work_elsewhere(scope: Scope, mentor_ids: set[UUID]) -> set[UUID]:
    """Mentors at work who lie outside the scope: their enterprises are not ours to move."""
    strangers = mentor_ids - {line.id for line in mentor_lines(scope)}
    rows = db.session.scalars(
        select(Mentor.account_id)
        .join(Account, Account.id == Mentor.account_id)
        .where(Mentor.account_id.in_(strangers), Mentor.left_on.is_(None), Account.is_active)
    )
    return set(rows)


def hands(scope: Scope, area: str) -> list[Hand]:
    """The mentors of the scope who can be given enterprises, with the room they have for an area.

    What they carry elsewhere is taken off their capacity.
    """
    lines = [line for line in mentor_lines(scope) if line.can_take]
    rows = db.session.scalars(
        select(Mentor).where(Mentor.account_id.in_([line.id for line in lines]))
    ).all()
    ways = ways_between(rows, [])
    here = _held(scope, area)
    carried = {line.id: line.carried for line in lines}
    return [
        Hand(
            id=row.account_id,
            village_code=row.village_code,
            lat=start.lat if (start := ways.start(row)) else None,
            lng=start.lng if start else None,
            skills=frozenset(row.skills),
            room=max(0, row.capacity - carried[row.account_id] + here.get(row.account_id, 0)),
        )
        for row in sorted(rows, key=lambda one: str(one.account_id))
    ]


def _held(scope: Scope, area: str) -> dict[UUID, int]:
    rows = db.session.execute(
        select(Enterprise.mentor_id, func.count())
        .where(_served(scope, area), Enterprise.mentor_id.is_not(None))
        .group_by(Enterprise.mentor_id)
    )
    return {mentor_id: count for mentor_id, count in rows if mentor_id is not None}


def _served(scope: Scope, area: str) -> ColumnElement[bool]:
    return and_(within(scope), in_area(area), Enterprise.life_cycle.not_in(sorted(RESTING)))
