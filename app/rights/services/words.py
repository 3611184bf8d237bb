"""Which rows of the history hold words about a person, under any id they ever had."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from app.db import db
from app.db.slices import slices
from app.enterprises.models import Enterprise, Owner
from app.history.models import HistoryEntry
from app.history.services import forget_words
from app.quality.models import Merger
from app.rights.queries.holdings import Held, merged_away

_MERGING = ("enterprise.merged", "enterprise.merged_away")


def silence(
    owner_id: UUID,
    held: Collection[Held],
    *,
    account_id: UUID | None,
    area_code: str | None,
    by: UUID | None,
) -> None:
    """Take away what was written in the history about a person: `held` is all that is theirs."""
    subjects = {row["id"] for one in held for row in one.rows if isinstance(row.get("id"), UUID)}
    enterprises = _ids(held, Enterprise.__tablename__)
    enterprises |= merged_away(enterprises)
    subjects |= enterprises | _merged_owners(enterprises)
    if account_id is not None:
        subjects.add(account_id)
    forget_words(
        owner_id=owner_id,
        about=list(_about(subjects, enterprises)),
        area_code=area_code,
        by=by,
    )


def _about(subjects: set[UUID], enterprises: set[UUID]) -> Iterator[ColumnElement[bool]]:
    for part in slices(sorted(subjects)):
        yield HistoryEntry.subject_id.in_(part)
    for part in slices(sorted(enterprises)):
        yield HistoryEntry.enterprise_id.in_(part)
        # A merger that was undone: the other one's history names this one.
        yield and_(
            HistoryEntry.action.in_(_MERGING),
            HistoryEntry.enterprise_id.in_(_partners(part)),
        )


def _partners(enterprises: Collection[UUID]) -> set[UUID]:
    statement = select(Merger.kept_id, Merger.gone_id).where(
        or_(Merger.kept_id.in_(enterprises), Merger.gone_id.in_(enterprises))
    )
    return {key for row in db.session.execute(statement) for key in row}


def _merged_owners(enterprises: set[UUID]) -> set[UUID]:
    """Owners under whom these enterprises once stood and who went into others since."""
    found: set[UUID] = set()
    for part in slices(sorted(enterprises)):
        kept = select(Merger.before).where(Merger.kept_id.in_(part), Merger.undone_at.is_(None))
        for before in db.session.scalars(kept):
            found |= {UUID(row["id"]) for row in before.get(Owner.__tablename__, ()) if "id" in row}
    for part in slices(sorted(found)):
        found -= set(db.session.scalars(select(Owner.id).where(Owner.id.in_(part))))
    return found


def _ids(held: Collection[Held], table: str) -> set[UUID]:
    return {row["id"] for one in held if one.table.name == table for row in one.rows}
