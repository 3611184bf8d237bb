"""The history of mergers, and the pair that a merger settles."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from app.db import db
from app.enterprises.models import Enterprise
from app.history.rules import register_actions
from app.history.services import Change, record, record_many
from app.quality.models import LikelyPair

register_actions(
    {
        "enterprise.merged": "Usaha ganda digabung ke usaha ini",
        "enterprise.merged_away": "Usaha ini digabung ke usaha lain",
        "enterprise.merger_undone": "Penggabungan dibatalkan",
        "enterprise.not_double": "Dinyatakan bukan usaha yang sama",
        "owner.merged": "Data pemilik digabung dengan data gandanya",
        "owner.merger_undone": "Penggabungan data pemilik dibatalkan",
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


def note_others(
    owner_ids: Collection[UUID], action: str, by: UUID, *, known: Collection[UUID]
) -> None:
    """Write into the history of the other enterprises of owners that the owner's data changed.

    `known` are those that the merger is about: they are told of it already.
    """
    rows = db.session.execute(
        select(Enterprise.id, Enterprise.owner_id, Enterprise.village_code)
        .where(Enterprise.owner_id.in_(owner_ids), Enterprise.id.not_in(known))
        .order_by(Enterprise.id)
    )
    record_many(
        Change(
            action=action,
            subject_type="owner",
            subject_id=row.owner_id,
            by=by,
            enterprise_id=row.id,
            area_code=row.village_code,
        )
        for row in rows.all()
    )
