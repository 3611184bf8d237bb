"""What the database knows of a visit that was just reported."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select

from app.core.clock import local_date
from app.core.distance import kilometres, place_of
from app.db import db
from app.enterprises.models import Enterprise
from app.files.models import StoredFile
from app.files.rules import looks_same
from app.mentoring.models import Visit
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
    if photo is None or photo.fingerprint is None:
        return None
    with_photo = (
        select(Visit.visited_on, StoredFile.fingerprint)
        .join(StoredFile, StoredFile.id == Visit.photo_id)
        .where(Visit.id != visit.id)
        .order_by(Visit.visited_on.desc(), Visit.id.desc())
        .limit(MOST_PHOTOS)
    )
    since = visit.visited_on - timedelta(days=PHOTO_DAYS)
    own = with_photo.where(Visit.mentor_id == visit.mentor_id, Visit.visited_on >= since)
    # Those of others only where not one bit differs: that is found by the index.
    others = with_photo.where(StoredFile.fingerprint == photo.fingerprint)
    days = [
        visited_on
        for statement in (own, others)
        for visited_on, fingerprint in db.session.execute(statement)
        if looks_same(fingerprint, photo.fingerprint)
    ]
    return max(days, default=None)


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
