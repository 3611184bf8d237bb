"""What a mentor carries, village by village, and who could take it over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.health.models import AssessmentDraft
from app.interventions.models import Intervention
from app.interventions.rules import OPEN_STATES
from app.mentoring.models import Mentor, Promise
from app.mentoring.queries.mentors import MentorLine, carried, mentor_line, mentor_lines
from app.mentoring.queries.ways import Ways, ways_between
from app.mentoring.rules import OPEN, Load, load_preview
from app.mentoring.rules.handover import PassedOn
from app.places.queries import path_labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """A mentor who could take a village over; km is None where a point is missing."""

    id: UUID
    name: str
    free: int
    km: float | None

    @property
    def label(self) -> str:
        """As a list to choose from shows them."""
        way = "" if self.km is None else f", {self.km:.1f} km".replace(".", ",")
        return f"{self.name} – masih {self.free} tempat{way}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldVillage:
    """The enterprises of a mentor in one village, and who is chosen to take them."""

    code: str
    label: str
    count: int
    takers: tuple[Taker, ...]
    chosen: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """Everything that would pass on, and the loads before and after."""

    mentor: MentorLine
    villages: tuple[HeldVillage, ...]
    passes: PassedOn
    loads: tuple[Load, ...]

    @property
    def has_mentor_over(self) -> bool:
        """Whether somebody would carry more than their capacity."""
        return any(load.is_over for load in self.loads)


def held_by(scope: Scope, mentor_id: UUID, *, for_change: bool = False) -> Sequence[Enterprise]:
    """The enterprises of a mentor within the scope, whatever state they are in."""
    statement = (
        select(Enterprise)
        .where(Enterprise.mentor_id == mentor_id, within(scope))
        .order_by(Enterprise.search_name, Enterprise.id)
    )
    if for_change:
        # Two officers: the second waits, and then finds nothing left to hand over.
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(statement).all()


def is_held_elsewhere(mentor_id: UUID) -> bool:
    """Whether a mentor still carries anything, wherever it is."""
    statement = select(Enterprise.id).where(Enterprise.mentor_id == mentor_id).limit(1)
    return db.session.scalar(statement) is not None


def leaving(scope: Scope, mentor_id: UUID, targets: Mapping[str, UUID]) -> Leaving:
    """What a hand-over would change; a village without a target gets the nearest with room.

    Raises:
        NotFound: the mentor is unknown or outside the scope.
    """
    mentor = mentor_line(scope, mentor_id)
    rows = held_by(scope, mentor_id)
    lines = [one for one in mentor_lines(scope) if one.can_take and one.id != mentor_id]
    villages = _villages(rows, lines, targets)
    chosen = {village.code: village.chosen for village in villages}
    given = {row.id: chosen[row.village_code] for row in rows}
    return Leaving(
        mentor=mentor,
        villages=villages,
        passes=_passes([row.id for row in rows], mentor_id),
        loads=_loads(mentor_id, given),
    )


def _villages(
    rows: Sequence[Enterprise], lines: list[MentorLine], targets: Mapping[str, UUID]
) -> tuple[HeldVillage, ...]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.village_code] = counts.get(row.village_code, 0) + 1
    mentors = db.session.scalars(
        select(Mentor).where(Mentor.account_id.in_([line.id for line in lines]))
    ).all()
    ways = ways_between(mentors, counts)
    labels = path_labels(counts)
    known = {mentor.account_id: mentor for mentor in mentors}
    free = {line.id: line.free for line in lines}
    villages = []
    # The largest first, so that it finds the nearest who has room for it.
    for code in sorted(counts, key=lambda one: (-counts[one], one)):
        takers = _takers(code, lines, known, free, ways)
        chosen = targets.get(code) or _nearest_with_room(takers, counts[code])
        if chosen in free:
            free[chosen] = max(0, free[chosen] - counts[code])
        villages.append(
            HeldVillage(
                code=code, label=labels[code], count=counts[code], takers=takers, chosen=chosen
            )
        )
    return tuple(villages)


def _takers(
    code: str,
    lines: list[MentorLine],
    known: Mapping[UUID, Mentor],
    free: Mapping[UUID, int],
    ways: Ways,
) -> tuple[Taker, ...]:
    point = ways.points.get(code)
    takers = [
        Taker(id=line.id, name=line.name, free=free[line.id], km=ways.km(known[line.id], point))
        for line in lines
    ]
    far = float("inf")
    return tuple(sorted(takers, key=lambda one: (far if one.km is None else one.km, one.name)))


def _nearest_with_room(takers: tuple[Taker, ...], count: int) -> UUID | None:
    with_room = [taker.id for taker in takers if taker.free >= count]
    return next(iter([*with_room, *(taker.id for taker in takers)]), None)


def _passes(ids: list[UUID], mentor_id: UUID) -> PassedOn:
    def count(*conditions: ColumnElement[bool]) -> int:
        return int(db.session.scalar(select(func.count()).where(*conditions)) or 0)

    return PassedOn(
        enterprises=len(ids),
        promises=count(Promise.enterprise_id.in_(ids), Promise.state == OPEN),
        drafts=count(
            AssessmentDraft.enterprise_id.in_(ids), AssessmentDraft.account_id == mentor_id
        ),
        therapies=count(
            Intervention.enterprise_id.in_(ids),
            Intervention.responsible_id == mentor_id,
            Intervention.state.in_(OPEN_STATES),
        ),
    )


def _loads(mentor_id: UUID, given: Mapping[UUID, UUID | None]) -> tuple[Load, ...]:
    targets = {one for one in given.values() if one is not None}
    known = carried({mentor_id, *targets})
    loads: dict[UUID, Load] = {}
    for target in sorted(targets, key=str):
        moving = {key: mentor_id for key, to in given.items() if to == target}
        for load in load_preview(known, to_mentor=target, given=moving):
            present = loads.get(load.mentor_id)
            change = load.change + (present.change if present else 0)
            loads[load.mentor_id] = Load(
                mentor_id=load.mentor_id,
                name=load.name,
                before=load.before,
                after=load.before + change,
                capacity=load.capacity,
            )
    return tuple(sorted(loads.values(), key=lambda one: (one.mentor_id != mentor_id, one.name)))
