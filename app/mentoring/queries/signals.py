"""What the database knows of a visit that was just reported."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from app.core.clock import local_date
from app.core.distance import kilometres, place_of
from app.db import db
from app.enterprises.models import Enterprise
from app.files.models import StoredFile
from app.files.rules import looks_same
from app.mentoring.models import Visit, VisitPhoto
from app.mentoring.rules.signals import SignalFacts

# A mentor's photos of so long are looked through for one that looks the same.
PHOTO_DAYS, MOST_PHOTOS = 400, 1500
# Between these one has to travel; a meeting of many in the village hall is no haste.
_APART = ("tempat_usaha", "rumah")
_HOUR = timedelta(hours=1)


def signal_facts(visit: Visit, row: Enterprise) -> SignalFacts:
    """The facts from which the signs of a visit follow; the visit is in the open transaction."""
    here, there = place_of(visit.lat, visit.lng), place_of(row.lat, row.lng)
    same_on = _same_photo_on(visit)
    offset = visit.received_at - visit.device_at if visit.device_at else None
    return SignalFacts(
        outcome=visit.outcome,
        place_kind=visit.place_kind,
        is_place_known=there is not None,
        metres=round(kilometres(here, there) * 1000) if here and there else None,
        minutes=visit.duration_minutes,
        clock_offset=round(offset.total_seconds()) if offset is not None else None,
        same_photo_on=same_on.isoformat() if same_on else None,
        has_confirmation=visit.owner_confirmation is not None,
        within_hour=_within_hour(visit),
        days_late=(local_date(visit.received_at) - visit.visited_on).days,
    )


def _same_photo_on(visit: Visit) -> date | None:
    """The day of the newest earlier visit whose photo looks the same."""
    photo = db.session.get(StoredFile, visit.photo_id) if visit.photo_id else None
    return None if photo is None else same_photo_on(visit, photo)


def same_photo_on(visit: Visit, photo: StoredFile) -> date | None:
    """The day of the newest other visit with a photo that looks like this one of a visit."""
    if photo.fingerprint is None:
        return None
    days = [
        visited_on
        for column, table in ((Visit.photo_id, None), (VisitPhoto.photo_id, VisitPhoto))
        for statement in _alike(visit, photo.fingerprint, column, table)
        for visited_on, fingerprint in db.session.execute(statement)
        if looks_same(fingerprint, photo.fingerprint)
    ]
    return max(days, default=None)


def _alike(
    visit: Visit, fingerprint: str, column: Any, announced: type[VisitPhoto] | None
) -> tuple[Select[date, str | None], Select[date, str | None]]:
    """The mentor's other photos, and those of others that are the same to the bit."""
    with_photo = select(Visit.visited_on, StoredFile.fingerprint)
    if announced is not None:
        with_photo = with_photo.join(announced, announced.visit_id == Visit.id)
    with_photo = (
        with_photo.join(StoredFile, StoredFile.id == column)
        .where(Visit.id != visit.id)
        .order_by(Visit.visited_on.desc(), Visit.id.desc())
        .limit(MOST_PHOTOS)
    )
    since = visit.visited_on - timedelta(days=PHOTO_DAYS)
    own = with_photo.where(Visit.mentor_id == visit.mentor_id, Visit.visited_on >= since)
    # Those of others only where not one bit differs: that is found by the index.
    return own, with_photo.where(StoredFile.fingerprint == fingerprint)


def _within_hour(visit: Visit) -> int:
    if visit.started_at is None or visit.place_kind not in _APART:
        return 1
    statement = select(func.count()).where(
        Visit.mentor_id == visit.mentor_id,
        Visit.visited_on.between(
            visit.visited_on - timedelta(days=1), visit.visited_on + timedelta(days=1)
        ),
        Visit.started_at > visit.started_at - _HOUR,
        Visit.started_at < visit.started_at + _HOUR,
        Visit.place_kind.in_(_APART),
        Visit.id != visit.id,
    )
    return 1 + int(db.session.scalar(statement) or 0)
