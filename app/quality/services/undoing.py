"""Making two enterprises of one again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import utc_now
from app.core.errors import NotFound, WrongState
from app.core.scope import Scope
from app.db import db
from app.db.belongings import renew
from app.enterprises.models import Enterprise
from app.quality.models import OPEN, Merger
from app.quality.rules.merging import ENTERPRISE_CHOICES
from app.quality.services.notes import note, pair_of
from app.quality.services.stored_rows import ENTERPRISE, put_back, rows_where


def undo(*, scope: Scope, merger_id: UUID, by: UUID) -> Merger:
    """Make two of one again: every row as it was before the merger.

    What was changed in the kept one since stays, but for the values that came from the other.

    Raises:
        NotFound: unknown, or outside the scope.
        WrongState: it was undone, or it is too long ago, or the kept one is gone itself.
    """
    merger = db.session.scalars(
        select(Merger).where(Merger.id == merger_id).with_for_update()
    ).one_or_none()
    kept = None if merger is None else db.session.get(Enterprise, merger.kept_id)
    if merger is None or not _is_reached(scope, merger):
        raise NotFound("merger_unknown", message="Penggabungan ini tidak ditemukan.")
    if merger.undone_at is not None:
        raise WrongState("merger_undone", message="Penggabungan ini sudah dibatalkan.")
    if utc_now() > merger.undo_until or not merger.before:
        raise WrongState("merger_too_old", message="Sudah lewat 30 hari, tidak dapat dibatalkan.")
    if kept is None:
        raise WrongState(
            "merger_kept_gone",
            message="Usaha ini sudah digabung ke usaha lain. Batalkan penggabungan itu lebih dulu.",
        )
    _restore(merger, kept)
    merger.undone_by, merger.undone_at = by, utc_now()
    pair = pair_of(merger.kept_id, merger.gone_id)
    if pair is not None:
        pair.state, pair.decided_by, pair.decided_at = OPEN, None, None
    for subject in (merger.kept_id, merger.gone_id):
        note(subject, merger.area_code, "enterprise.merger_undone", by)
    return merger


def _restore(merger: Merger, kept: Enterprise) -> None:
    is_untouched = kept.version == merger.kept_version
    changed = {} if is_untouched else _own_values(merger, kept)
    # NIB and NIK are unique: the kept row lets go of what came from the other before it returns.
    kept.nib = None
    kept.owner.nik_index = None
    db.session.flush()
    for table in db.metadata.sorted_tables:
        if table.name in merger.before:
            put_back(table, merger.before[table.name])
    db.session.expire_all()
    first = db.session.get_one(Enterprise, merger.kept_id)
    for name, value in changed.items():
        setattr(first, name, value)
    for one in (first, db.session.get_one(Enterprise, merger.gone_id)):
        due, visited = one.next_visit_due_on, one.last_visit_on
        renew(one.id)
        # What was agreed stays; somebody may have been met since.
        one.next_visit_due_on = due
        one.last_visit_on = max((day for day in (visited, one.last_visit_on) if day), default=None)
    db.session.flush()


def _own_values(merger: Merger, kept: Enterprise) -> dict[str, Any]:
    """What somebody set on the kept row since: values that are neither the old nor the other's."""
    rows = {row["id"]: row for row in merger.before[ENTERPRISE.name]}
    now = rows_where(ENTERPRISE, ENTERPRISE.c.id == kept.id)[0]
    old, other = rows[str(kept.id)], rows[str(merger.gone_id)]
    return {
        name: getattr(kept, name)
        for name in ENTERPRISE_CHOICES
        if now[name] not in (old[name], other[name])
    }


def _is_reached(scope: Scope, merger: Merger) -> bool:
    return scope.covers_area(merger.area_code)
