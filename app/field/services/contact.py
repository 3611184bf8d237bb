"""What a phone tells of itself when it sends."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from app.db import db
from app.field.models import FieldDevice
from app.field.rules.batch import Batch
from app.field.rules.gaps import MOST_NAMED, gaps_after
from app.field.rules.reading import as_utc
from app.field.rules.taken import Clock


def note_batch(batch: Batch, *, device_id: UUID, clock: Clock, seen: Collection[int]) -> list[int]:
    """Keep it; gives numbers below the highest that never came."""
    device = db.session.get_one(FieldDevice, device_id, with_for_update=True)
    device.seen_at = device.sent_at = clock.now
    device.app_version = batch.app_version or device.app_version
    device.skew_seconds = clock.skew
    if batch.unsent_count is not None:
        device.unsent_count = batch.unsent_count
        oldest_at = batch.unsent_oldest_at
        device.unsent_oldest_at = None if oldest_at is None else as_utc(oldest_at)
    if batch.kept_for_good is not None:
        device.is_kept_for_good = batch.kept_for_good
    if batch.was_wiped:
        device.wiped_at = clock.now
    top, missing = gaps_after(
        highest=device.highest_number,
        missing=device.missing,
        seen=seen,
        announced=batch.highest_n or 0,
    )
    device.highest_number = top
    if missing != device.missing:
        device.missing = missing
    return missing[:MOST_NAMED]
