"""Pairs that may be one enterprise, what was said of them, and mergers with all they need to be
undone; doubts about the data of an enterprise, and when an area was looked through."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.belongings import RENEWED, STAYS, register_belongings
from app.db.columns import (
    AreaCodeText,
    JsonList,
    PortableJson,
    Sha256Text,
    UTCDateTime,
    UtcInstant,
    UuidKey,
    one_of,
)
from app.quality.rules.facts import KIND_LABELS

OPEN, DIFFERENT, MERGED = "terbuka", "berbeda", "digabung"
PAIR_STATES = (OPEN, DIFFERENT, MERGED)
TRUE = "benar"
FINDING_STATES = (OPEN, TRUE)


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

    `before` is {table: [row, …]} in the order in which rows must come back, `after` what became of
    them by the merger: what differs from it now was changed since. Both are emptied when the
    merger can't be undone any more.
    """

    __tablename__ = "enterprise_merger"
    __table_args__ = (
        Index("ix_enterprise_merger_kept_id", "kept_id"),
        Index("uq_enterprise_merger_gone_id", "gone_id", "merged_at", unique=True),
        Index("ix_enterprise_merger_area_code_merged_at", "area_code", "merged_at"),
        Index("ix_enterprise_merger_gone_nib_index", "gone_nib_index"),
        Index("ix_enterprise_merger_gone_nik_index", "gone_nik_index"),
        Index("ix_enterprise_merger_gone_phone_index", "gone_phone_index"),
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
    after: Mapped[dict[str, Any] | None] = mapped_column(PortableJson)
    # The version that the kept row got by the merger: whether anybody changed it since.
    kept_version: Mapped[int]
    # Blind: by which numbers the one that went was found.
    gone_nib_index: Mapped[str | None] = mapped_column(String(64))
    gone_nik_index: Mapped[str | None] = mapped_column(String(64))
    gone_phone_index: Mapped[str | None] = mapped_column(String(64))
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<Merger {self.gone_id} into {self.kept_id}>"


class Finding(db.Model):
    """A rule of `quality.rules.checks` that an enterprise meets, with the two values in words.

    `fingerprint` is of the values: what a person called true ("benar", with a reason) is not asked
    about again until they change.
    """

    __tablename__ = "quality_finding"
    __table_args__ = (
        one_of("state", FINDING_STATES, name="state_known"),
        one_of("kind", tuple(KIND_LABELS), name="kind_known"),
        CheckConstraint(
            f"state <> '{TRUE}' OR (reason IS NOT NULL AND decided_by IS NOT NULL)",
            name="true_for_a_reason",
        ),
        Index("uq_quality_finding_enterprise_id_rule", "enterprise_id", "rule", unique=True),
        Index("ix_quality_finding_state_kind_weight_id", "state", "kind", "weight", "id"),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    rule: Mapped[str] = mapped_column(String(30))
    kind: Mapped[str] = mapped_column(String(14))
    weight: Mapped[int] = mapped_column(SmallInteger)
    # The two values, each as [label, text, page, id].
    sides: Mapped[JsonList]
    fingerprint: Mapped[Sha256Text]
    state: Mapped[str] = mapped_column(String(10), default=OPEN)
    found_at: Mapped[UtcInstant]
    reason: Mapped[str | None] = mapped_column(String(300))
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<Finding {self.rule} {self.enterprise_id}>"


class CheckedArea(db.Model):
    """A regency that was looked through, and the mark of its data then: unchanged, it is passed
    over."""

    __tablename__ = "quality_checked_area"

    area_code: Mapped[str] = mapped_column(String(13), primary_key=True)
    mark: Mapped[Sha256Text]
    enterprise_count: Mapped[int]
    checked_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<CheckedArea {self.area_code}>"


register_belongings({"quality_finding": RENEWED, "enterprise_merger": STAYS, "likely_pair": STAYS})
