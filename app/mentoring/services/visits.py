"""Recording visits."""

from __future__ import annotations

from datetime import date
from typing import BinaryIO
from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import check_allowed
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.rules.consents import BASE
from app.files.services import store_photo
from app.health.rules.protocol import due_after_visit, latest_after_visit
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.mentoring.models import Promise, Visit, VisitCheck
from app.mentoring.queries.signals import signal_facts
from app.mentoring.queries.visits import open_promises, visit_facts
from app.mentoring.rules import (
    HONEST_OUTCOMES,
    OPEN,
    OUTCOME_LABELS,
    WAITING,
    VisitReport,
    check_agreed_day,
    check_content,
    check_visit,
    due_after_refusal,
)
from app.mentoring.rules.signals import signals, weight_in_queue

RECORDED = "visit.recorded"
register_actions({RECORDED: "Kunjungan dicatat"})
register_fields(
    "visit",
    {
        "outcome": FieldWording(label="Hasil"),
        "visited_on": FieldWording(label="Tanggal kunjungan"),
        "next_visit_due_on": FieldWording(label="Kunjungan berikutnya paling lambat"),
    },
)


def record_visit(
    *, scope: Scope, report: VisitReport, by: UUID, photo: BinaryIO | None = None
) -> Visit:
    """Store a visit with its signs, settle promises, keep new ones, and set the next due date.

    A visit that is older than the last one is stored and changes no date. The same report again
    gives the visit that is stored.

    Raises:
        NotFound: the enterprise lies outside the scope.
        InvalidInput: at the field to mend.
        Conflict: another visit has this id.
        WrongState: the owner withdrew or restricted their data.
    """
    row = enterprise_within(scope, report.enterprise_id)
    known = db.session.get(Visit, report.id)
    if known is not None:
        return _same(known, report)
    check_allowed(row.owner_id, BASE)
    check_visit(report, today=local_today(), now=utc_now())
    latest_on = latest_day(row, report) if _is_newest(row, report) else None
    check_agreed_day(report.next_visit_on, latest_on)
    return _kept(row, report, by=by, photo=photo)


def record_field_visit(*, row: Enterprise, report: VisitReport, by: UUID) -> Visit:
    """Store a visit that was made without signal, at an enterprise that the caller may write to.

    Its days were put right before and are not judged. A next visit later than the class asks for
    is kept as it was agreed, while the rhythm of the class goes on.

    Raises:
        InvalidInput: it says too little.
        Conflict: another visit has this id.
        WrongState: the owner withdrew or restricted their data.
    """
    known = db.session.get(Visit, report.id)
    if known is not None:
        return _same(known, report)
    check_allowed(row.owner_id, BASE)
    check_content(report)
    return _kept(row, report, by=by)


def _kept(
    row: Enterprise, report: VisitReport, *, by: UUID, photo: BinaryIO | None = None
) -> Visit:
    is_newest = _is_newest(row, report)
    latest_on = latest_day(row, report) if is_newest else None
    visit = _stored(report, by=by, photo=photo)
    _settle(report, visit)
    _promise(report, visit)
    _put_forward(visit, row)
    if is_newest:
        _carry_down(row, report, latest_on)
    _note(row, visit, by)
    return visit


def _is_newest(row: Enterprise, report: VisitReport) -> bool:
    return row.last_visit_on is None or report.visited_on >= row.last_visit_on


def _put_forward(visit: Visit, row: Enterprise) -> None:
    """Lay the report before the officers, with the signs that they and the mentor see."""
    found = signals(signal_facts(visit, row))
    db.session.add(
        VisitCheck(
            visit_id=visit.id,
            mentor_id=visit.mentor_id,
            state=WAITING,
            signals=[sign.stored() for sign in found],
            weight=weight_in_queue(found, outcome=visit.outcome),
            created_at=visit.received_at,
        )
    )


def latest_day(row: Enterprise, report: VisitReport) -> date | None:
    """The day by which the class asks for the visit after this one; None when it asks for none."""
    if report.outcome in HONEST_OUTCOMES:
        # Who was refused agrees on no day; a later one than usual is no neglect.
        return None
    return latest_after_visit(
        visit_facts(row), visited_on=report.visited_on, was_met=report.was_met
    )


def _note(row: Enterprise, visit: Visit, by: UUID) -> None:
    record(
        subject_type="visit",
        subject_id=visit.id,
        enterprise_id=row.id,
        action=RECORDED,
        by=by,
        area_code=row.village_code,
        changes={
            "outcome": [None, OUTCOME_LABELS[visit.outcome]],
            "visited_on": [None, visit.visited_on.isoformat()],
            "next_visit_due_on": [None, _day(row.next_visit_due_on)],
        },
        note=visit.reason,
    )


def _same(known: Visit, report: VisitReport) -> Visit:
    if known.content_sha256 != report.fingerprint():
        raise Conflict("visit_differs", message="Kunjungan ini sudah tercatat dengan isi lain.")
    return known


def _stored(report: VisitReport, *, by: UUID, photo: BinaryIO | None) -> Visit:
    visit = Visit(
        id=report.id,
        enterprise_id=report.enterprise_id,
        mentor_id=by,
        outcome=report.outcome,
        reason=report.reason,
        visited_on=report.visited_on,
        started_at=report.started_at,
        duration_minutes=report.duration_minutes,
        place_kind=report.place_kind,
        lat=report.lat,
        lng=report.lng,
        photo_id=store_photo(photo, by=by).id if photo is not None else None,
        met_with=report.met_with,
        findings=report.findings,
        next_visit_on=report.next_visit_on,
        owner_confirmation=report.owner_confirmation,
        device_at=report.device_at,
        received_at=utc_now(),
        content_sha256=report.fingerprint(),
    )
    db.session.add(visit)
    # Promises refer to it by its key.
    db.session.flush()
    return visit


def _settle(report: VisitReport, visit: Visit) -> None:
    if not report.settled:
        return
    still_open = {promise.id: promise for promise in open_promises(report.enterprise_id)}
    for promise_id, state in report.settled.items():
        promise = still_open.get(promise_id)
        if promise is None:
            raise InvalidInput(
                "promise_not_open",
                message="Salah satu janji sudah ditandai pada kunjungan lain. Periksa lagi.",
            )
        promise.state = state
        promise.settled_in_visit_id = visit.id


def _promise(report: VisitReport, visit: Visit) -> None:
    db.session.add_all(
        Promise(
            id=new_id(),
            enterprise_id=report.enterprise_id,
            made_in_visit_id=visit.id,
            text=promise.text,
            due_on=promise.due_on,
            state=OPEN,
        )
        for promise in report.promises
    )


def _carry_down(row: Enterprise, report: VisitReport, latest_on: date | None) -> None:
    due_on, agreed_on = _due_on(row, report), report.next_visit_on
    if agreed_on is not None and latest_on is not None:
        agreed_on = min(agreed_on, latest_on)
    row.next_visit_due_on = agreed_on if due_on and agreed_on else due_on
    if report.was_met:
        row.last_visit_on = report.visited_on


def _due_on(row: Enterprise, report: VisitReport) -> date | None:
    if report.outcome in HONEST_OUTCOMES:
        return due_after_refusal(
            report.outcome,
            life_cycle=row.life_cycle,
            health_class=row.health_class,
            visited_on=report.visited_on,
        )
    return due_after_visit(visit_facts(row), visited_on=report.visited_on, was_met=report.was_met)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None
