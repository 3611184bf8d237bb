"""Pairs that may be one enterprise, what was said of them, and mergers with all they need to be
undone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import (
    AreaCodeText,
    JsonList,
    PortableJson,
    UTCDateTime,
    UtcInstant,
    UuidKey,
    one_of,
)

OPEN, DIFFERENT, MERGED = "terbuka", "berbeda", "digabung"
PAIR_STATES = (OPEN, DIFFERENT, MERGED)


class LikelyPair(db.Model):
    """Two enterprises that may be one; the ids in their order, so that a pair exists once.

    No foreign keys: a merger takes one of the two away, and the decision outlives it.
    """

    __tablename__ = "likely_pair"
    __table_args__ = (
        one_of("state", PAIR_STATES, name="state_known"),
        CheckConstraint("first_id < second_id", name="ids_in_order"),
        Index("uq_likely_pair_first_id_second_id", "first_id", "second_id", unique=True),
        Index("ix_likely_pair_state_points", "state", "points"),
        Index("ix_likely_pair_second_id", "second_id"),
    )

    id: Mapped[UuidKey]
    first_id: Mapped[UUID]
    second_id: Mapped[UUID]
    points: Mapped[int] = mapped_column(SmallInteger)
    reasons: Mapped[JsonList]
    state: Mapped[str] = mapped_column(String(10), default=OPEN)
    found_at: Mapped[UtcInstant]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<LikelyPair {self.first_id} {self.second_id}>"


class Merger(db.Model):
    """One enterprise that was taken into another, with every row as it was before.

    `before` is {table: [row, …]} in the order in which rows must come back; it is emptied when the
    merger can't be undone any more.
    """

    __tablename__ = "enterprise_merger"
    __table_args__ = (
        Index("ix_enterprise_merger_kept_id", "kept_id"),
        Index("uq_enterprise_merger_gone_id", "gone_id", "merged_at", unique=True),
        Index("ix_enterprise_merger_area_code_merged_at", "area_code", "merged_at"),
    )

    id: Mapped[UuidKey]
    kept_id: Mapped[UUID]
    gone_id: Mapped[UUID]
    kept_name: Mapped[str] = mapped_column(String(160))
    gone_name: Mapped[str] = mapped_column(String(160))
    area_code: Mapped[AreaCodeText]
    merged_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    merged_at: Mapped[UtcInstant]
    undo_until: Mapped[UtcInstant]
    before: Mapped[dict[str, Any]] = mapped_column(PortableJson)
    # The version that the kept row got by the merger: whether anybody changed it since.
    kept_version: Mapped[int]
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<Merger {self.gone_id} into {self.kept_id}>"
