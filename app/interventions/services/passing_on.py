"""Therapies whose responsible person goes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from app.db import db
from app.history.services import Change, record_many
from app.interventions.models import Intervention
from app.interventions.rules import OPEN_STATES


def pass_responsibility_on(
    *, enterprise_ids: Sequence[UUID], from_account: UUID, to_account: UUID, by: UUID | None
) -> int:
    """Make another answer for the open therapies that somebody answered for; gives how many."""
    rows = db.session.scalars(
        select(Intervention)
        .where(
            Intervention.enterprise_id.in_(enterprise_ids),
            Intervention.responsible_id == from_account,
            Intervention.state.in_(OPEN_STATES),
        )
        .order_by(Intervention.id)
        .with_for_update()
    ).all()
    for row in rows:
        row.responsible_id = to_account
        row.version += 1
    record_many(
        Change(
            action="intervention.changed",
            subject_type="intervention",
            subject_id=row.id,
            by=by,
            enterprise_id=row.enterprise_id,
            changes={"responsible_id": [str(from_account), str(to_account)]},
        )
        for row in rows
    )
    return len(rows)
