"""Keeping what an owner says of a visit."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.errors import NotFound, WrongState
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.history.rules import register_actions
from app.history.services import record
from app.mentoring.models import Visit, VisitCheck, VisitConfirmation
from app.mentoring.rules import MET, TO_CHECK
from app.mentoring.rules.confirming import ASKED_FOR, BY_PIN, DENIED_WEIGHT

register_actions(
    {
        "visit.confirmed": "Kunjungan dipastikan pemilik",
        "visit.denied": "Kunjungan disangkal pemilik",
    }
)


def keep_owners_word(*, scope: Scope, by: UUID, visit_id: UUID, has_come: bool, way: str) -> Visit:
    """Keep whether somebody came, as the owner says; the last word of the owner counts.

    A PIN on the mentor's phone never takes back what the owner said on their own page.

    Raises:
        NotFound: the visit is unknown or outside the scope.
        WrongState: nobody was met, or it is long ago.
    """
    found = db.session.execute(
        select(Visit, Enterprise.village_code)
        .join(Enterprise, Enterprise.id == Visit.enterprise_id)
        .where(Visit.id == visit_id, within(scope))
    ).one_or_none()
    if found is None:
        raise NotFound("visit_unknown", message="Kunjungan ini tidak ditemukan.")
    visit, village_code = found
    if visit.outcome != MET or visit.visited_on < local_today() - ASKED_FOR:
        raise WrongState("visit_not_asked", message="Kunjungan ini tidak perlu jawaban.")
    row = db.session.get(VisitConfirmation, visit.id, with_for_update=True)
    if row is not None and (row.has_come == has_come or way == BY_PIN):
        return visit
    was_denied = row is not None and not row.has_come
    if row is None:
        row = VisitConfirmation(visit_id=visit.id)
        db.session.add(row)
    row.has_come, row.way = has_come, way
    row.said_at, row.recorded_by = utc_now(), by
    _move_in_queue(visit.id, is_denied=not has_come, was_denied=was_denied)
    # A "no" is not told in the timeline, which the mentor reads too.
    record(
        subject_type="visit",
        subject_id=visit.id,
        action="visit.confirmed" if has_come else "visit.denied",
        by=by,
        enterprise_id=visit.enterprise_id if has_come and not was_denied else None,
        area_code=village_code,
    )
    return visit


def _move_in_queue(visit_id: UUID, *, is_denied: bool, was_denied: bool) -> None:
    check = db.session.get(VisitCheck, visit_id, with_for_update=True)
    if check is None or check.state not in TO_CHECK or is_denied == was_denied:
        return
    check.weight = max(0, check.weight + (DENIED_WEIGHT if is_denied else -DENIED_WEIGHT))
