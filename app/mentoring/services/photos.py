"""Photos of visits that arrive after the report."""

from __future__ import annotations

from uuid import UUID

from app.core.clock import utc_now
from app.db import db
from app.enterprises.models import Enterprise
from app.files.models import StoredFile
from app.history.rules import register_actions
from app.history.services import record
from app.mentoring.models import Visit, VisitCheck, VisitPhoto
from app.mentoring.queries.signals import same_photo_on
from app.mentoring.rules import HONEST_OUTCOMES, TO_CHECK
from app.mentoring.rules.signals import restored, weight_of, with_same_photo

PHOTO_ARRIVED = "visit.photo_arrived"
register_actions({PHOTO_ARRIVED: "Foto kunjungan diterima"})


def attach_photo(*, photo_id: UUID, stored: StoredFile, by: UUID) -> None:
    """Put an announced photo with its visit; a check that waits learns what it shows.

    A photo that is there already stays. The visit may have gone: then nothing is left to do.
    """
    announced = db.session.get(VisitPhoto, photo_id, with_for_update=True)
    if announced is None or announced.photo_id is not None:
        return
    visit = db.session.get_one(Visit, announced.visit_id)
    announced.photo_id, announced.arrived_at = stored.id, utc_now()
    _warn(visit, stored)
    area_code = db.session.get_one(Enterprise, visit.enterprise_id).village_code
    # Not in the story of the enterprise: it was told of with the visit.
    record(
        subject_type="visit", subject_id=visit.id, action=PHOTO_ARRIVED, by=by, area_code=area_code
    )


def _warn(visit: Visit, stored: StoredFile) -> None:
    check = db.session.get(VisitCheck, visit.id, with_for_update=True)
    if check is None or check.state not in TO_CHECK or visit.outcome in HONEST_OUTCOMES:
        return
    same_on = same_photo_on(visit, stored)
    if same_on is None:
        return
    found = restored(check.signals)
    signs = with_same_photo(found, same_on.isoformat())
    if signs != found:
        check.signals = [sign.stored() for sign in signs]
        # What else moved it to the front stays.
        check.weight += weight_of(signs) - weight_of(found)
