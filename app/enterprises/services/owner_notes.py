"""What happens to an owner is told in the timeline of each of their enterprises."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.history.services import Change, record_many


def note_for_owner(
    owner: Owner,
    action: str,
    *,
    by: UUID | None,
    changes: dict[str, list[Any]] | None = None,
    note: str | None = None,
) -> None:
    """Note it for each enterprise of the owner, so that every timeline shows it."""
    rows = db.session.execute(
        select(Enterprise.id, Enterprise.village_code)
        .where(Enterprise.owner_id == owner.id)
        .order_by(Enterprise.id)
    ).all()
    places: list[tuple[UUID | None, str | None]] = [(row.id, row.village_code) for row in rows]
    record_many(
        Change(
            action=action,
            subject_type="owner",
            subject_id=owner.id,
            by=by,
            enterprise_id=enterprise_id,
            area_code=village_code,
            changes=changes,
            note=note,
        )
        for enterprise_id, village_code in places or [(None, None)]
    )
