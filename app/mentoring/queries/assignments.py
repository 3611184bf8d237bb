"""What an assignment would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import names
from app.core.clock import local_today
from app.core.errors import InvalidInput, NotFound
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.enterprises.rules.shown import is_expired
from app.mentoring.models import Mentor
from app.mentoring.queries.mentors import MentorLine, carried, mentor_line
from app.mentoring.queries.ways import Ways, ways_between
from app.mentoring.rules import Load, load_preview
from app.mentoring.rules.proposal import fits, needed_skills


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """An enterprise that was ticked."""

    id: UUID
    name: str
    owner_name: str
    hamlet: str | None
    health_class: str | None
    is_expired: bool
    mentor_id: UUID | None
    mentor_name: str | None
    km_now: float | None
    fits_now: bool
    # With the mentor that was asked about; empty while none is.
    km_then: float | None = None
    fits_then: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """The enterprises that would go to a mentor, and the loads that would change."""

    mentor: MentorLine
    moving: tuple[Chosen, ...]
    staying: tuple[Chosen, ...]
    loads: tuple[Load, ...]

    @property
    def average_km(self) -> tuple[float | None, float | None]:
        """The mean way to what moves, now and then, where both are known."""
        both = [
            (one.km_now, one.km_then)
            for one in self.moving
            if one.km_now is not None and one.km_then is not None
        ]
        if not both:
            return None, None
        return (
            round(sum(now for now, _ in both) / len(both), 1),
            round(sum(then for _, then in both) / len(both), 1),
        )

    @property
    def fitting(self) -> tuple[int, int]:
        """How many of what moves have a mentor who knows what they need, now and then."""
        return (
            sum(one.fits_now for one in self.moving),
            sum(one.fits_then for one in self.moving),
        )

    @property
    def has_mentor_over(self) -> bool:
        """Whether the mentor would carry more than their capacity."""
        return any(load.is_over for load in self.loads)


def chosen(
    scope: Scope, enterprise_ids: Sequence[UUID], to_mentor: UUID | None = None
) -> list[Chosen]:
    """The enterprises of these ids, by name, with the ways now and to the mentor asked about.

    Raises:
        NotFound: one is unknown or outside the scope.
    """
    statement = (
        select(Enterprise)
        .where(Enterprise.id.in_(enterprise_ids), within(scope))
        .order_by(Enterprise.search_name, Enterprise.id)
    )
    rows = list(db.session.scalars(statement))
    if len(rows) != len(enterprise_ids):
        raise NotFound("enterprise_unknown", message="Usaha ini tidak ditemukan.")
    known = names(row.mentor_id for row in rows)
    wanted = {row.mentor_id for row in rows if row.mentor_id} | {to_mentor}
    mentors = {
        mentor.account_id: mentor
        for mentor in db.session.scalars(select(Mentor).where(Mentor.account_id.in_(wanted)))
    }
    ways = ways_between(mentors.values(), (row.village_code for row in rows))
    return [_chosen(row, known, mentors, ways, to_mentor) for row in rows]


def _chosen(
    row: Enterprise,
    known: Mapping[UUID, str],
    mentors: Mapping[UUID, Mentor],
    ways: Ways,
    to_mentor: UUID | None,
) -> Chosen:
    now = mentors.get(row.mentor_id) if row.mentor_id else None
    then = mentors.get(to_mentor) if to_mentor else None
    end = ways.end(row.village_code, row.lat, row.lng)
    needed = needed_skills(row.sector, row.health_class)
    return Chosen(
        id=row.id,
        name=row.name,
        owner_name=row.owner.name,
        hamlet=row.hamlet,
        health_class=row.health_class,
        is_expired=is_expired(row.health_valid_until, local_today()),
        mentor_id=row.mentor_id,
        mentor_name=known.get(row.mentor_id) if row.mentor_id else None,
        km_now=ways.km(now, end) if now else None,
        fits_now=now is not None and fits(now.skills, needed),
        km_then=ways.km(then, end) if then else None,
        fits_then=then is not None and fits(then.skills, needed),
    )


def handover(scope: Scope, enterprise_ids: Sequence[UUID], mentor_id: UUID) -> Handover:
    """What giving these enterprises to this mentor would change.

    Raises:
        NotFound: the mentor or an enterprise is unknown or outside the scope.
        InvalidInput: no enterprise is given.
    """
    if not enterprise_ids:
        raise InvalidInput("nothing_chosen", message="Pilih paling sedikit satu usaha.")
    mentor = mentor_line(scope, mentor_id)
    picked = chosen(scope, enterprise_ids, mentor_id)
    loads = load_preview(
        # Who loses an enterprise may live elsewhere; their name stands beside it already.
        carried({mentor_id, *(one.mentor_id for one in picked if one.mentor_id)}),
        to_mentor=mentor_id,
        given={one.id: one.mentor_id for one in picked},
    )
    return Handover(
        mentor=mentor,
        moving=tuple(one for one in picked if one.mentor_id != mentor_id),
        staying=tuple(one for one in picked if one.mentor_id == mentor_id),
        loads=tuple(loads),
    )
