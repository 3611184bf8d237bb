"""Unfinished assessments whose writer goes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, update

from app.db import db
from app.health.models import AssessmentDraft


def pass_drafts_on(*, enterprise_ids: Sequence[UUID], from_account: UUID, to_account: UUID) -> int:
    """Give the unfinished assessments of somebody to another; gives how many.

    Where the other has begun one of their own, both stay with who wrote them.
    """
    begun = select(AssessmentDraft.enterprise_id).where(AssessmentDraft.account_id == to_account)
    passing = db.session.scalars(
        select(AssessmentDraft.enterprise_id).where(
            AssessmentDraft.account_id == from_account,
            AssessmentDraft.enterprise_id.in_(enterprise_ids),
            AssessmentDraft.enterprise_id.not_in(begun),
        )
    ).all()
    db.session.execute(
        update(AssessmentDraft)
        .where(
            AssessmentDraft.account_id == from_account,
            AssessmentDraft.enterprise_id.in_(passing),
        )
        .values(account_id=to_account)
    )
    return len(passing)
