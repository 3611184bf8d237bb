"""Making two enterprises of one again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Table, null, or_, select, update

from app.core.clock import utc_now
from app.core.errors import NotFound, WrongState
from app.core.scope import Scope
from app.db import db
from app.db.belongings import renew
from app.db.slices import slices
from app.enterprises.models import Enterprise
from app.quality.models import OPEN, Merger
from app.quality.rules.parting import returned
from app.quality.services.notes import note, note_others, pair_of
from app.quality.services.stored_rows import put_back, rows_now


def undo(*, scope: Scope, merger_id: UUID, by: UUID) -> Merger:
    """Make two of one again: every row as it was before the merger.

    What was changed since stays as it is, under whom it belonged to before.

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
    both = (merger.kept_id, merger.gone_id)
    for subject in both:
        note(subject, merger.area_code, "enterprise.merger_undone", by)
    owners = {db.session.get_one(Enterprise, subject).owner_id for subject in both}
    note_others(owners, "owner.merger_undone", by, known=both)
    return merger


def forget_old_rows(now: datetime) -> int:
    """Empty what was kept of mergers that can't be undone any more; gives of how many."""
    is_over = or_(Merger.undo_until < now, Merger.undone_at.is_not(None))
    over = db.session.scalars(select(Merger.id).where(is_over, Merger.after.is_not(None))).all()
    for part in slices(over):
        emptied = update(Merger).where(Merger.id.in_(part)).values(before={}, after=null())
        db.session.execute(emptied)
    return len(over)


def _restore(merger: Merger, kept: Enterprise) -> None:
    now = rows_now(merger.before)
    after = now if merger.after is None else merger.after
    # NIB and NIK are unique: the kept row lets go of what came from the other before it returns.
    kept.nib = None
    kept.owner.nik_index = None
    db.session.flush()
    for table in db.metadata.sorted_tables:
        rows = merger.before.get(table.name, [])
        left, here = (side.get(table.name, []) for side in (after, now))
        put_back(table, returned(table.name, rows, left, here, key=partial(_key, table)))
    db.session.expire_all()
    for key in (merger.kept_id, merger.gone_id):
        one = db.session.get_one(Enterprise, key)
        due, visited = one.next_visit_due_on, one.last_visit_on
        renew(one.id)
        # What was agreed stays; somebody may have been met since.
        one.next_visit_due_on = due
        one.last_visit_on = max((day for day in (visited, one.last_visit_on) if day), default=None)
    db.session.flush()


def _key(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key)


def _is_reached(scope: Scope, merger: Merger) -> bool:
    return scope.covers_area(merger.area_code)
