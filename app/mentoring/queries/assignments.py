"""What an assignment would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import names
from app.core.errors import InvalidInput, NotFound
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.mentoring.queries.mentors import MentorLine, carried, mentor_line
from app.mentoring.rules import Load, load_preview


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """An enterprise that was ticked."""

    id: UUID
    name: str
    owner_name: str
    hamlet: str | None
    health_class: str | None
    mentor_id: UUID | None
    mentor_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """The enterprises that would go to a mentor, and the loads that would change."""

    mentor: MentorLine
    moving: tuple[Chosen, ...]
    staying: tuple[Chosen, ...]
    loads: tuple[Load, ...]

    @property
    def has_mentor_over(self) -> bool:
        """Whether the mentor would carry more than their capacity."""
        return any(load.is_over for load in self.loads)


def chosen(scope: Scope, enterprise_ids: Sequence[UUID]) -> list[Chosen]:
    """The enterprises of these ids, by name.

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
    return [
        Chosen(
            id=row.id,
            name=row.name,
            owner_name=row.owner.name,
            hamlet=row.hamlet,
            health_class=row.health_class,
            mentor_id=row.mentor_id,
            mentor_name=known.get(row.mentor_id) if row.mentor_id else None,
        )
        for row in rows
    ]


def handover(scope: Scope, enterprise_ids: Sequence[UUID], mentor_id: UUID) -> Handover:
    """What giving these enterprises to this mentor would change.

    Raises:
        NotFound: the mentor or an enterprise is unknown or outside the scope.
        InvalidInput: no enterprise is given.
    """
    if not enterprise_ids:
        raise InvalidInput("nothing_chosen", message="Pilih paling sedikit satu usaha.")
    mentor = mentor_line(scope, mentor_id)
    picked = chosen(scope, enterprise_ids)
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
