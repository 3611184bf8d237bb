"""What became of an enterprise that was taken into another: for old addresses and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from app.core import settings
from app.core.scope import Scope
from app.core.sealing import blind_index
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.enterprises.queries.former import register_former
from app.enterprises.rules.phones import phone_index
from app.enterprises.rules.words import Wanted
from app.quality.models import Merger

# The kept one may have been taken into a third, and so on.
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Successor:
    """The enterprise that stands for one that was merged away."""

    enterprise_id: UUID
    gone_name: str
    merged_at: datetime


def successor(scope: Scope, gone_id: UUID) -> Successor | None:
    """What stands for this enterprise now, if it was merged away and the scope reaches that."""
    merger = _merger_of(gone_id)
    if merger is None:
        return None
    kept_id = _end_of(merger.kept_id)
    is_reached = select(Enterprise.id).where(Enterprise.id == kept_id, within(scope))
    if db.session.scalar(is_reached) is None:
        return None
    return Successor(enterprise_id=kept_id, gone_name=merger.gone_name, merged_at=merger.merged_at)


@register_former
def by_old_number(scope: Scope, asked: Wanted) -> UUID | None:
    """The enterprise that stands for one which had this number when it was merged away."""
    conditions = _by_numbers(asked)
    if not conditions:
        return None
    gone = db.session.scalars(
        select(Merger.gone_id)
        .where(or_(*conditions), Merger.undone_at.is_(None))
        .order_by(Merger.merged_at.desc(), Merger.id)
        .limit(_LONGEST_CHAIN)
    )
    found = (successor(scope, gone_id) for gone_id in gone.all())
    return next((one.enterprise_id for one in found if one), None)


def _by_numbers(asked: Wanted) -> list[ColumnElement[bool]]:
    key = settings.current().nik_index_key
    found: list[ColumnElement[bool]] = []
    if asked.nik:
        found.append(Merger.gone_nik_index == blind_index(asked.nik, key))
    if asked.nib:
        found.append(Merger.gone_nib_index == blind_index(asked.nib, key))
    if asked.phone:
        found.append(Merger.gone_phone_index == phone_index(asked.phone))
    return found


def _end_of(enterprise_id: UUID) -> UUID:
    for _ in range(_LONGEST_CHAIN):
        merger = _merger_of(enterprise_id)
        if merger is None:
            break
        enterprise_id = merger.kept_id
    return enterprise_id


def _merger_of(gone_id: UUID) -> Merger | None:
    return db.session.scalars(
        select(Merger)
        .where(Merger.gone_id == gone_id, Merger.undone_at.is_(None))
        .order_by(Merger.merged_at.desc(), Merger.id)
        .limit(1)
    ).one_or_none()
