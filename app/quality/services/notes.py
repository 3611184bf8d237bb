"""The history of mergers, and the pair that a merger settles."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.db import db
from app.history.rules import register_actions
from app.history.services import record
from app.quality.models import LikelyPair

register_actions(
    {
        "enterprise.merged": "Usaha ganda digabung ke usaha ini",
        "enterprise.merged_away": "Usaha ini digabung ke usaha lain",
        "enterprise.merger_undone": "Penggabungan dibatalkan",
        "enterprise.not_double": "Dinyatakan bukan usaha yang sama",
    }
)


def pair_of(one: UUID, other: UUID) -> LikelyPair | None:
    """The pair of two enterprises, if a search found it."""
    first, second = sorted((one, other))
    return db.session.scalars(
        select(LikelyPair).where(LikelyPair.first_id == first, LikelyPair.second_id == second)
    ).one_or_none()


def note(
    enterprise_id: UUID, area_code: str, action: str, by: UUID, note: str | None = None
) -> None:
    """Write what happened into the history of an enterprise."""
    record(
        subject_type="enterprise",
        subject_id=enterprise_id,
        enterprise_id=enterprise_id,
        area_code=area_code,
        action=action,
        by=by,
        note=note,
    )
