"""A visit that was made without signal."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from app.core.clock import utc_now
from app.core.errors import PulihError
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import attempt
from app.field.models import FileUpload
from app.field.rules import OK
from app.field.rules.labels import NEXT_TOO_LATE, PRACTICE_LEFT, PROMISE_SETTLED
from app.field.rules.operation import Operation
from app.field.rules.visit_data import VisitSaid, visit_said
from app.field.services.announcing import expected, upload_for
from app.field.services.outcomes import Case, Outcome
from app.mentoring.models import Visit, VisitPhoto
from app.mentoring.queries.visits import open_promises
from app.mentoring.rules import VisitReport
from app.mentoring.services import record_field_visit
from app.mentoring.services.visits import latest_day
from app.trainings.services import see_practice


def apply_visit(case: Case) -> Outcome:
    """Record the visit, announce its photos, and keep what was seen of what was taught."""
    row, sender = case.row, case.sender
    said = visit_said(case.operation, row.id, sender.clock)
    report = _still_open(said)
    latest_on = latest_day(row, report)
    if report.next_visit_on and latest_on and report.next_visit_on > latest_on:
        said.taken.label(NEXT_TOO_LATE)
    visit = record_field_visit(row=row, report=report, by=sender.account_id)
    _see_practices(said, row.id, sender.account_id)
    uploads, refused = _announce(case.operation, visit, sender.account_id)
    rest = dict(said.rest)
    if refused:
        rest["foto_ditolak"] = refused
    if said.taken.dropped:
        rest["diabaikan"] = said.taken.dropped
    return Outcome(
        status=OK,
        version=row.version,
        labels=said.taken.labels,
        extra=rest,
        uploads=uploads,
    )


def _still_open(said: VisitSaid) -> VisitReport:
    """The report without promises that somebody else settled meanwhile."""
    report = said.report
    if not report.settled:
        return report
    still = {promise.id for promise in open_promises(report.enterprise_id)}
    late = {str(key): state for key, state in report.settled.items() if key not in still}
    if late:
        said.taken.drop("settled", late, PROMISE_SETTLED)
    kept = {key: state for key, state in report.settled.items() if key in still}
    return replace(report, settled=kept)


def _see_practices(said: VisitSaid, enterprise_id: UUID, by: UUID) -> None:
    for session_id, state in said.practices.items():
        try:
            with attempt():
                see_practice(
                    session_id=session_id,
                    enterprise_id=enterprise_id,
                    state=state,
                    scope=everywhere(by),
                    by=by,
                )
        except PulihError:
            said.taken.drop(f"practice_{session_id}", state, PRACTICE_LEFT)


def _announce(operation: Operation, visit: Visit, by: UUID) -> tuple[list[FileUpload], list[str]]:
    """Expect the photos of a visit; gives them, and the ids of those that can't be expected."""
    ids = [one.id for one in operation.attachments]
    if not ids:
        return [], []
    known = db.session.scalars(select(VisitPhoto.id).where(VisitPhoto.id.in_(ids))).all()
    photos, refused = expected(operation, most=len(ids), known=known)
    now, places = utc_now(), {one.id: place for place, one in enumerate(operation.attachments)}
    for photo in photos:
        db.session.add(
            VisitPhoto(
                id=photo.id,
                visit_id=visit.id,
                place=places[photo.id],
                sha256=photo.sha256,
                size=photo.size,
                announced_at=now,
            )
        )
    place_id = visit.enterprise_id
    return [
        upload_for(photo, operation, enterprise_id=place_id, by=by, now=now) for photo in photos
    ], refused
