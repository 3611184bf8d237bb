"""What owners say themselves of visits. Callers have found the visit in their reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import names
from app.core.clock import local_today
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.mentoring.models import Visit, VisitConfirmation
from app.mentoring.rules import MEETING_PLACES, MET
from app.mentoring.rules.confirming import ASKED_FOR, WAYS
from app.mentoring.rules.signals import BY_PHONE

_ASKED_AT_ONCE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnersWord:
    """Whether somebody came, as the owner says; `words` for those who may read it."""

    has_come: bool
    way: str
    said_at: datetime

    @property
    def words(self) -> str:
        """The word and how it was given."""
        told = "ya, datang" if self.has_come else "tidak datang"
        return f"{told}, {WAYS[self.way]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedVisit:
    """A visit about which its owner is asked, or which they answered a short while ago."""

    id: UUID
    enterprise_id: UUID
    enterprise_name: str
    mentor_name: str
    visited_on: date
    place_label: str | None
    by_phone: bool
    has_come: bool | None


def owners_words(visit_ids: Iterable[UUID], *, is_office: bool) -> dict[UUID, OwnersWord]:
    """What owners say of visits. A "no" is for the office alone: for others it is as unsaid."""
    statement = select(VisitConfirmation).where(VisitConfirmation.visit_id.in_(list(visit_ids)))
    if not is_office:
        statement = statement.where(VisitConfirmation.has_come)
    return {
        row.visit_id: OwnersWord(has_come=row.has_come, way=row.way, said_at=row.said_at)
        for row in db.session.scalars(statement)
    }


def asked_visits(scope: Scope, *, unanswered_only: bool = False) -> list[AskedVisit]:
    """The recent visits in which an owner was met, as reported, newest first."""
    statement = (
        select(Visit, Enterprise.name, VisitConfirmation.has_come)
        .join(Enterprise, Enterprise.id == Visit.enterprise_id)
        .outerjoin(VisitConfirmation, VisitConfirmation.visit_id == Visit.id)
        .where(
            within(scope),
            Visit.outcome == MET,
            Visit.visited_on >= local_today() - ASKED_FOR,
        )
        .order_by(Visit.visited_on.desc(), Visit.id.desc())
        .limit(_ASKED_AT_ONCE)
    )
    if unanswered_only:
        statement = statement.where(VisitConfirmation.visit_id.is_(None))
    rows = list(db.session.execute(statement))
    people = names(row[0].mentor_id for row in rows)
    return [
        AskedVisit(
            id=visit.id,
            enterprise_id=visit.enterprise_id,
            enterprise_name=name,
            mentor_name=people[visit.mentor_id],
            visited_on=visit.visited_on,
            place_label=MEETING_PLACES.get(visit.place_kind or ""),
            by_phone=visit.place_kind == BY_PHONE,
            has_come=has_come,
        )
        for visit, name, has_come in rows
    ]
