"""Who may be met together."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import within
from app.enterprises.rules.life_cycle import RESTING
from app.mentoring.rules.groups import MAX_GROUP
from app.places.queries import path_labels
from app.trainings.queries import marked, session


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCandidate:
    """An enterprise that may have been met."""

    enterprise_id: UUID
    name: str
    owner_name: str
    village: str
    health_class: str | None
    is_ticked: bool


def group_candidates(
    scope: Scope, account_id: UUID, session_id: UUID | None
) -> list[GroupCandidate]:
    """Those in the care of this person; with a session, those who came to it, already ticked.

    Raises:
        NotFound: the session is unknown or outside the scope.
    """
    came: set[UUID] = set()
    chosen = Enterprise.mentor_id == account_id
    if session_id is not None:
        came = marked(session(scope, session_id).id)
        chosen = Enterprise.id.in_(came)
    rows = db.session.execute(
        select(Enterprise, Owner.name)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(within(scope), chosen, Enterprise.life_cycle.not_in(sorted(RESTING)))
        .order_by(Enterprise.search_name, Enterprise.id)
        .limit(2 * MAX_GROUP)
    ).all()
    villages = path_labels(row.village_code for row, _ in rows)
    return [
        GroupCandidate(
            enterprise_id=row.id,
            name=row.name,
            owner_name=owner,
            village=villages[row.village_code].split(", ")[0],
            health_class=row.health_class,
            is_ticked=row.id in came,
        )
        for row, owner in rows
    ]
